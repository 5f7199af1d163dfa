import Router

/// Changes of the platform, and the trail that tells of them.
extension StoreContractSuite {
    func platformChanges(_ store: any Store, _ bench: inout Bench) async throws {
        let maker = PeopleMaker(bench.records)
        var anna = maker.account()
        bench.equal(try await store.insert(anna, wallet: nil, challenges: []), .done, "an account is made")
        let code = maker.challenge(anna.id)
        _ = try await store.insert(code)
        anna = maker.changed(anna) { $0.roles = [.developer, .finance] }
        var app = bench.records.app(of: anna.id)
        let key = bench.records.key(of: app.id)
        var person = Person(name: "Anna B.", tokenHash: bench.records.bytes(32...32), createdAt: bench.records.base)
        person.account = anna.id
        var change = PlatformChange(maker.auditEntry())
        change.account = .update(anna)
        change.use = maker.use(code)
        change.app = .insert(app, atMost: 1)
        change.newKeys = [key]
        change.person = person
        bench.equal(try await store.apply(change), .done, "a change is written")
        bench.equal(try await store.account(anna.id), anna, "... with its account")
        bench.equal(try await store.app(app.id), app, "... its app")
        bench.equal(try await store.keys(of: app.id), [key], "... its keys")
        bench.equal(try await store.person(named: person.name), person, "... its signer")
        bench.equal(try await store.judge(maker.use(code)), .used, "... its code used up")
        bench.equal(try await store.audit(AuditQuery(limit: 10)).map(\.entry), change.audit, "... and its line")
        bench.equal(try await store.apps(of: anna.id), [app], "an account's apps are its own")
        bench.equal(try await store.apps(of: bench.records.id()), [], "... and nobody else's")

        app.isEnabled.toggle()
        app.version += 1
        var ended = key
        ended.expiresAt = bench.records.moment()
        person.revokedAt = bench.records.moment()
        var second = PlatformChange()
        (second.app, second.changedKeys, second.person) = (.update(app), [ended], person)
        bench.equal(try await store.apply(second), .done, "what is there is changed")
        bench.equal(try await store.app(app.id), app, "... an app")
        bench.equal(try await store.keys(of: app.id), [ended], "... a key")
        bench.equal(try await store.person(named: person.name), person, "... and a signer")
        try await refusedChanges(store, anna, app, person, &bench)
        try await endpointChanges(store, &bench)
    }

    /// Webhook endpoints are made, changed and deleted with the line that tells of it.
    private func endpointChanges(_ store: any Store, _ bench: inout Bench) async throws {
        let maker = PeopleMaker(bench.records)
        func apply(_ write: PlatformChange.EndpointWrite) async throws -> PlatformChanged {
            var change = PlatformChange(maker.auditEntry())
            change.endpoint = write
            return try await store.apply(change)
        }
        var endpoint = bench.records.endpoint()
        let other = WebhookEndpoint(
            id: bench.records.id(), app: endpoint.app, environment: endpoint.environment, url: endpoint.url, types: [],
            secrets: endpoint.secrets, isEnabled: true, createdAt: endpoint.createdAt)
        let lines = try await store.audit(AuditQuery(limit: 100)).count
        bench.equal(try await apply(.update(endpoint)), .noEndpoint, "an endpoint that is not there is not changed")
        bench.equal(try await apply(.insert(endpoint, atMost: 1)), .done, "an endpoint is made with its line")
        bench.equal(try await store.endpoint(endpoint.id), endpoint, "... and is there")
        bench.equal(try await apply(.insert(other, atMost: 1)), .tooManyEndpoints, "an app has so many at most")
        bench.equal(try await store.endpoint(other.id), nil, "... and no more")
        endpoint.url += "/elsewhere"
        bench.equal(try await apply(.update(endpoint)), .done, "it is changed with its line")
        bench.equal(try await store.endpoint(endpoint.id), endpoint, "... and is as it was written")
        bench.equal(try await apply(.delete(endpoint.id)), .done, "it is deleted with its line")
        bench.equal(try await store.endpoint(endpoint.id), nil, "... and is gone")
        bench.equal(try await apply(.delete(endpoint.id)), .noEndpoint, "what is gone is not deleted again")
        bench.equal(
            try await store.audit(AuditQuery(limit: 100)).count, lines + 3, "what is refused has no line")
    }

    /// What is refused leaves nothing behind.
    private func refusedChanges(
        _ store: any Store, _ account: Account, _ app: App, _ person: Person, _ bench: inout Bench
    ) async throws {
        let maker = PeopleMaker(bench.records)
        let other = maker.account()
        _ = try await store.insert(other, wallet: nil, challenges: [])
        let code = maker.challenge(account.id)
        _ = try await store.insert(code)
        func refused(_ expected: PlatformChanged, _ words: String, _ body: (inout PlatformChange) -> Void) async throws
        {
            var change = PlatformChange(maker.auditEntry())
            change.newKeys = [bench.records.key(of: app.id)]
            body(&change)
            let before = try await store.audit(AuditQuery(limit: 100)).count
            bench.equal(try await store.apply(change), expected, words)
            bench.equal(try await store.audit(AuditQuery(limit: 100)).count, before, "... without a line")
            bench.expect(
                try await store.key(hash: change.newKeys[0].hash) == nil, "... and without the rest of the change")
        }
        try await refused(.conflict, "an account that somebody else changed is not written") {
            $0.account = .update(account)
        }
        try await refused(.conflict, "an app that somebody else changed is not written") { $0.app = .update(app) }
        try await refused(.challenge(.wrong(left: 2)), "a wrong code allows nothing") { change in
            change.use = maker.use(code) { $0.codeHash = [] }
        }
        try await refused(.appNameTaken, "an owner has a name once") { change in
            var namesake = bench.records.app(of: account.id)
            namesake.name = app.name
            change.app = .insert(namesake, atMost: nil)
        }
        try await refused(.tooManyApps, "an owner has so many apps at most") { change in
            change.app = .insert(bench.records.app(of: account.id), atMost: 1)
        }
        try await refused(.personTaken, "a signer's name is one human's") { change in
            change.person = Person(
                name: person.name, tokenHash: bench.records.bytes(32...32), createdAt: bench.records.base,
                account: other.id)
        }
        try await refused(.personTaken, "... who has one name") { change in
            change.person = Person(
                name: "Anna C.", tokenHash: bench.records.bytes(32...32), createdAt: bench.records.base,
                account: account.id)
        }
        let confirmed = maker.account(email: "taken@example.com")
        _ = try await store.insert(confirmed, wallet: nil, challenges: [])
        try await refused(.taken(.email), "a confirmed address is one account's") { change in
            change.account = .update(maker.changed(other) { $0.email = confirmed.email })
        }
        let newcomer = maker.account()
        let confirmation = maker.challenge(newcomer.id, .emailConfirmation)
        var first = PlatformChange(maker.auditEntry())
        first.account = .insert(newcomer, challenges: [confirmation])
        bench.equal(try await store.apply(first), .done, "an account is made with its line")
        bench.equal(try await store.account(newcomer.id), newcomer, "... and is there")
        bench.equal(try await store.challenge(confirmation.id), confirmation, "... with its key")
        try await refused(.taken(.username), "a user name is one's") { change in
            change.account = .insert(maker.account(newcomer.username.text), challenges: [])
        }
        var namesake = bench.records.app(of: other.id)
        namesake.name = app.name
        var change = PlatformChange()
        change.app = .insert(namesake, atMost: 1)
        bench.equal(try await store.apply(change), .done, "another owner's app may have the same name")
        bench.equal(try await store.apps(of: account.id), [app], "... and is not among the first one's")
    }

    func auditTrail(_ store: any Store, _ bench: inout Bench) async throws {
        let maker = PeopleMaker(bench.records)
        bench.equal(
            try await store.verifyAudit(), .whole(count: 0, digest: []), "an empty trail is whole")
        let entries = (0..<9).map { _ in maker.auditEntry() }
        for entry in entries { bench.equal(try await store.apply(PlatformChange(entry)), .done, "a line is written") }
        let all = try await store.audit(AuditQuery(limit: 100))
        bench.equal(all.map(\.entry), entries.reversed(), "lines come back as they were written, newest first")
        bench.equal(all.map(\.number), (1...9).reversed().map(Int64.init), "... and are numbered without gaps")
        bench.equal(
            try await store.audit(AuditQuery(before: 7, limit: 2)).map(\.number), [6, 5], "... page by page")
        func found(_ words: String, _ change: (inout AuditQuery) -> Void, _ matches: (AuditEntry) -> Bool) async throws
        {
            var query = AuditQuery(limit: 100)
            change(&query)
            bench.equal(try await store.audit(query).map(\.entry), entries.reversed().filter(matches), words)
        }
        let some = entries[3]
        try await found("lines are found by who did it", { $0.actor = some.actor.name }) {
            $0.actor.name == some.actor.name
        }
        try await found("... by what it was done to", { $0.subject = some.subject }) { $0.subject == some.subject }
        try await found("... and by its app", { $0.app = some.app }) { some.app == nil || $0.app == some.app }
        bench.equal(
            try await store.verifyAudit(), .whole(count: 9, digest: all.first?.digest ?? []), "the trail is whole")
    }
}
