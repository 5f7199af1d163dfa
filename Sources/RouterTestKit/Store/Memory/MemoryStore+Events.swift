package import Router

extension MemoryStore {
    package func events(
        app: AppID, environment: PayEnvironment, order: OrderID?, type: String?, after: EventID?, limit: Int
    ) async throws(StoreFailure) -> [Event] {
        try await perform(.events) {
            $0.events(app: app, environment: environment, order: order, type: type, after: after, limit: limit)
        }
    }

    package func event(
        _ id: EventID, app: AppID, environment: PayEnvironment
    ) async throws(StoreFailure) -> Event? {
        try await perform(.event) { state in
            state.eventIndex[id].map { state.events[$0] }.flatMap {
                $0.app == app && $0.environment == environment ? $0 : nil
            }
        }
    }
}

extension MemoryState {
    func events(
        app: AppID, environment: PayEnvironment, order: OrderID?, type: String?, after: EventID?, limit: Int
    ) -> [Event] {
        let found = events.filter { event in
            event.app == app && event.environment == environment && (order.map { $0 == event.order } ?? true)
                && (type.map { $0 == event.type } ?? true) && (after.map { event.id.text < $0.text } ?? true)
        }
        return Array(found.sorted { $0.id.text > $1.id.text }.prefix(max(0, limit)))
    }
}
