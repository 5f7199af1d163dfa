import Router

/// Orders by the names that they, their attempts and their events have.
extension ListQuery {
    /// Every app that has orders, one seek each: which apps there are lies in no table alone.
    static let apps = """
        (WITH RECURSIVE a (app) AS (
            SELECT min(app) FROM orders
            UNION ALL SELECT (SELECT min(app) FROM orders WHERE app > a.app) FROM a WHERE a.app IS NOT NULL)
        SELECT app FROM a WHERE app IS NOT NULL)
        """

    /// The same of every provider that something was tried at.
    private static let providers = """
        (WITH RECURSIVE p (provider) AS (
            SELECT min(provider) FROM attempts
            UNION ALL SELECT (SELECT min(provider) FROM attempts WHERE provider > p.provider) FROM p
                WHERE p.provider IS NOT NULL)
        SELECT provider FROM p WHERE provider IS NOT NULL)
        """

    static let environments =
        "(" + PayEnvironment.allCases.map { "SELECT '\($0.rawValue)' AS environment" }.joined(separator: " UNION ALL ")
        + ")"

    mutating func addNames(_ query: OrderQuery) {
        addKey(query)
        add("o.request_id =", query.requestID?.text)
        if let reference = query.attemptReference {
            sql += " AND o.id IN (SELECT t.order_id FROM \(Self.providers) p CROSS JOIN attempts t"
            sql += " ON t.provider = p.provider"
            add("t.reference =", reference)
            sql += ")"
        }
        if let reference = query.operatorReference {
            sql += " AND o.id IN (SELECT t.order_id FROM \(Self.providers) p CROSS JOIN attempts t"
            sql += " ON t.provider = p.provider AND t.operator_reference IS NOT NULL"
            add("t.operator_reference =", reference)
            sql += ")"
        }
        addEvent(query)
    }

    /// By way of the keys' records, which have the key as its caller wrote it, and whose index finds one at once in each app.
    private mutating func addKey(_ query: OrderQuery) {
        guard let key = query.idempotencyKey else { return }
        sql += " AND o.id IN (SELECT b.order_id FROM "
        addApps(query)
        sql += " CROSS JOIN \(Self.environments) e CROSS JOIN bindings b ON b.app = a.app"
        sql += " AND b.environment = e.environment"
        add("b.idempotency_key =", key)
        sql += ")"
    }

    /// By way of the units that tell of something: each names the first of its events, and the others follow it.
    private mutating func addEvent(_ query: OrderQuery) {
        guard let event = query.event else { return }
        sql += " AND o.id IN (SELECT u.order_id FROM "
        addApps(query)
        sql += " CROSS JOIN \(Self.environments) e CROSS JOIN units u ON u.app = a.app"
        sql += " AND u.environment = e.environment AND u.event_id IS NOT NULL"
        add("u.event_id <=", .blob(event.bytes))
        add("u.event_id >", .blob(event.before(Int(Events.room)).bytes))
        sql += ")"
    }

    private mutating func addApps(_ query: OrderQuery) {
        guard let app = query.app else {
            sql += "\(Self.apps) a"
            return
        }
        sql += "(SELECT"
        add(value: .text(app.text))
        sql += " AS app) a"
    }
}
