import Router

/// Statements and rows of deliveries.
enum Deliveries {
    static let insert = Statement(
        """
        INSERT INTO deliveries (endpoint, event_seq, state, due_at, tries) VALUES ($1, $2, 'pending', $3, $4)
        ON CONFLICT (endpoint, event_seq) DO NOTHING
        """)

    static let deleteOfEndpoint = Statement("DELETE FROM deliveries WHERE endpoint = $1")

    static let record = Statement(
        """
        UPDATE deliveries SET state = $1, due_at = $2, last_try_at = $3, tries = $4
        WHERE endpoint = $5 AND event_seq = (SELECT seq FROM events WHERE id = $6)
        """)

    private static let joined = """
        SELECT \(Events.columns), d.endpoint, d.state, d.due_at, d.tries
        FROM deliveries d JOIN events e ON e.seq = d.event_seq
        """

    static let due = Statement(
        joined + " WHERE d.state = 'pending' AND d.endpoint = $1 AND d.due_at <= $2 ORDER BY d.event_seq LIMIT $3")

    static let ofEndpoint = Statement(joined + " WHERE d.endpoint = $1 ORDER BY d.event_seq DESC LIMIT $2")

    static let ofEndpointAfter = Statement(
        joined + " WHERE d.endpoint = $1 AND d.event_seq < (SELECT seq FROM events WHERE id = $2)"
            + " ORDER BY d.event_seq DESC LIMIT $3")

    static let nextDue = Statement(
        """
        SELECT min((SELECT min(d.due_at) FROM deliveries d WHERE d.state = 'pending' AND d.endpoint = w.id))
        FROM webhook_endpoints w WHERE w.enabled = 1
        """)

    static let redeliverOne = Statement(
        """
        UPDATE deliveries SET state = 'pending', due_at = $1
        WHERE endpoint = $2 AND event_seq = (SELECT seq FROM events WHERE id = $3)
        """)

    static let redeliverFailed = Statement(
        """
        UPDATE deliveries SET state = 'pending', due_at = $1
        WHERE endpoint = $2 AND state <> 'delivered' AND last_try_at >= $3
        """)

    static func delivery(_ row: StatementRow, _ sealer: Sealer) throws(RecordFault) -> Delivery {
        Delivery(
            endpoint: try row.id(8), event: try Events.event(row, sealer),
            state: try row.word(9), tries: try WebhookCoding.tries(row.blob(11)), dueAt: row.optionalMoment(10))
    }
}
