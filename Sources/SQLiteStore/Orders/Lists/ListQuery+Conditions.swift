import Router

/// What narrows a list down.
extension ListQuery {
    /// - Parameters:
    ///   - query: The list.
    ///   - sealer: Hashes what is found by its hash.
    ///   - end: The last order that may be looked at; `nil`: no such.
    mutating func addConditions(_ query: OrderQuery, _ sealer: Sealer, upTo end: OrderID? = nil) {
        sql += " WHERE 1 = 1"
        addMetadata(query.metadata, query, sealer)
        let plus = driver.usesPlace ? "" : "+"
        addPlace(query, plus)
        if let status = query.status {
            if driver.usesPlace, Orders.isRare(status) { sql += " AND \(Orders.isRare)" }
            add("\(plus)o.status =", status.rawValue)
        }
        addReview(query)
        add("o.channel =", query.channel?.text)
        add("o.provider =", query.provider?.text)
        add("o.reference =", query.reference)
        if let phone = query.phone { add("o.phone =", .blob(sealer.blindIndex(phone.e164))) }
        if let amount = query.amount {
            add("o.amount =", .integer(amount.minorUnits))
            add("o.currency =", amount.currency.code)
        }
        addNames(query)
        if let from = query.createdFrom { add("o.created_at >=", .integer(from.milliseconds)) }
        if let before = query.createdBefore { add("o.created_at <", .integer(before.milliseconds)) }
        addRange(query, upTo: end)
        add("o.parent =", query.parent?.text)
    }

    /// The conditions that lead to a list's orders, and no others.
    mutating func addWay(_ query: OrderQuery, _ sealer: Sealer) {
        sql += " WHERE 1 = 1"
        switch driver {
        case .metadata: addMetadata(Array(query.metadata.prefix(1)), query, sealer)
        case .review: if let review = query.review { addIsReviewed("o.", review) }
        case .phone: if let phone = query.phone { add("o.phone =", .blob(sealer.blindIndex(phone.e164))) }
        case .reference:
            addPlace(query, "")
            add("o.reference =", query.reference)
        case .status:
            addPlace(query, "")
            sql += " AND \(Orders.isRare)"
            add("o.status =", query.status?.rawValue)
        case .app: addPlace(query, "")
        case .all, .narrow: break
        }
        addRange(query)
    }

    private mutating func addPlace(_ query: OrderQuery, _ plus: String) {
        if let apps = query.apps, apps.count != 1 {
            sql += " AND +o.app IN ("
            for (index, app) in apps.enumerated() {
                if index > 0 { sql += "," }
                add(value: .text(app.text))
            }
            sql += ")"
        }
        add("\(plus)o.app =", query.app?.text)
        add("\(plus)o.environment =", query.environment?.rawValue)
        if query.app != nil, query.environment == nil, plus.isEmpty {
            sql +=
                " AND o.environment IN (\(PayEnvironment.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")))"
        }
    }

    /// By way of one value; all others are looked up for each order it leads to.
    private mutating func addMetadata(_ terms: [MetadataTerm], _ query: OrderQuery, _ sealer: Sealer) {
        for (index, term) in terms.enumerated() {
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

    private mutating func addReview(_ query: OrderQuery) {
        guard let review = query.review else { return }
        guard query.findsByDecision else { return addIsReviewed("o.", review) }
        // Looked up first, because two ways lead to them.
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
}
