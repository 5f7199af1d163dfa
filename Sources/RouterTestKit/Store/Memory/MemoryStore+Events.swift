package import Router

extension MemoryStore {
    package func events(
        app: AppID, environment: PayEnvironment, order: OrderID?, type: String?, after: EventID?, limit: Int
    ) async throws(StoreFailure) -> [Event] {
        try await perform(.events) {
            $0.events(app: app, environment: environment, order: order, type: type, after: after, limit: limit)
        }
    }

    package func event(_ id: EventID) async throws(StoreFailure) -> Event? {
        try await perform(.event) { state in state.eventIndex[id].map { state.events[$0] } }
    }
}

extension MemoryState {
    func events(
        app: AppID, environment: PayEnvironment, order: OrderID?, type: String?, after: EventID?, limit: Int
    ) -> [Event] {
        var end = events.count
        if let after {
            guard let index = eventIndex[after] else { return [] }
            end = index
        }
        let found = events[..<end].lazy.reversed().filter { event in
            event.app == app && event.environment == environment && (order.map { $0 == event.order } ?? true)
                && (type.map { $0 == event.type } ?? true)
        }
        return Array(found.prefix(max(0, limit)))
    }
}
