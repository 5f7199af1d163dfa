package import Router

/// `GET /v1/events`: what happened, also for those who missed a webhook.
package struct EventsAPI: Sendable {
    let store: any Store
    private let body: EventBody

    /// Answers with events as `body` writes them.
    package init(store: any Store, body: EventBody) { (self.store, self.body) = (store, body) }

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
            "order", "the id of a payment (pay_...), payout (po_...), refund (re_...) or transfer (tr_...)"
        ) { OrderID($0) }
        if let type = query["type"], !EventTypes.known.contains(type) {
            throw QueryParameters.unknownWord(type, of: "type", EventTypes.known)
        }
        let after: EventID? = try query.value("after", Cursor.expected) { Cursor.read($0) }
        let found: [Event]
        do throws(StoreFailure) {
            found = try await store.withBills(
                store.events(
                    app: caller.app, environment: caller.environment, order: payment ?? order, type: query["type"],
                    after: after,
                    limit: limit + 1))
        } catch { throw Problem(.unavailable, "events cannot be listed now") }
        let page = found.prefix(limit)
        let hasMore = found.count > limit
        return .json(
            bytes: JSONObjectWriter.object { writer in
                writer.field("object", "list")
                writer.array("data", Array(page)) { body.write($1, to: &$0) }
                writer.field("has_more", hasMore)
                writer.nullable("next_cursor", hasMore ? page.last.map { Cursor.text($0.id.text) } : nil)
            })
    }

    private func read(_ request: APIRequest, _ caller: Caller) async throws(Problem) -> APIResponse {
        let id = request.parameters["id"].flatMap { EventID($0) }
        var event: Event?
        if let id {
            do throws(StoreFailure) {
                event = try await store.event(id, app: caller.app, environment: caller.environment)
                if let found = event { event = try await store.withBill(found) }
            } catch {
                throw Problem(.unavailable, "the event cannot be read now")
            }
        }
        guard let event else { throw Problem(.notFound, "there is no such event") }
        return .json(bytes: JSONObjectWriter.object { body.write(event, to: &$0) })
    }
}
