import Router

/// What narrows a list down.
extension ListQuery {
    mutating func addConditions(_ query: OrderQuery, _ sealer: Sealer) {
        sql += " WHERE 1 = 1"
        addMetadata(query, sealer)
        // A plus keeps SQLite from walking through all of an app's payments where the few that fit are at hand.
        let plus = query.phone == nil && query.review == nil && query.metadata.isEmpty ? "" : "+"
        add("\(plus)o.app =", query.app?.text)
        add("\(plus)o.environment =", query.environment?.rawValue)
        if query.app != nil, query.environment == nil, plus.isEmpty {
            sql +=
                " AND o.environment IN (\(PayEnvironment.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")))"
        }
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
        let isNarrow =
            query.phone != nil || query.reference != nil || query.parent != nil || query.review != nil
        let id = query.metadata.isEmpty ? (isNarrow ? "+o.id" : "o.id") : "x.order_id"
        add("\(id) >", Self.lowest(query))
        add("\(id) <", Self.highest(query))
        add("o.parent =", query.parent?.text)
    }

    /// By way of one value; all others are looked up for each order it leads to.
    private mutating func addMetadata(_ query: OrderQuery, _ sealer: Sealer) {
        for (index, term) in query.metadata.enumerated() {
            // Values are hashed with their app, so that nobody finds another's.
            let hash = query.app.map { sealer.hash(term, of: $0) } ?? []
            guard index > 0 else {
                add("x.hash =", .blob(hash))
                continue
            }
            sql += " AND EXISTS (SELECT 1 FROM order_metadata y WHERE y.order_id = x.order_id"
            add("y.hash =", .blob(hash))
            sql += ")"
        }
    }

    /// Identifiers begin with their kind and the time: a kind, or a time of it, is one stretch of every index that ends
    /// with the identifier.
    private static func lowest(_ query: OrderQuery) -> String? {
        guard let kind = query.kind else { return query.before?.text }
        let start = query.createdFrom.map { OrderID.bound(kind, at: $0) } ?? kind.prefix + "_"
        return max(query.before?.text ?? start, start)
    }

    private static func highest(_ query: OrderQuery) -> String? {
        guard let kind = query.kind else { return query.after?.text }
        let end = query.createdBefore.map { OrderID.bound(kind, at: $0) } ?? kind.prefix + "`"
        return min(query.after?.text ?? end, end)
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

    /// By way of the key's record where the app is known: that index finds it at once.
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
}
