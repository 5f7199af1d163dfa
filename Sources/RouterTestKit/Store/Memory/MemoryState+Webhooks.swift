import Router

extension MemoryState {
    mutating func insert(_ endpoint: WebhookEndpoint) throws(StoreFailure) {
        guard endpoints[endpoint.id] == nil else { throw StoreFailure(.other, "webhook_endpoints.id") }
        endpoints[endpoint.id] = StoredEndpoint(endpoint: endpoint, cursor: events.count)
    }

    mutating func delete(_ id: WebhookEndpointID) {
        endpoints[id] = nil
        deliveries[id] = nil
    }

    func endpoints(app: AppID?) -> [WebhookEndpoint] {
        endpoints.values.map(\.endpoint).filter { app == nil || $0.app == app }.sorted { $0.id.text < $1.id.text }
    }

    mutating func fanOut(at now: Moment, limit: Int) -> Int {
        var made = 0
        for endpoint in endpoints(app: nil) where endpoint.isEnabled && made < limit {
            guard var cursor = endpoints[endpoint.id]?.cursor else { continue }
            while cursor < events.count, made < limit {
                let event = events[cursor]
                if endpoint.wants(event) {
                    deliveries[endpoint.id, default: [:]][cursor] = StoredDelivery(
                        state: .pending, tries: [], dueAt: now)
                    made += 1
                }
                cursor += 1
            }
            endpoints[endpoint.id]?.cursor = cursor
        }
        return made
    }

    func dueDeliveries(_ endpoint: WebhookEndpointID, before moment: Moment, limit: Int) -> [Delivery] {
        let due = (deliveries[endpoint] ?? [:]).filter { _, delivery in
            delivery.state == .pending && (delivery.dueAt.map { $0 <= moment } ?? false)
        }
        let waiting = due.sorted { ($0.value.dueAt ?? moment, $0.key) < ($1.value.dueAt ?? moment, $1.key) }
        return waiting.prefix(max(0, limit)).compactMap { delivery(endpoint, $0.key) }
    }

    func nextDelivery() -> Moment? {
        let enabled = endpoints.values.filter(\.endpoint.isEnabled).map(\.endpoint.id)
        let pending = enabled.flatMap { (deliveries[$0] ?? [:]).values }.filter { $0.state == .pending }
        return pending.compactMap(\.dueAt).min()
    }

    mutating func record(_ delivery: Delivery) {
        guard let index = eventIndex[delivery.event.id], deliveries[delivery.endpoint]?[index] != nil else { return }
        deliveries[delivery.endpoint]?[index] = StoredDelivery(
            state: delivery.state, tries: delivery.tries, dueAt: delivery.dueAt, body: delivery.body)
    }

    func deliveries(_ endpoint: WebhookEndpointID, after: EventID?, limit: Int) -> [Delivery] {
        var indices = (deliveries[endpoint] ?? [:]).keys.sorted(by: >)
        if let after {
            guard let end = eventIndex[after] else { return [] }
            indices.removeAll { $0 >= end }
        }
        return indices.prefix(max(0, limit)).compactMap { delivery(endpoint, $0) }
    }

    func delivery(of event: EventID, to endpoint: WebhookEndpointID) -> Delivery? {
        eventIndex[event].flatMap { delivery(endpoint, $0) }
    }

    mutating func redeliver(
        _ endpoint: WebhookEndpointID, event: EventID?, failedSince: Moment?, at now: Moment
    ) -> Int {
        var count = 0
        for (index, delivery) in deliveries[endpoint] ?? [:] {
            let isNamed = event.map { eventIndex[$0] == index } ?? false
            let failedAt = delivery.state == .delivered ? nil : delivery.tries.last?.at
            let isFailed = failedSince.map { since in failedAt.map { $0 >= since } ?? false } ?? false
            guard isNamed || isFailed else { continue }
            deliveries[endpoint]?[index]?.state = .pending
            deliveries[endpoint]?[index]?.dueAt = now
            count += 1
        }
        return count
    }

    mutating func replay(
        _ id: WebhookEndpointID, since moment: Moment, after: EventID?, limit: Int, at now: Moment
    ) -> ReplayedEvents {
        guard let endpoint = endpoints[id]?.endpoint else { return ReplayedEvents(count: 0, last: nil) }
        let told = events.enumerated().filter { _, event in
            event.app == endpoint.app && event.environment == endpoint.environment && event.id.madeAt >= moment
                && (after.map { $0.text < event.id.text } ?? true)
        }.sorted { $0.element.id.text < $1.element.id.text }
        var made = ReplayedEvents(count: 0, last: after)
        for (index, event) in told {
            guard made.count < limit else { return made }
            made.last = event.id
            guard endpoint.wants(event) else { continue }
            let known = deliveries[id]?[index] ?? StoredDelivery(state: .pending, tries: [], dueAt: now)
            deliveries[id, default: [:]][index] = StoredDelivery(
                state: .pending, tries: known.tries, dueAt: now, body: known.body)
            made.count += 1
        }
        return ReplayedEvents(count: made.count, last: nil)
    }

    func waiting(_ endpoint: WebhookEndpointID, since moment: Moment) -> Int {
        (deliveries[endpoint] ?? [:]).values.count { $0.state == .pending && $0.dueAt == moment }
    }

    private func delivery(_ endpoint: WebhookEndpointID, _ index: Int) -> Delivery? {
        deliveries[endpoint]?[index].map { stored in
            Delivery(
                endpoint: endpoint, event: events[index], state: stored.state, tries: stored.tries, dueAt: stored.dueAt,
                body: stored.body)
        }
    }
}

extension WebhookEndpoint {
    fileprivate func wants(_ event: Event) -> Bool {
        event.app == app && event.environment == environment && (types.isEmpty || types.contains(event.type))
    }
}
