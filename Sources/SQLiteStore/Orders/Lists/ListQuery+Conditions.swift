import Router

/// What narrows a list down.
extension ListQuery {
    mutating func addConditions(_ query: OrderQuery, _ sealer: Sealer) {
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
        addRange(query)
        add("o.parent =", query.parent?.text)
    }

    /// The conditions that lead to a list's orders, and no others.
    mutating func addWay(_ query: OrderQuery, _ sealer: Sealer) {
        sql += " WHERE 1 = 1"
        switch driver {
        case .metadata: addMetadata(Array(query.metadata.prefix(1)), query, sealer)
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

    private mutating func addRange(_ query: OrderQuery) {
        add("\(driver.id) >", Self.lowest(query))
        add("\(driver.id) <", Self.highest(query))
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

    /// Identifiers begin with their kind and the time: a kind, or a time of it, is one stretch of every index that ends
    /// with the identifier.
    private static func lowest(_ query: OrderQuery) -> String? {
        guard let kind = query.kind else { return query.before?.text }
        let start = query.madeFrom.map { OrderID.bound(kind, at: $0) } ?? kind.prefix + "_"
        return max(query.before?.place(among: kind).text ?? start, start)
    }

    private static func highest(_ query: OrderQuery) -> String? {
        guard let kind = query.kind else { return query.after?.text }
        let end = query.madeBefore.map { OrderID.bound(kind, at: $0) } ?? kind.prefix + "`"
        return min(query.after?.place(among: kind).text ?? end, end)
    }

    private mutating func addReview(_ query: OrderQuery) {
        guard let review = query.review else { return }
        // Of one reason they lie in the order of lists; of all, they are looked up first.
        if !query.findsByDecision, review != .any { return addIsReviewed("o.", review) }
        sql += " AND o.id IN (SELECT id FROM orders WHERE 1 = 1"
        addIsReviewed("", review)
        if query.findsByDecision {
            sql += " UNION ALL SELECT parent FROM orders WHERE \(Self.isDecision)"
            addIsReviewed("", review)
        }
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

extension OrderQuery {
    /// How long before an order its request may have come in, in milliseconds, and how far their clocks may differ.
    private static let requestSpan: (Int64, Int64) = (30_000, 1_000)

    /// From when on its orders were made.
    var madeFrom: Moment? {
        let asked = requestID.map { $0.madeAt.adding(milliseconds: -Self.requestSpan.1) }
        return [createdFrom, asked].compactMap(\.self).max()
    }

    /// Before when its orders were made.
    var madeBefore: Moment? {
        let asked = requestID.map { $0.madeAt.adding(milliseconds: Self.requestSpan.0) }
        return [createdBefore, asked].compactMap(\.self).min()
    }
}
