package import Router

/// Managing apps and their keys; only the command line can, over the control socket or with the store at hand.
package struct AppsAdmin: Sendable {
    let store: any Store
    let keys: KeyRing
    let time: any TimeSource
    let random: any RandomSource
    /// Where payers reach the router; empty while it does not run.
    let publicURL: String

    package init(
        store: any Store, keys: KeyRing, time: any TimeSource, random: any RandomSource, publicURL: String = ""
    ) {
        self.publicURL = publicURL
        self.store = store
        self.keys = keys
        self.time = time
        self.random = random
    }

    package func register(in routes: inout RouteTable) {
        routes.open("GET", "/apps") { _ throws(Problem) in
            try await guarded { () async throws(StoreFailure) in try await list() }
        }
        routes.open("POST", "/apps") { request throws(Problem) in
            let input = try JSONBody.decode(CreateInput.self, try JSONBody.object(request))
            guard Self.isName(input.name) else {
                throw Problem(
                    .invalidRequest,
                    "a name has 1 to 60 characters, none that nobody sees, and no space at its ends: payers read it")
            }
            return try await create(input)
        }
        for (action, isEnabled) in [("disable", false), ("enable", true)] {
            routes.open("POST", "/apps/{id}/\(action)") { request throws(Problem) in
                try await change(try await app(request), isEnabled ? .appEnabled : .appDisabled) {
                    $0.isEnabled = isEnabled
                }
            }
        }
        for (action, takes) in [("allow-unaccepted", true), ("require-acceptance", false)] {
            routes.open("POST", "/apps/{id}/\(action)") { request throws(Problem) in
                try await change(try await app(request)) { $0.takesUnaccepted = takes }
            }
        }
        routes.open("POST", "/apps/{id}/default-country") { request throws(Problem) in
            let app = try await app(request)
            let input = try JSONBody.decode(CountryInput.self, try JSONBody.object(request))
            let country = try DefaultCountry.checked(input.country, at: "/country")
            return try await change(app) { $0.defaultCountry = country }
        }
        let metadata = MetadataIndexAPI(store: store, time: time)
        routes.open("GET", "/apps/{id}/metadata-index") { request throws(Problem) in
            try await metadata.read(try await app(request).id)
        }
        routes.open("PUT", "/apps/{id}/metadata-index") { request throws(Problem) in
            try await metadata.choose(request, try await app(request).id)
        }
        routes.open("POST", "/apps/{id}/rotate") { request throws(Problem) in
            let app = try await app(request)
            let input = try JSONBody.decode(RotateInput.self, try JSONBody.object(request))
            return try await guarded { () async throws(StoreFailure) in try await rotate(app, input) }
        }
        registerQR(in: &routes)
        routes.open("POST", "/apps/{id}/revoke") { request throws(Problem) in
            let app = try await app(request)
            let input = try JSONBody.decode(RevokeInput.self, try JSONBody.object(request))
            return try await revoke(app, input)
        }
    }

    private struct CreateInput: Decodable {
        var name: String
        var environment: PayEnvironment
    }

    private struct RotateInput: Decodable {
        var environment: PayEnvironment
        /// How long the old keys go on working.
        var overlapSeconds: Int64

        enum CodingKeys: String, CodingKey {
            case environment
            case overlapSeconds = "overlap_seconds"
        }
    }

    private struct CountryInput: Decodable {
        /// `nil` takes the setting back.
        var country: String?
    }

    private struct RevokeInput: Decodable { var prefix: String }

    func guarded(
        _ body: () async throws(StoreFailure) -> APIResponse
    ) async throws(Problem) -> APIResponse {
        do throws(StoreFailure) { return try await body() } catch {
            throw Problem(.unavailable, "the store cannot do this now: \(error)")
        }
    }

    func app(_ request: APIRequest) async throws(Problem) -> App {
        try await AppNames(store: store).app(request.parameters["id"] ?? "")
    }

    private func list() async throws(StoreFailure) -> APIResponse {
        var data: [JSONValue] = []
        for app in try await store.apps() { data.append(json(app, try await store.keys(of: app.id))) }
        return .json(["object": "list", "data": .array(data)])
    }

    func json(_ app: App, _ records: [AppKey], fresh: [String] = []) -> JSONValue {
        let now = time.now
        let keys = records.map { key -> JSONValue in
            [
                "prefix": .string(key.prefix), "role": .string(key.role.rawValue),
                "environment": .string(key.environment.rawValue), "created_at": .string(key.createdAt.description),
                "expires_at": JSONValue(key.expiresAt?.description),
                "active": .bool(key.expiresAt.map { now < $0 } ?? true),
            ]
        }
        var object = JSONObject([
            .init("id", .string(app.id.text)), .init("name", .string(app.name)), .init("enabled", .bool(app.isEnabled)),
            .init("takes_unaccepted", .bool(app.takesUnaccepted)),
            .init("default_country", JSONValue(app.defaultCountry)), .init("owner", JSONValue(app.owner?.text)),
            .init("created_at", .string(app.createdAt.description)), .init("keys", .array(keys)),
        ])
        if !fresh.isEmpty { object["new_keys"] = .array(fresh.map(JSONValue.string)) }
        return .object(object)
    }

    /// Whether payers and terminals can show a name.
    static func isName(_ name: String) -> Bool {
        let unseen: [Unicode.GeneralCategory] = [
            .control, .format, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
        ]
        return (1...60).contains(name.unicodeScalars.count) && name.trimmed == name
            && !name.unicodeScalars.contains { $0.isFiller || unseen.contains($0.properties.generalCategory) }
            && name.isSeen
    }

    private func create(_ input: CreateInput) async throws(Problem) -> APIResponse {
        let now = time.now
        let app = App(id: AppID(at: now, from: random), name: input.name, isEnabled: true, createdAt: now)
        let (texts, records) = fresh(app, input.environment, at: now)
        var change = PlatformChange(line(.appMade, app, after: AppTrail.members(app, keys: records)))
        (change.app, change.newKeys) = (.insert(app, atMost: nil), records)
        let changed = try await apply(change)
        guard changed == .done else {
            let known = try? await store.apps().first { $0.name == app.name && $0.owner == nil }
            guard changed == .appNameTaken, let known else {
                throw Problem(.unavailable, "the store cannot do this now; nothing was changed")
            }
            throw Problem(
                .invalidRequest,
                "\(known.id) is called \"\(known.name)\" already; choose another name, or `payrouter apps rotate` makes new "
                    + "keys for that app")
        }
        return .json(json(app, records, fresh: texts), status: 201)
    }

    /// A secret and a publishable key; their texts are shown this once.
    private func fresh(
        _ app: App, _ environment: PayEnvironment, at now: Moment
    ) -> (texts: [String], records: [AppKey]) {
        var (texts, records): ([String], [AppKey]) = ([], [])
        for role in [AppKey.Role.secret, .publishable] {
            let (text, record) = keys.make(role, app: app.id, environment: environment, at: now, random: random)
            texts.append(text)
            records.append(record)
        }
        return (texts, records)
    }

    /// What the audit trail says of what is done here.
    private func line(
        _ action: AuditAction, _ app: App, before: JSONValue? = nil, after: JSONValue? = nil
    ) -> AuditEntry {
        AuditEntry(
            at: time.now, .commandLine(person: nil), action, .init(.app, app.id.text), app: app.id, before: before,
            after: after)
    }

    private func apply(_ change: PlatformChange) async throws(Problem) -> PlatformChanged {
        do throws(StoreFailure) { return try await store.apply(change) } catch {
            throw Problem(.unavailable, "the store cannot do this now: \(error)")
        }
    }

    /// Stores the changed app, again if somebody else was quicker; keys that are held in memory are read again.
    private func change(
        _ app: App, _ action: AuditAction = .appChanged, _ change: (inout App) -> Void
    ) async throws(Problem) -> APIResponse {
        var known = app
        for _ in 0..<20 {
            var changed = known
            change(&changed)
            guard changed != known else { break }
            changed.version += 1
            let (old, new) = AppTrail.difference(known, changed)
            var write = PlatformChange(line(action, app, before: old, after: new))
            write.app = .update(changed)
            switch try await apply(write) {
            case .done: known = changed
            case .conflict:
                do throws(StoreFailure) { known = try await store.app(app.id) ?? known } catch {
                    throw Problem(.unavailable, "the store cannot do this now: \(error)")
                }
                continue
            default: throw Problem(.unavailable, "the store cannot do this now; nothing was changed")
            }
            break
        }
        keys.forget()
        return try await guarded { [known] () async throws(StoreFailure) in
            .json(json(known, try await store.keys(of: known.id)))
        }
    }

    /// Makes new keys and ends the old ones soon; those of QR codes, which hang on walls, stay.
    private func rotate(_ app: App, _ input: RotateInput) async throws(StoreFailure) -> APIResponse {
        let now = time.now
        let end = now.adding(seconds: max(0, input.overlapSeconds))
        let (texts, records) = fresh(app, input.environment, at: now)
        var ended: [AppKey] = []
        for var key in try await store.keys(of: app.id)
        where key.environment == input.environment && key.role != .qr && (key.expiresAt.map { end < $0 } ?? true) {
            key.expiresAt = end
            ended.append(key)
        }
        var change = PlatformChange(
            line(
                .keysRotated, app, before: ["keys": .array(ended.map { .string($0.prefix) })],
                after: ["keys": .array(records.map { .string($0.prefix) }), "old_keys_until": .string(end.description)])
        )
        (change.newKeys, change.changedKeys) = (records, ended)
        _ = try await store.apply(change)
        keys.forget()
        return .json(json(app, try await store.keys(of: app.id), fresh: texts))
    }

    private func revoke(_ app: App, _ input: RevokeInput) async throws(Problem) -> APIResponse {
        let now = time.now
        do throws(StoreFailure) {
            let matching = try await store.keys(of: app.id).filter { $0.prefix == input.prefix }
            guard !matching.isEmpty else {
                throw StoreFailure(.other, "no key begins with \"\(input.prefix)\"")
            }
            var change = PlatformChange(line(.keyRevoked, app, before: ["key": .string(input.prefix)]))
            change.changedKeys = matching.map { key in
                var key = key
                key.expiresAt = min(key.expiresAt ?? now, now)
                return key
            }
            _ = try await store.apply(change)
            keys.forget()
            return .json(json(app, try await store.keys(of: app.id)))
        } catch { throw Problem(error.kind == .other ? .notFound : .unavailable, error.detail) }
    }
}
