import Router

/// Bills of all apps and holders, for the command line; on the control socket only.
struct BillsAdmin: Sendable {
    let store: any Store
    let publicURL: String

    func register(in routes: inout RouteTable) {
        routes.open("GET", "/bills") { request throws(Problem) in try await list(request) }
    }

    private func list(_ request: APIRequest) async throws(Problem) -> APIResponse {
        let query = try QueryParameters(request.query, allowed: ["environment", "state", "limit", "after"])
        let limit = try query.limit()
        var wanted = BillQuery(environment: try query.choice("environment", PayEnvironment.self), limit: limit + 1)
        wanted.state = try query.choice("state", Bill.State.self)
        wanted.after = try query.value("after", Cursor.expected) { Cursor.read($0) }
        let found: [Bill]
        do throws(StoreFailure) { found = try await store.bills(wanted) } catch {
            throw Problem(.unavailable, "bills cannot be read now: \(error)")
        }
        let view = BillView(publicURL: publicURL, showsApp: true)
        let hasMore = found.count > limit
        return .json([
            "object": "list", "data": .array(found.prefix(limit).map(view.json)), "has_more": .bool(hasMore),
            "next_cursor": hasMore ? JSONValue(found.prefix(limit).last.map { Cursor.text($0.id.text) }) : .null,
        ])
    }
}
