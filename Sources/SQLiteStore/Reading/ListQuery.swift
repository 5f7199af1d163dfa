import Router

/// A filtered page of payments as SQL.
///
/// Every condition, app and environment included, is in the WHERE clause.
struct ListQuery {
    private enum Value {
        case text(String)
        case integer(Int64)
        case blob([UInt8])
    }

    private(set) var sql: String
    private var values: [Value] = []
    /// Whether rows come oldest first and must be turned around.
    let isReversed: Bool

    init(_ query: OrderQuery, sealer: Sealer) {
        isReversed = query.before != nil && query.after == nil
        sql = Orders.select + " WHERE 1 = 1"
        // A plus keeps SQLite from walking through all of an app's payments where the phone's few are at hand.
        let plus = query.phone == nil && query.review == nil ? "" : "+"
        add("\(plus)o.app =", query.app?.text)
        add("\(plus)o.environment =", query.environment?.rawValue)
        if let status = query.status {
            if [.failed, .cancelled, .underReview].contains(status) { sql += " AND \(Orders.isRare)" }
            add("o.status =", status.rawValue)
        }
        addReview(query)
        add("o.channel =", query.channel?.text)
        add("o.provider =", query.provider?.text)
        add("o.reference =", query.reference)
        if let phone = query.phone { add("o.phone =", .blob(sealer.blindIndex(phone.e164))) }
        addKey(query)
        if let from = query.createdFrom { add("o.created_at >=", .integer(from.milliseconds)) }
        if let before = query.createdBefore { add("o.created_at <", .integer(before.milliseconds)) }
        // Identifiers begin with their kind, so a kind is one stretch of every index that ends with the identifier.
        let isNarrow =
            query.phone != nil || query.reference != nil || query.parent != nil || query.review != nil
        let bound = isNarrow ? "+" : ""
        add("\(bound)o.id >", query.before?.text ?? query.kind.map { $0.prefix + "_" })
        add("\(bound)o.id <", query.after?.text ?? query.kind.map { $0.prefix + "`" })
        add("o.parent =", query.parent?.text)
        sql += " ORDER BY o.id \(isReversed ? "ASC" : "DESC") LIMIT"
        add(value: .integer(Int64(max(0, query.limit))))
    }

    private mutating func addReview(_ query: OrderQuery) {
        guard let review = query.review else { return }
        guard query.findsByDecision else { return addIsReviewed("o.", review) }
        sql += " AND o.id IN (SELECT id FROM orders WHERE 1 = 1"
        addIsReviewed("", review)
        sql += " UNION ALL SELECT parent FROM orders WHERE \(Self.isDecision)"
        addIsReviewed("", review)
        sql += ")"
    }

    private mutating func addIsReviewed(_ table: String, _ review: OrderQuery.ReviewFilter) {
        sql += " AND \(table)review IS NOT NULL"
        if case .reason(let reason) = review { add("\(table)review =", reason.rawValue) }
    }

    /// A capture or a void.
    private static let isDecision =
        "("
        + [OrderKind.capture, .void].map { "id BETWEEN '\($0.prefix)_' AND '\($0.prefix)`'" }
        .joined(separator: " OR ") + ")"

    /// By way of the key's binding where the app is known: that index finds it at once.
    private mutating func addKey(_ query: OrderQuery) {
        guard let key = query.idempotencyKey else { return }
        add("o.idempotency_key =", key)
        guard let app = query.app, let environment = query.environment else { return }
        sql += " AND o.id IN (SELECT order_id FROM bindings WHERE app ="
        add(value: .text(app.text))
        add("environment =", environment.rawValue)
        add("idempotency_key =", key)
        sql += ")"
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

    private mutating func add(_ condition: String, _ text: String?) {
        if let text { add(condition, .text(text)) }
    }

    private mutating func add(_ condition: String, _ value: Value) {
        sql += " AND \(condition)"
        add(value: value)
    }

    private mutating func add(value: Value) {
        values.append(value)
        sql += " $\(values.count)"
    }
}
