package import Router

/// `/v1/metadata_index`: by which metadata an app filters its lists.
package struct MetadataIndexAPI: Sendable {
    let store: any MetadataIndexStore
    let time: any TimeSource

    package init(store: any MetadataIndexStore, time: any TimeSource) {
        self.store = store
        self.time = time
    }

    package func register(in routes: inout RouteTable) {
        routes.secret("GET", "/v1/metadata_index") { request, caller throws(Problem) in
            _ = try QueryParameters(request.query, allowed: [])
            return try await read(caller.app)
        }
        routes.secret("PUT", "/v1/metadata_index") { request, caller throws(Problem) in
            try await choose(request, caller.app)
        }
    }

    struct Input: Decodable { var names: [String] }

    /// How many names may be on their way out: whoever changes them faster than they go has to wait.
    static let leavingLimit = 16

    func read(_ app: AppID) async throws(Problem) -> APIResponse { .json(Self.json(try await index(app))) }

    func choose(_ request: APIRequest, _ app: AppID) async throws(Problem) -> APIResponse {
        let names = try JSONBody.decode(Input.self, try JSONBody.object(request)).names
        var checks = InputChecks()
        checks.check(
            names.count <= MetadataIndex.limit, "/names",
            "may have at most \(MetadataIndex.limit) names; each costs every order a row")
        for (place, name) in names.enumerated() {
            let pointer = "/names/\(place)"
            checks.check((1...40).contains(name.unicodeScalars.count), pointer, "a name has 1 to 40 characters")
            checks.check(!names[..<place].contains(name), pointer, "stands twice")
        }
        try checks.done()
        let before = try await index(app)
        let leaving = Set(before.leaving + before.names.map(\.name)).subtracting(names)
        guard leaving.count <= Self.leavingLimit else {
            throw Problem(
                .limitReached,
                "\(before.leaving.count) names that were left out are still being forgotten; change the names when GET "
                    + "/v1/metadata_index shows fewer in `leaving`")
        }
        // Orders of this very millisecond may be there already.
        let from = time.now.adding(milliseconds: 1)
        do throws(StoreFailure) { try await store.setMetadataIndex(names, of: app, from: from) } catch {
            throw Problem(.unavailable, "the names cannot be changed now")
        }
        return try await read(app)
    }

    private func index(_ app: AppID) async throws(Problem) -> MetadataIndex {
        do throws(StoreFailure) { return try await store.metadataIndex(of: app) } catch {
            throw Problem(.unavailable, "the names cannot be read now")
        }
    }

    private static func json(_ index: MetadataIndex) -> JSONValue {
        let names = index.names.map { name -> JSONValue in
            let times = MetadataIndex.kinds.map { kind in
                JSONObject.Member("\(kind.rawValue)s", JSONValue(name.completeFrom[kind]?.description))
            }
            return [
                "name": .string(name.name), "complete": .bool(name.completeFrom.isEmpty),
                "complete_from": .object(JSONObject(times)),
            ]
        }
        return [
            "object": "metadata_index", "names": .array(names), "leaving": .array(index.leaving.map(JSONValue.string)),
        ]
    }
}
