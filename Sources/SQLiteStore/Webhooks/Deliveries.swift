import Router

/// Statements and rows of deliveries.
enum Deliveries {
    static let insert = Statement(
        """
        INSERT INTO deliveries (endpoint, event, state, due_at, tries) VALUES ($1, $2, 'pending', $3, $4)
        ON CONFLICT (endpoint, event) DO NOTHING
        """)

    static let deleteOfEndpoint = Statement("DELETE FROM deliveries WHERE endpoint = $1")

    static let record = Statement(
        """
        UPDATE deliveries SET state = $1, due_at = $2, last_try_at = $3, tries = $4, body = $5
        WHERE endpoint = $6 AND event = $7
        """)

    /// The deliveries that `chosen` picks, in its order, each with the unit of its event.
    private static func joined(_ chosen: String, _ order: String) -> Statement {
        Statement(
            """
            SELECT \(Events.columns), d.endpoint, d.event, d.state, d.due_at, d.tries, d.body
            FROM (SELECT endpoint, event, state, due_at, tries, body FROM deliveries WHERE \(chosen)) d
            CROSS JOIN units u ON u.n = d.event / \(Events.room) \(Events.order) ORDER BY \(order)
            """)
    }

    /// In the order of their index: sorting a long queue at each look would take longer than delivering it.
    static let due = joined(
        "state = 'pending' AND endpoint = $1 AND due_at <= $2 ORDER BY due_at, event LIMIT $3", "d.due_at, d.event")

    static let ofEndpoint = joined("endpoint = $1 ORDER BY event DESC LIMIT $2", "d.event DESC")

    static let ofEndpointAfter = joined(
        "endpoint = $1 AND event < $2 ORDER BY event DESC LIMIT $3", "d.event DESC")

    static let one = joined("endpoint = $1 AND event = $2", "d.event")

    static let nextDue = Statement(
        """
        SELECT min((SELECT min(d.due_at) FROM deliveries d WHERE d.state = 'pending' AND d.endpoint = w.id))
        FROM webhook_endpoints w WHERE w.enabled = 1
        """)

    static let redeliverOne = Statement(
        "UPDATE deliveries SET state = 'pending', due_at = $1 WHERE endpoint = $2 AND event = $3")

    static let redeliverFailed = Statement(
        """
        UPDATE deliveries SET state = 'pending', due_at = $1
        WHERE endpoint = $2 AND state <> 'delivered' AND last_try_at >= $3
        """)

    static func delivery(
        _ row: StatementRow, _ sealer: Sealer, _ recent: RecentOrders
    ) throws(RecordFault) -> Delivery {
        let number = row.integer(20)
        guard let told = try Events.events(row, sealer, recent).first(where: { $0.number == number }) else {
            throw RecordFault("a delivery is of no event")
        }
        return Delivery(
            endpoint: try row.id(19), event: told.event, state: try row.word(21),
            tries: try WebhookCoding.tries(row.blob(23)), dueAt: row.optionalMoment(22),
            body: try row.isNull(24) ? nil : sealer.opened(row.blob(24)))
    }
}

/// Where an event stands among all.
extension Events {
    /// The number of an event of an app; `nil` if there is none.
    static func number(
        of id: EventID, app: String, environment: String, _ statement: PreparedStatement
    ) throws -> Int64? {
        try statement.first({
            $0.text(app)
            $0.text(environment)
            $0.blob(id.bytes)
        }) { row in
            id.distance(from: try EventID(stored: row.blob(1))).map { number(row.integer(0), $0) }
        } ?? nil
    }

    /// The number of an event that an endpoint may have been given.
    static func number(
        of id: EventID, at endpoint: WebhookEndpointID, _ statement: (Statement) throws -> PreparedStatement
    ) throws -> Int64? {
        let place = try statement(Endpoints.place).first({ $0.text(endpoint.text) }) { ($0.text(0), $0.text(1)) }
        guard let (app, environment) = place else { return nil }
        return try number(of: id, app: app, environment: environment, statement(Events.place))
    }
}
