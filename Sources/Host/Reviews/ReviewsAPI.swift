package import Router

/// `GET /v1/reviews`: the app's orders that people have to look at.
package struct ReviewsAPI: Sendable {
    let engine: Engine

    package init(engine: Engine) { self.engine = engine }

    package func register(in routes: inout RouteTable) {
        routes.secret("GET", "/v1/reviews", work: .list) { request, caller throws(Problem) in
            return try await ReviewList(store: engine.store, now: engine.time.now)
                .page(request.query, app: caller.app, environment: caller.environment)
        }
    }
}

/// Open reviews, page by page, for callers (their own) and for the command line (all).
struct ReviewList: Sendable {
    let store: any Store
    let now: Moment

    func page(_ text: String, app: AppID?, environment: PayEnvironment?) async throws(Problem) -> APIResponse {
        let parameters = try QueryParameters(text, allowed: ["limit", "after", "reason"])
        var query = OrderQuery(app: app, environment: environment, limit: try parameters.limit() + 1)
        query.kind = nil
        let reason = try parameters.choice("reason", Review.Reason.self)
        query.review = reason.map { .reason($0) } ?? .any
        query.after = try parameters.value("after", Cursor.expected) { Cursor.order($0) }
        let found: [Order]
        do throws(StoreFailure) { found = try await store.list(query) } catch {
            throw Problem(.unavailable, "reviews cannot be listed now")
        }
        let page = found.prefix(query.limit - 1)
        let hasMore = found.count == query.limit
        let view = ReviewView(now: now)
        return .json([
            "object": "list", "data": .array(page.compactMap { view.summary($0).map(JSONValue.object) }),
            "has_more": .bool(hasMore),
            "next_cursor": hasMore ? JSONValue(page.last.map { Cursor.text($0.id.text) }) : .null,
        ])
    }
}
