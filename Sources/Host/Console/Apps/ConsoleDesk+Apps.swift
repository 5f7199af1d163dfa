import Router

/// Apps of developers: made, changed, and the keys they have.
extension ConsoleDesk {
    /// A key's text, which is shown once.
    struct FreshKey: Sendable {
        var text: String
        var record: AppKey
    }

    /// The environments that this router has providers in.
    var environments: [PayEnvironment] {
        PayEnvironment.allCases.filter { environment in
            engine.namedProviders.contains { $0.environment == environment }
        }
    }

    /// The apps that a visitor sees: an admin all, everybody else their own.
    func apps(_ visit: ConsoleVisit) async throws(Problem) -> [App] {
        guard let account = visit.visitor.account else { return [] }
        return try await stored { () async throws(StoreFailure) in
            visit.visitor.may(.administer) ? try await store.apps() : try await store.apps(of: account.id)
        }
    }

    /// The app of a path, if the visitor sees it; otherwise it does not exist for them.
    func app(_ visit: ConsoleVisit) async throws(Problem) -> App {
        let id = visit.request.parameters["id"].flatMap { AppID($0) }
        let found = try await stored { () async throws(StoreFailure) -> App? in
            guard let id else { return nil }
            return try await store.app(id)
        }
        guard let found, let account = visit.visitor.account,
            found.owner == account.id || visit.visitor.may(.administer)
        else { throw Problem(.notFound, "there is no such app") }
        return found
    }

    func keys(of app: App) async throws(Problem) -> [AppKey] {
        try await stored { () async throws(StoreFailure) in try await store.keys(of: app.id) }
    }

    /// What the platform owes an app itself, in each currency.
    func owed(to app: App) async throws(Problem) -> [AccountBalance] {
        var query = AccountQuery(limit: Currency.all.count)
        query.accounts = [.app(app.id)]
        let asked = query
        return try await stored { () async throws(StoreFailure) in try await store.balances(asked) }
    }

    /// Makes an app with two keys for each environment.
    func makeApp(_ form: QueryParameters, _ visit: ConsoleVisit) async throws(Problem) -> (App, [FreshKey]) {
        guard let account = visit.visitor.account else { throw Problem(.unauthorized, "nobody is signed in") }
        var app = App(id: AppID(at: now, from: SystemRandom()), name: "", isEnabled: true, createdAt: now)
        app.owner = account.id
        try Self.read(form, into: &app)
        let keys = environments.flatMap { fresh(for: app, $0) }
        var change = PlatformChange(
            line(
                .appMade, .init(.app, app.id.text), visit, app: app.id,
                after: AppTrail.members(app, keys: keys.map(\.record))))
        change.app = .insert(app, atMost: visit.visitor.may(.administer) ? nil : settings.mostApps)
        change.newKeys = keys.map(\.record)
        switch try await apply(change) {
        case .done: break
        case .appNameTaken: throw Self.nameTaken
        case .tooManyApps:
            throw Problem(
                .limitReached,
                "an account has \(settings.mostApps) apps at most; whoever runs the platform can raise it")
        default: throw Problem(.unavailable, "the app cannot be made now; nothing was changed")
        }
        self.keys.forget()
        return (app, keys)
    }

    private func fresh(for app: App, _ environment: PayEnvironment) -> [FreshKey] {
        [AppKey.Role.secret, .publishable].map { role in
            let (text, record) = keys.make(role, app: app.id, environment: environment, at: now, random: SystemRandom())
            return FreshKey(text: text, record: record)
        }
    }

    /// Changes an app together with its line of the trail; again when somebody else was quicker.
    func change(
        _ id: AppID, _ action: AuditAction, _ visit: ConsoleVisit, using use: ChallengeUse? = nil,
        _ body: (inout App) throws(Problem) -> Void
    ) async throws(Problem) -> App {
        for _ in 0..<20 {
            let known = try await stored { () async throws(StoreFailure) in try await store.app(id) }
            guard let before = known else { throw Problem(.notFound, "there is no such app") }
            var app = before
            try body(&app)
            // A code is used up also where it changes nothing: it must not work once more after a later change.
            guard app != before || use != nil else { return before }
            app.version += 1
            let (old, new) = AppTrail.difference(before, app)
            var change = PlatformChange(line(action, .init(.app, id.text), visit, app: id, before: old, after: new))
            (change.app, change.use) = (.update(app), use)
            switch try await apply(change) {
            case .done:
                keys.forget()
                return app
            case .conflict: continue
            case .appNameTaken: throw Self.nameTaken
            case .challenge(let refusal): throw ChallengeAnswers.problem(refusal, .walletLink)
            default: throw Problem(.unavailable, "the app cannot be changed now; nothing was changed")
            }
        }
        throw Problem(.unavailable, "the app changes too often; try again")
    }

    /// Makes new keys, and ends the old ones after a while; those of QR codes, which hang on walls, stay.
    func rotate(
        _ app: App, _ environment: PayEnvironment, overlapSeconds: Int64, _ visit: ConsoleVisit
    ) async throws(Problem) -> [FreshKey] {
        let end = now.adding(seconds: max(0, overlapSeconds))
        let fresh = fresh(for: app, environment)
        var ended: [AppKey] = []
        for var key in try await keys(of: app)
        where key.environment == environment && key.role != .qr && (key.expiresAt.map { end < $0 } ?? true) {
            key.expiresAt = end
            ended.append(key)
        }
        var change = PlatformChange(
            line(
                .keysRotated, .init(.app, app.id.text), visit, app: app.id,
                before: ["keys": .array(ended.map { .string($0.prefix) })],
                after: [
                    "keys": .array(fresh.map { .string($0.record.prefix) }), "old_keys_until": .string(end.description),
                ]))
        (change.newKeys, change.changedKeys) = (fresh.map(\.record), ended)
        _ = try await apply(change)
        keys.forget()
        return fresh
    }

    /// Ends a key at once.
    func revoke(_ prefix: String, of app: App, _ visit: ConsoleVisit) async throws(Problem) {
        let now = now
        let ended = try await keys(of: app).filter { $0.prefix == prefix && ($0.expiresAt.map { now < $0 } ?? true) }
            .map { key in
                var key = key
                key.expiresAt = now
                return key
            }
        guard !ended.isEmpty else { throw Problem(.notFound, "the app has no such key any more") }
        var change = PlatformChange(
            line(.keyRevoked, .init(.app, app.id.text), visit, app: app.id, before: ["key": .string(prefix)]))
        change.changedKeys = ended
        _ = try await apply(change)
        keys.forget()
    }

    func apply(_ change: PlatformChange) async throws(Problem) -> PlatformChanged {
        try await changed { () async throws(StoreFailure) in try await store.apply(change) }
    }

    private static let nameTaken = Problem(
        .invalidRequest, "you have an app of this name already",
        errors: [
            JSONIssue(pointer: "/name", code: "name_taken", detail: "you have an app of this name; choose another")
        ])

    /// Takes over what a form says of an app.
    static func read(_ form: QueryParameters, into app: inout App) throws(Problem) {
        let (name, about) = (form["name"]?.trimmed ?? "", form["about"]?.trimmed ?? "")
        guard AppsAdmin.isName(name) else {
            throw Problem(
                .invalidRequest, "the name cannot be shown to payers",
                errors: [
                    JSONIssue(
                        pointer: "/name", code: "invalid_value",
                        detail: "a name has 1 to 60 characters, none that nobody sees: payers read it")
                ])
        }
        var checks = InputChecks()
        if !about.isEmpty { checks.words(about, 500, "/about") }
        try checks.done()
        let typed = form["phone"]?.trimmed ?? ""
        let phone = try typed.isEmpty ? nil : MSISDN.read(typed, app.defaultCountry, at: "/phone")
        (app.name, app.about, app.phone) = (name, about.isEmpty ? nil : about, phone)
    }
}
