import Router

/// Statements and rows of webhook endpoints and deliveries.
enum Webhooks {
    /// A new endpoint is told of events from now on: it counts as having been given all earlier ones.
    static let insert = Statement(
        """
        INSERT INTO webhook_endpoints (app, environment, enabled, created_at, record, sealed, id, given_up_to)
        VALUES ($1, $2, $3, $4, $5, $6, $7, (SELECT coalesce(max(seq), 0) FROM events))
        """)

    static let update = Statement(
        """
        UPDATE webhook_endpoints SET app = $1, environment = $2, enabled = $3, created_at = $4, record = $5, sealed = $6
        WHERE id = $7
        """)

    static let delete = Statement("DELETE FROM webhook_endpoints WHERE id = $1")
    static let deleteDeliveries = Statement("DELETE FROM deliveries WHERE endpoint = $1")

    private static let columns = "id, app, environment, enabled, created_at, record, sealed, given_up_to"
    static let get = Statement("SELECT \(columns) FROM webhook_endpoints WHERE id = $1")
    static let all = Statement("SELECT \(columns) FROM webhook_endpoints ORDER BY id")
    static let ofApp = Statement("SELECT \(columns) FROM webhook_endpoints WHERE app = $1 ORDER BY id")
    static let enabled = Statement("SELECT \(columns) FROM webhook_endpoints WHERE enabled = 1 ORDER BY id")
    static let advance = Statement("UPDATE webhook_endpoints SET given_up_to = $1 WHERE id = $2")

    static let insertDelivery = Statement(
        """
        INSERT INTO deliveries (endpoint, event_seq, state, due_at, tries) VALUES ($1, $2, 'pending', $3, $4)
        ON CONFLICT (endpoint, event_seq) DO NOTHING
        """)

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

    static func bind(_ encoded: Encoded, _ binder: inout Binder) {
        binder.text(encoded.endpoint.app.text)
        binder.text(encoded.endpoint.environment.rawValue)
        binder.integer(encoded.endpoint.isEnabled ? 1 : 0)
        binder.integer(encoded.endpoint.createdAt.milliseconds)
        binder.blob(encoded.record)
        binder.blob(encoded.sealed)
        binder.text(encoded.endpoint.id.text)
    }

    /// An endpoint with its bytes made and sealed.
    struct Encoded: Sendable {
        let endpoint: WebhookEndpoint
        let record: [UInt8]
        let sealed: [UInt8]

        init(_ endpoint: WebhookEndpoint, _ sealer: Sealer) throws(StoreFailure) {
            self.endpoint = endpoint
            record = WebhookCoding.record(endpoint)
            sealed = try sealer.sealed(WebhookCoding.secretRecord(endpoint))
        }
    }

    static func endpoint(_ row: StatementRow, _ sealer: Sealer) throws(RecordFault) -> WebhookEndpoint {
        try WebhookCoding.endpoint(
            id: try row.id(0), app: try row.id(1), environment: try row.word(2),
            isEnabled: row.integer(3) != 0, createdAt: row.moment(4), record: row.blob(5),
            secretRecord: try sealer.opened(row.blob(6)))
    }

    static func delivery(_ row: StatementRow, _ sealer: Sealer) throws(RecordFault) -> Delivery {
        Delivery(
            endpoint: try row.id(8), event: try Events.event(row, sealer),
            state: try row.word(9), tries: try WebhookCoding.tries(row.blob(11)), dueAt: row.optionalMoment(10))
    }
}
