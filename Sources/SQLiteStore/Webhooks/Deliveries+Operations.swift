package import Router

extension SQLiteStore {
    package func dueDeliveries(
        _ endpoint: WebhookEndpointID, before moment: Moment, limit: Int
    ) async throws(StoreFailure) -> [Delivery] {
        let (sealer, recent) = (sealer, recent)
        return try await reader.read { connection in
            try connection(Deliveries.due).all({
                $0.text(endpoint.text)
                $0.integer(moment.milliseconds)
                $0.integer(Int64(max(0, limit)))
            }) { try Deliveries.delivery($0, sealer, recent) }
        }
    }

    package func nextDelivery() async throws(StoreFailure) -> Moment? {
        try await reader.read { try $0(Deliveries.nextDue).first { $0.optionalMoment(0) } ?? nil }
    }

    package func deliveries(
        _ endpoint: WebhookEndpointID, after: EventID?, limit: Int
    ) async throws(StoreFailure) -> [Delivery] {
        let (sealer, recent) = (sealer, recent)
        return try await reader.read { connection in
            var end: Int64?
            if let after {
                end = try Events.number(of: after, at: endpoint) { try connection($0) }
                guard end != nil else { return [] }
            }
            return try connection(end == nil ? Deliveries.ofEndpoint : Deliveries.ofEndpointAfter).all({
                $0.text(endpoint.text)
                if let end { $0.integer(end) }
                $0.integer(Int64(max(0, limit)))
            }) { try Deliveries.delivery($0, sealer, recent) }
        }
    }

    package func delivery(
        of event: EventID, to endpoint: WebhookEndpointID
    ) async throws(StoreFailure) -> Delivery? {
        let (sealer, recent) = (sealer, recent)
        return try await reader.read { connection in
            guard let number = try Events.number(of: event, at: endpoint, { try connection($0) }) else { return nil }
            return try connection(Deliveries.one).first({
                $0.text(endpoint.text)
                $0.integer(number)
            }) { try Deliveries.delivery($0, sealer, recent) }
        }
    }

    package func record(_ deliveries: [Delivery]) async throws(StoreFailure) {
        var records: [(delivery: Delivery, tries: [UInt8], body: [UInt8]?)] = []
        for delivery in deliveries {
            records.append((delivery, WebhookCoding.tries(delivery.tries), try sealer.sealed(delivery.body)))
        }
        let ready = records
        _ = try await write { connection in
            for record in ready { try connection.record(record.delivery, record.tries, record.body) }
        }
    }

    package func redeliver(
        _ endpoint: WebhookEndpointID, event: EventID?, failedSince: Moment?, at now: Moment
    ) async throws(StoreFailure) -> Int {
        try await write { connection in
            var count: Int32 = 0
            if let event, let number = try Events.number(of: event, at: endpoint, { try connection($0) }) {
                count += try connection(Deliveries.redeliverOne).run {
                    $0.integer(now.milliseconds)
                    $0.text(endpoint.text)
                    $0.integer(number)
                }
            }
            if let failedSince {
                count += try connection(Deliveries.redeliverFailed).run {
                    $0.integer(now.milliseconds)
                    $0.text(endpoint.text)
                    $0.integer(failedSince.milliseconds)
                }
            }
            return Int(count)
        }
    }
}

extension WriterConnection {
    fileprivate func record(_ delivery: Delivery, _ tries: [UInt8], _ body: [UInt8]?) throws {
        let event = delivery.event
        let number = try Events.number(
            of: event.id, app: event.app.text, environment: event.environment.rawValue, self(Events.place))
        try self(Deliveries.record).run {
            $0.text(delivery.state.rawValue)
            $0.integer(delivery.dueAt?.milliseconds)
            $0.integer(delivery.tries.last?.at.milliseconds)
            $0.blob(tries)
            $0.blob(body)
            $0.text(delivery.endpoint.text)
            $0.integer(number)
        }
    }
}
