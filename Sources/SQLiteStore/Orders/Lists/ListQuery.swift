import Router

/// A list, or its sums, as SQL: of one kind or all, of one app and environment or all.
///
/// Every condition, app and environment included, is in the WHERE clause.
struct ListQuery {
    enum Value {
        case text(String)
        case integer(Int64)
        case blob([UInt8])
    }

    let driver: ListDriver
    var sql: String
    private(set) var values: [Value] = []
    /// Whether rows come oldest first and must be turned around.
    let isReversed: Bool

    /// One page of orders.
    init(_ query: OrderQuery, sealer: Sealer) {
        self.init(page: query, sealer: sealer, selecting: Orders.columns, Orders.parts)
    }

    /// The identifiers of one page, up to an order and with it.
    init(idsOf query: OrderQuery, upTo end: OrderID?, sealer: Sealer) {
        self.init(page: query, upTo: end, sealer: sealer, selecting: "o.id")
    }

    private init(
        page query: OrderQuery, upTo end: OrderID? = nil, sealer: Sealer, selecting columns: String,
        _ joined: String = ""
    ) {
        isReversed = query.isReversed
        driver = ListDriver(query)
        sql = "SELECT \(columns) FROM \(driver.source) \(joined)"
        addConditions(query, sealer, upTo: end)
        addEnd(limit: query.limit)
    }

    /// Currency, status, how many, and the sums of the upper and lower halves of their amounts, which cannot overflow.
    init(sumsOf query: OrderQuery, sealer: Sealer) {
        isReversed = false
        var query = query
        (query.after, query.before) = (nil, nil)
        driver = ListDriver(query)
        sql = """
            SELECT o.currency, o.status, count(*), sum(o.amount >> 32), sum(o.amount & 4294967295)
            FROM \(driver.source)
            """
        addConditions(query, sealer)
        sql += " GROUP BY o.currency, o.status ORDER BY o.currency, o.status"
    }

    /// How many of the next orders on the way there are, up to a limit, and which is the last of them; without looking at
    /// any.
    init(reachOf query: OrderQuery, rows: Int, sealer: Sealer) {
        isReversed = query.isReversed
        driver = ListDriver(query)
        let source = driver == .metadata ? "order_metadata x" : driver.source
        sql = "SELECT count(*), \(isReversed ? "max" : "min")(id) FROM (SELECT \(driver.sorting) AS id FROM \(source)"
        addWay(query, sealer)
        addEnd(limit: rows)
        sql += ")"
    }

    private mutating func addEnd(limit: Int) {
        sql += " ORDER BY \(driver.sorting) \(isReversed ? "ASC" : "DESC") LIMIT"
        add(value: .integer(Int64(max(0, limit))))
    }

    func bind(_ binder: inout Binder) {
        for value in values {
            switch value {
            case .text(let text): binder.text(text)
            case .integer(let number): binder.integer(number)
            case .blob(let bytes): binder.blob(bytes)
            }
        }
    }

    mutating func add(_ condition: String, _ text: String?) {
        if let text { add(condition, .text(text)) }
    }

    mutating func add(_ condition: String, _ value: Value) {
        sql += " AND \(condition)"
        add(value: value)
    }

    mutating func add(value: Value) {
        values.append(value)
        sql += " $\(values.count)"
    }
}
