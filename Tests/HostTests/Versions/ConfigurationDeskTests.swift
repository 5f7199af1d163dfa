import Router
import RouterTestKit
import Testing

@testable import Host

/// Versions are made, tried, activated one after the other, and taken back.
@Suite struct ConfigurationDeskTests {
    private static let wish = ConfigurationVersions.Wish(by: .person("Ama"), reason: "because")

    private func made(_ desk: ConfigurationDesk, _ file: String) async throws -> (Int64, Bool, ConfigurationDifference)
    {
        let result = await desk.make(Array(file.utf8), Self.wish, from: .commandLine)
        guard case .made(let version, let isNew, let trial) = result else { throw StartFailure("\(result)") }
        return (version.number, isNew, trial.difference)
    }

    private func activated(
        _ desk: ConfigurationDesk, _ number: Int64, if expected: Int64? = nil, untried: Bool = true
    ) async -> String {
        let result = await desk.activate(.init(number: number, expected: expected, wish: Self.wish, isUntried: untried))
        if case .done(let activation, _, _, _) = result {
            return "\(activation.previous ?? 0) -> \(activation.number)\(activation.isRollback ? " back" : "")"
        }
        return result.refusal ?? ""
    }

    @Test func `a file becomes a version once`() async throws {
        let bench = try VersionBench()
        #expect(try await made(bench.desk, VersionBench.file("alpha")).0 == 1)
        let again = try await made(bench.desk, VersionBench.file("alpha"))
        #expect(again.0 == 1 && !again.1)
        #expect(try await made(bench.desk, VersionBench.file("alpha", "beta")).0 == 2)
        #expect(try await made(bench.desk, VersionBench.file("alpha")).0 == 3, "only the newest is looked at")
        let version = try #require(try await bench.store.configuration(1)).version
        #expect(version.by == .person("Ama") && version.reason == "because" && version.source == .commandLine)
    }

    @Test func `a file that cannot be used becomes none`() async throws {
        let bench = try VersionBench()
        let result = await bench.desk.make(Array(#"{"providers": [], "routing": {}}"#.utf8), Self.wish, from: .api)
        let failure = try #require(result.failure)
        #expect("\(failure)".contains("at least one provider is required"))
        #expect(try await bench.store.configurations(before: nil, limit: 9).isEmpty)
    }

    @Test func `a version is activated if the expected one is active`() async throws {
        let bench = try VersionBench()
        for names in ["alpha", "beta", "gamma"] { _ = try await made(bench.desk, VersionBench.file(names)) }
        #expect(await activated(bench.desk, 1) == "0 -> 1")
        #expect(await activated(bench.desk, 2, if: 1) == "1 -> 2")
        #expect(await activated(bench.desk, 3, if: 1).contains("version 2 is worked with now"))
        #expect(await activated(bench.desk, 9).contains("there is no version 9"))
        #expect(try await bench.versions.active()?.number == 2)
    }

    @Test func `of two activations that expect the same, one is done`() async throws {
        let bench = try VersionBench()
        for names in ["alpha", "beta", "gamma"] { _ = try await made(bench.desk, VersionBench.file(names)) }
        #expect(await activated(bench.desk, 1) == "0 -> 1")
        // Two desks, as two processes have them: only the store is between them.
        async let one = activated(bench.desk, 2, if: 1)
        async let other = activated(bench.desk, 3, if: 1)
        let results = await [one, other]
        #expect(results.filter { $0.contains("1 -> ") }.count == 1, "\(results)")
        #expect(results.filter { $0.contains("somebody else was faster") }.count == 1, "\(results)")
    }

    @Test func `a version that was tried on too little is refused unless somebody says so`() async throws {
        let bench = try VersionBench()
        _ = try await made(bench.desk, VersionBench.file("alpha"))
        #expect(
            await activated(bench.desk, 1, untried: false).contains("tried on 0 recorded decisions, and 100 are wanted")
        )
        try await bench.desk.markTried(1, decisions: 99)
        #expect(await activated(bench.desk, 1, untried: false).contains("tried on 99"))
        try await bench.desk.markTried(1, decisions: 100)
        #expect(await activated(bench.desk, 1, untried: false) == "0 -> 1")
    }

    @Test func `taking back works again with what was worked with before, and is told as that`() async throws {
        let bench = try VersionBench()
        for names in ["alpha", "beta"] { _ = try await made(bench.desk, VersionBench.file(names)) }
        let desk = bench.desk
        #expect(
            await desk.rollBack(to: nil, expected: nil, Self.wish).refusal?.contains("no version was worked with")
                == true)
        _ = await activated(desk, 1)
        _ = await activated(desk, 2)
        let activation = try #require(await desk.rollBack(to: nil, expected: 2, Self.wish).activation)
        #expect(activation.number == 1 && activation.previous == 2 && activation.isRollback)
        let line = try #require(try await bench.store.audit(AuditQuery(limit: 1)).first).entry
        #expect(line.action == .configurationRolledBack && line.actor == .commandLine(person: "Ama"))
        #expect(line.before?["active"] == 2 && line.after?["active"] == 1 && line.after?["reason"] == "because")
    }

    @Test func `a file is told of once, however often it is looked at`() async throws {
        let bench = try VersionBench()
        let desk = bench.desk
        for _ in 0..<3 { await desk.fileChanged(Array("{".utf8)) }
        #expect(bench.seen.alarms.count == 1)
        #expect(bench.seen.alarms.first?.contains("line 1") == true, "\(bench.seen.alarms)")
        await desk.fileChanged(Array(VersionBench.file("alpha").utf8))
        #expect(try await bench.store.configurations(before: nil, limit: 9).map(\.number) == [1])
        #expect(bench.seen.alarms.count == 1)
    }
}

extension ConfigurationDesk.Made {
    fileprivate var failure: ConfigurationFailure? {
        guard case .invalid(let failure) = self else { return nil }
        return failure
    }
}

extension ConfigurationDesk.Activation {
    fileprivate var activation: ConfigurationActivation? {
        guard case .done(let activation, _, _, _) = self else { return nil }
        return activation
    }
}
