package import Router

/// Statements and rows of webhook endpoints.
enum Endpoints {
    /// A new endpoint is told of events from now on: it counts as having been given all earlier ones.
    static let insert = Statement(
        """
        INSERT INTO webhook_endpoints (app, environment, enabled, created_at, record, sealed, id, given_up_to)
        VALUES ($1, $2, $3, $4, $5, $6, $7, (SELECT coalesce(max(n), 0) * 256 + 255 FROM units))
        """)

    static let update = Statement(
        """
        UPDATE webhook_endpoints SET app = $1, environment = $2, enabled = $3, created_at = $4, record = $5, sealed = $6
        WHERE id = $7
        """)

    static let delete = Statement("DELETE FROM webhook_endpoints WHERE id = $1")

    private static let columns = "id, app, environment, enabled, created_at, record, sealed, given_up_to"

    static let place = Statement("SELECT app, environment FROM webhook_endpoints WHERE id = $1")

    static let all = Statement("SELECT \(columns) FROM webhook_endpoints ORDER BY id")

    static let enabled = Statement("SELECT \(columns) FROM webhook_endpoints WHERE enabled = 1 ORDER BY id")

    static let advance = Statement("UPDATE webhook_endpoints SET given_up_to = $1 WHERE id = $2")

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
}

extension SQLiteStore {
    package func insert(_ endpoint: WebhookEndpoint) async throws(StoreFailure) {
        let encoded = try Endpoints.Encoded(endpoint, sealer)
        let result = try await write({ connection in
            try connection.unit { try connection(Endpoints.insert).run { Endpoints.bind(encoded, &$0) } }
                .mapError { StoreFailure($0) }
        }) { [endpoints] result in
            if case .success = result { endpoints.withLock { $0[endpoint.id] = endpoint } }
        }
        _ = try result.get()
    }

    package func update(_ endpoint: WebhookEndpoint) async throws(StoreFailure) {
        let encoded = try Endpoints.Encoded(endpoint, sealer)
        _ = try await write({ try $0(Endpoints.update).run { Endpoints.bind(encoded, &$0) } }) { [endpoints] changed in
            if changed == 1 { endpoints.withLock { $0[endpoint.id] = endpoint } }
        }
    }

    package func delete(_ id: WebhookEndpointID) async throws(StoreFailure) {
        _ = try await write({ connection in
            try connection(Deliveries.deleteOfEndpoint).run { $0.text(id.text) }
            try connection(Endpoints.delete).run { $0.text(id.text) }
        }) { [endpoints] _ in endpoints.withLock { $0[id] = nil } }
    }

    package func endpoint(_ id: WebhookEndpointID) async throws(StoreFailure) -> WebhookEndpoint? {
        if reader.isClosed { throw .storeClosed }
        return endpoints.withLock { $0[id] }
    }

    package func endpoints(app: AppID?) async throws(StoreFailure) -> [WebhookEndpoint] {
        if reader.isClosed { throw .storeClosed }
        let found = endpoints.withLock { endpoints in endpoints.values.filter { app == nil || $0.app == app } }
        return found.sorted { $0.id.text < $1.id.text }
    }
}
