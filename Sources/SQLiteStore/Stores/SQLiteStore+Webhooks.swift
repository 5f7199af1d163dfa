package import Router

extension SQLiteStore {
    package func insert(_ endpoint: WebhookEndpoint) async throws(StoreFailure) {
        let encoded = try Webhooks.Encoded(endpoint, sealer)
        _ = try await writeUnit { try $0(Webhooks.insert).run { Webhooks.bind(encoded, &$0) } }
    }

    package func update(_ endpoint: WebhookEndpoint) async throws(StoreFailure) {
        let encoded = try Webhooks.Encoded(endpoint, sealer)
        _ = try await writeUnit { try $0(Webhooks.update).run { Webhooks.bind(encoded, &$0) } }
    }

    package func delete(_ id: WebhookEndpointID) async throws(StoreFailure) {
        _ = try await write { connection in
            try connection(Webhooks.deleteDeliveries).run { $0.text(id.text) }
            try connection(Webhooks.delete).run { $0.text(id.text) }
        }
    }

    package func endpoint(_ id: WebhookEndpointID) async throws(StoreFailure) -> WebhookEndpoint? {
        let sealer = sealer
        return try await reader.read { connection in
            try connection(Webhooks.get).first({ $0.text(id.text) }) { try Webhooks.endpoint($0, sealer) }
        }
    }

    package func endpoints(app: AppID?) async throws(StoreFailure) -> [WebhookEndpoint] {
        let sealer = sealer
        return try await reader.read { connection in
            guard let app else { return try connection(Webhooks.all).all { try Webhooks.endpoint($0, sealer) } }
            return try connection(Webhooks.ofApp).all({ $0.text(app.text) }) { try Webhooks.endpoint($0, sealer) }
        }
    }

    package func fanOut(at now: Moment, limit: Int) async throws(StoreFailure) -> Int {
        try await write { try $0.fanOut(at: now, limit: limit) }
    }

    package func record(_ delivery: Delivery) async throws(StoreFailure) {
        let tries = WebhookCoding.tries(delivery.tries)
        _ = try await write { connection in
            try connection(Webhooks.record).run {
                $0.text(delivery.state.rawValue)
                $0.integer(delivery.dueAt?.milliseconds)
                $0.integer(delivery.tries.last?.at.milliseconds)
                $0.blob(tries)
                $0.text(delivery.endpoint.text)
                $0.text(delivery.event.id.text)
            }
        }
    }

    package func redeliver(
        _ endpoint: WebhookEndpointID, event: EventID?, failedSince: Moment?, at now: Moment
    ) async throws(StoreFailure) -> Int {
        try await write { connection in
            var count: Int32 = 0
            if let event {
                count += try connection(Webhooks.redeliverOne).run {
                    $0.integer(now.milliseconds)
                    $0.text(endpoint.text)
                    $0.text(event.text)
                }
            }
            if let failedSince {
                count += try connection(Webhooks.redeliverFailed).run {
                    $0.integer(now.milliseconds)
                    $0.text(endpoint.text)
                    $0.integer(failedSince.milliseconds)
                }
            }
            return Int(count)
        }
    }
}
