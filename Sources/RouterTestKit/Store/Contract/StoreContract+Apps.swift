import Router

extension StoreContractSuite {
    func apps(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        var apps = records.several(8...8) { records.app() }
        for app in apps { try await store.insert(app) }
        apps.sort { ($0.createdAt, $0.id.text) < ($1.createdAt, $1.id.text) }
        bench.equal(try await store.apps(), apps, "apps come back, oldest first")
        let taken = apps[0]
        await bench.fails("an app's id is used once") { try await store.insert(taken) }
        var namesake = records.app()
        namesake.name = taken.name
        let other = namesake
        await bench.fails("an app's name is used once") { try await store.insert(other) }
        apps[0].name = records.app().name
        apps[0].isEnabled.toggle()
        try await store.update(apps[0])
        bench.equal(try await store.app(apps[0].id), apps[0], "an app can be changed")
        try await store.update(records.app())
        bench.equal(try await store.apps().count, 8, "changing an app that is not there does nothing")
        bench.equal(try await store.app(records.id()), nil, "an app that is not there is nil")
    }

    func keys(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        let (app, other) = (records.app(), records.app())
        try await store.insert(app)
        try await store.insert(other)
        var keys = records.several(6...6) { records.key(of: app.id) }
        for key in keys { try await store.insert(key) }
        try await store.insert(records.key(of: other.id))
        let listed = try await store.keys(of: app.id)
        bench.equal(Set(listed), Set(keys), "the keys of an app come back")
        bench.equal(listed.map(\.createdAt), listed.map(\.createdAt).sorted(), "... oldest first")
        let taken = keys[0]
        await bench.fails("a key's hash is used once") { try await store.insert(taken) }
        keys[0].expiresAt = records.moment()
        keys[0].lastUsedAt = records.moment()
        try await store.update(keys[0])
        let found = try await store.key(hash: keys[0].hash)
        bench.equal(found?.0, keys[0], "a key is found by its hash, as last changed")
        bench.equal(found?.1, app, "... with its app")
        bench.expect(try await store.key(hash: records.bytes(32...32)) == nil, "a key that is not there is nil")
        let missing = records.key(of: app.id)
        try await store.update(missing)
        bench.expect(try await store.key(hash: missing.hash) == nil, "changing a key that is not there does nothing")
    }

    func endpoints(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        let app: AppID = records.id()
        var endpoints = records.several(6...6) { records.endpoint(app: records.flip() ? app : nil) }
        endpoints.sort { $0.id.text < $1.id.text }
        for endpoint in endpoints { try await store.insert(endpoint) }
        bench.equal(try await store.endpoints(app: nil), endpoints, "endpoints come back whole")
        bench.equal(
            try await store.endpoints(app: app), endpoints.filter { $0.app == app }, "... or those of one app")
        let taken = endpoints[0]
        await bench.fails("an endpoint's id is used once") { try await store.insert(taken) }
        endpoints[0].secrets = [Secret("new"), Secret("old")]
        endpoints[0].isEnabled = false
        endpoints[0].disabledReason = "410"
        endpoints[0].failingSince = records.moment()
        try await store.update(endpoints[0])
        bench.equal(try await store.endpoint(endpoints[0].id), endpoints[0], "an endpoint can be changed")
        try await store.delete(endpoints[0].id)
        bench.equal(try await store.endpoint(endpoints[0].id), nil, "a deleted endpoint is gone")
        try await store.update(endpoints[0])
        bench.equal(try await store.endpoint(endpoints[0].id), nil, "changing a deleted endpoint does nothing")
    }
}
