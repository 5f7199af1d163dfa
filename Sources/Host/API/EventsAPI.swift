package import Router

/// `GET /v1/events`: what happened, also for those who missed a webhook.
package struct EventsAPI: Sendable {
    let store: any Store

    package init(store: any Store) { self.store = store }

    package func register(in routes: inout RouteTable) {
        routes.secret("GET", "/v1/events", work: .list) { request, caller throws(Problem) in
            try await list(request, caller)
        }
        routes.secret("GET", "/v1/events/{id}") { request, caller throws(Problem) in
            try await read(request, caller)
        }
    }

    private func list(_ request: APIRequest, _ caller: Caller) async throws(Problem) -> APIResponse {
        let query = try QueryParameters(request.query, allowed: ["limit", "after", "payment", "order", "type"])
        let limit = try query.limit()
        let payment: OrderID? = try query.value("payment", "a payment's id, pay_...") { OrderID($0, .payment) }
        let order: OrderID? = try query.value(
            "order", "the id of a payment (pay_...), payout (po_...) or refund (re_...)"
        ) { OrderID($0) }
        if let type = query["type"], !EventTypes.known.contains(type) {
            throw QueryParameters.unknownWord(type, of: "type", EventTypes.known)
        }
        let after: EventID? = try query.value("after", Cursor.expected) { Cursor.read($0) }
        let found: [Event]
        do throws(StoreFailure) {
            found = try await store.events(
                app: caller.app, environment: caller.environment, order: payment ?? order, type: query["type"],
                after: after,
                limit: limit + 1)
        } catch { throw Problem(.unavailable, "events cannot be listed now") }
        let page = found.prefix(limit)
        let hasMore = found.count > limit
        return .json([
            "object": "list", "data": .array(page.map(Self.json)), "has_more": .bool(hasMore),
            "next_cursor": hasMore ? JSONValue(page.last.map { Cursor.text($0.id.text) }) : .null,
        ])
    }

    private func read(_ request: APIRequest, _ caller: Caller) async throws(Problem) -> APIResponse {
        let id = request.parameters["id"].flatMap { EventID($0) }
        var event: Event?
        if let id {
            do throws(StoreFailure) { event = try await store.event(id) } catch {
                throw Problem(.unavailable, "the event cannot be read now")
            }
        }
        guard let event, event.app == caller.app, event.environment == caller.environment else {
            throw Problem(.notFound, "there is no such event")
        }
        return .json(Self.json(event))
    }

    /// An event as listed: its name beside the very object that is delivered.
    static func json(_ event: Event) -> JSONValue {
        let body = (try? StrictJSON.parse(event.body, maximumDepth: 64)) ?? .null
        return [
            "id": .string(event.id.text), "object": "event", "type": .string(event.type),
            "order": .string(event.order.text), "sequence": JSONValue(event.sequence),
            "created_at": .string(event.at.description), "data": body["data"] ?? .null,
        ]
    }
}
