import Router

extension StoreContractSuite {
    func configurations(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        bench.equal(try await store.configurations(before: nil, limit: 9), [], "at first there is no version")
        bench.equal(try await store.activations(limit: 9), [], "... and none is worked with")
        bench.equal(try await store.configuration(1), nil, "... and none of any number")
        var made: [ConfigurationVersion] = []
        for number in Int64(1)...4 {
            let version = records.configuration(number)
            let file = records.bytes(0...300)
            var change = PlatformChange(PeopleMaker(records).auditEntry())
            change.configuration = .insert(version, file: file)
            bench.equal(try await store.apply(change), .done, "a version is made")
            bench.equal(
                try await store.configuration(number), StoredConfiguration(version, file: file),
                "... and comes back as it was, with its file")
            made.append(version)
        }
        let newest = Array(made.reversed())
        bench.equal(try await store.configurations(before: nil, limit: 9), newest, "versions come newest first")
        bench.equal(
            try await store.configurations(before: 4, limit: 2), Array(newest[1...2]), "... page by page")
        bench.equal(try await store.audit(AuditQuery(limit: 99)).count, 4, "... each with a line of the trail")
        for number in [Int64(1), 4, 6] {
            try await refused(.insert(records.configuration(number), file: []), store, &bench)
        }
        try await store.markTried(2, on: 120)
        try await store.markTried(2, on: 80)
        try await store.markTried(9, on: 80)
        bench.equal(
            try await store.configurations(before: nil, limit: 9).map(\.triedOn), [0, 0, 120, 0],
            "a version knows on how many decisions it was tried, and it is the most")
        bench.equal(
            try await store.configuration(2)?.version.triedOn, 120, "... also where it is read with its file")
    }

    func activations(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        for number in Int64(1)...3 {
            var change = PlatformChange()
            change.configuration = .insert(records.configuration(number), file: [])
            _ = try await store.apply(change)
        }
        try await refused(.activate(records.activation(2, after: 1)), store, &bench)
        try await refused(.activate(records.activation(4, after: nil)), store, &bench)
        var done: [ConfigurationActivation] = []
        for (number, previous) in [(Int64(2), Int64?.none), (3, 2), (2, 3)] {
            let activation = records.activation(number, after: previous)
            var change = PlatformChange(PeopleMaker(records).auditEntry())
            change.configuration = .activate(activation)
            bench.equal(try await store.apply(change), .done, "a version is activated after the one that is expected")
            done.append(activation)
        }
        bench.equal(
            try await store.activations(limit: 9), done.reversed(), "activations come back as they were, newest first")
        bench.equal(try await store.activations(limit: 1), [done[2]], "... as many as wanted")
        try await refused(.activate(records.activation(1, after: nil)), store, &bench)
        try await refused(.activate(records.activation(1, after: 3)), store, &bench)
        let racing = records.activation(1, after: 2)
        let results = try await withThrowingTaskGroup(of: PlatformChanged.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    var change = PlatformChange()
                    change.configuration = .activate(racing)
                    return try await store.apply(change)
                }
            }
            return try await group.reduce(into: [PlatformChanged]()) { $0.append($1) }
        }
        bench.equal(results.count { $0 == .done }, 1, "of activations at once that expect the same, one is done")
        bench.equal(results.count { $0 == .conflict }, 7, "... and the others are told so")
        bench.equal(try await store.activations(limit: 99).count, 4, "... and leave nothing behind")
    }

    /// What is refused leaves nothing behind.
    private func refused(
        _ write: PlatformChange.ConfigurationWrite, _ store: any Store, _ bench: inout Bench
    ) async throws {
        let lines = try await store.audit(AuditQuery(limit: 99)).count
        let versions = try await store.configurations(before: nil, limit: 99)
        let activations = try await store.activations(limit: 99)
        var change = PlatformChange(PeopleMaker(bench.records).auditEntry())
        change.configuration = write
        bench.equal(
            try await store.apply(change), .conflict,
            "a version out of its turn, or not after what is expected, is refused")
        bench.equal(try await store.audit(AuditQuery(limit: 99)).count, lines, "... without a line")
        bench.equal(try await store.configurations(before: nil, limit: 99), versions, "... nor a version")
        bench.equal(try await store.activations(limit: 99), activations, "... nor an activation")
    }
}

extension RecordFactory {
    func configuration(_ number: Int64) -> ConfigurationVersion {
        ConfigurationVersion(
            number: number, hash: bytes(32...32), size: self.number(0...9_999), madeAt: moment(), by: maker(),
            reason: sometimes(text()), source: pick(ConfigurationVersion.Source.allCases),
            warnings: several(0...2) { text() })
    }

    func activation(_ number: Int64, after previous: Int64?) -> ConfigurationActivation {
        ConfigurationActivation(
            number, after: previous, at: moment(), by: maker(), reason: sometimes(text()), isRollback: flip())
    }

    private func maker() -> ConfigurationVersion.Maker { pick([.file, .commandLine, .person(text())]) }
}
