import Router

/// Managing the people who may sign findings; on the control socket only.
struct PeopleAdmin: Sendable {
    let store: any Store
    let tokens: PersonTokens
    let time: any TimeSource
    let random: any RandomSource

    func register(in routes: inout RouteTable) {
        routes.open("GET", "/people") { _ throws(Problem) in
            let people = try await guarded { () async throws(StoreFailure) in try await store.people() }
            return .json(["object": "list", "data": .array(people.map { Self.json($0) })])
        }
        routes.open("POST", "/people") { request throws(Problem) in try await add(try Self.name(request)) }
        routes.open("POST", "/people/revoke") { request throws(Problem) in
            try await revoke(try Self.name(request))
        }
    }

    private struct Input: Decodable { var name: String }

    private static func name(_ request: APIRequest) throws(Problem) -> String {
        let name = try JSONBody.decode(Input.self, try JSONBody.object(request)).name
        let isPlain = name.unicodeScalars.allSatisfy { scalar in
            scalar.properties.isAlphabetic || "0123456789 .-_'".unicodeScalars.contains(scalar)
        }
        guard (2...60).contains(name.unicodeScalars.count), isPlain, name.first != " ", name.last != " " else {
            throw Problem(
                .invalidRequest,
                "a person's name has 2 to 60 letters, digits, spaces and . - _ ', and no space at its ends")
        }
        return name
    }

    private func add(_ name: String) async throws(Problem) -> APIResponse {
        let (token, person) = tokens.make(name, at: time.now, random: random)
        // Names that only differ in case would be taken for one person by whoever reads a signature.
        let known = try await guarded { () async throws(StoreFailure) in try await store.people() }
        guard !known.contains(where: { $0.name.lowercased() == name.lowercased() }) else {
            throw Problem(
                .limitReached,
                "\"\(name)\" is or was somebody's name; a name stays one person's for ever, so choose another")
        }
        try await write(person, .signerAdded)
        return .json(Self.json(person, token: token), status: 201)
    }

    private func revoke(_ name: String) async throws(Problem) -> APIResponse {
        let found = try await guarded { () async throws(StoreFailure) in try await store.person(named: name) }
        guard var person = found else {
            throw Problem(.notFound, "there is no person \"\(name)\"; `payrouter people list` shows them")
        }
        if person.revokedAt == nil {
            person.revokedAt = time.now
            try await write(person, .signerRevoked)
        }
        return .json(Self.json(person))
    }

    private func write(_ person: Person, _ action: AuditAction) async throws(Problem) {
        var change = PlatformChange(
            AuditEntry(at: time.now, .commandLine(person: nil), action, .init(.person, person.name)))
        change.person = person
        let written = change
        guard try await guarded({ () async throws(StoreFailure) in try await store.apply(written) }) == .done else {
            throw Problem(.limitReached, "\"\(person.name)\" is another account's name")
        }
    }

    private func guarded<T>(_ body: () async throws(StoreFailure) -> T) async throws(Problem) -> T {
        do throws(StoreFailure) { return try await body() } catch {
            throw Problem(.unavailable, "the store cannot do this now: \(error)")
        }
    }

    private static func json(_ person: Person, token: String? = nil) -> JSONValue {
        var object = JSONObject([
            .init("object", "person"), .init("name", .string(person.name)),
            .init("created_at", .string(person.createdAt.description)),
            .init("revoked_at", JSONValue(person.revokedAt?.description)),
        ])
        if let token { object["token"] = .string(token) }
        return .object(object)
    }
}
