package import Router

extension SQLiteStore {
    package func dueDeliveries(
        _ endpoint: WebhookEndpointID, before moment: Moment, limit: Int
    ) async throws(StoreFailure) -> [Delivery] {
        let sealer = sealer
        return try await reader.read { connection in
            try connection(Webhooks.due).all({
                $0.text(endpoint.text)
                $0.integer(moment.milliseconds)
                $0.integer(Int64(max(0, limit)))
            }) { try Webhooks.delivery($0, sealer) }
        }
    }

    package func nextDelivery() async throws(StoreFailure) -> Moment? {
        try await reader.read { try $0(Webhooks.nextDue).first { $0.optionalMoment(0) } ?? nil }
    }

    package func deliveries(
        _ endpoint: WebhookEndpointID, after: EventID?, limit: Int
    ) async throws(StoreFailure) -> [Delivery] {
        let sealer = sealer
        let statement = after == nil ? Webhooks.ofEndpoint : Webhooks.ofEndpointAfter
        return try await reader.read { connection in
            try connection(statement).all({
                $0.text(endpoint.text)
                if let after { $0.text(after.text) }
                $0.integer(Int64(max(0, limit)))
            }) { try Webhooks.delivery($0, sealer) }
        }
    }
}
