import Router

/// A filtered page of payments as SQL.
///
/// Every condition, app and environment included, is in the WHERE clause.
struct ListQuery {
    enum Value {
        case text(String)
        case integer(Int64)
        case blob([UInt8])
    }

    var sql: String
    private(set) var values: [Value] = []
    /// Whether rows come oldest first and must be turned around.
    let isReversed: Bool

    /// One page.
    init(_ query: OrderQuery, sealer: Sealer) {
        isReversed = query.isReversed
        sql = query.metadata.isEmpty ? Orders.select : Orders.selectByMetadata
        addConditions(query, sealer)
        // Through the metadata the rows come in the order of that index, whose identifiers are the same.
        sql += " ORDER BY \(query.metadata.isEmpty ? "o.id" : "x.order_id") \(isReversed ? "ASC" : "DESC") LIMIT"
        add(value: .integer(Int64(max(0, query.limit))))
    }

    /// Currency, status, how many, and the sums of the upper and lower halves of their amounts, which cannot overflow.
    init(sumsOf query: OrderQuery, sealer: Sealer) {
        isReversed = false
        var query = query
        (query.after, query.before) = (nil, nil)
        let source =
            query.metadata.isEmpty ? "orders o" : "order_metadata x CROSS JOIN orders o ON o.id = x.order_id"
        sql = """
            SELECT o.currency, o.status, count(*), sum(o.amount >> 32), sum(o.amount & 4294967295)
            FROM \(source)
            """
        addConditions(query, sealer)
        sql += " GROUP BY o.currency, o.status ORDER BY o.currency, o.status"
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
