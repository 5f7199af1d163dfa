import Router
import RouterTestKit
import Testing

@testable import Host

/// A router starts with the version that was activated last, and says where its file differs.
@Suite struct ConfigurationStartTests {
    @Test func `the first start makes a version of the file and activates it`() async throws {
        let bench = try VersionBench()
        let begun = try await bench.start(VersionBench.file("alpha"))
        #expect(begun.version.number == 1 && begun.notes.isEmpty)
        #expect(begun.version.by == .file && begun.version.source == .file)
        #expect(try await bench.versions.active()?.number == 1)
        let trail = try await bench.store.audit(AuditQuery(limit: 9)).map(\.entry.action)
        #expect(trail == [.configurationActivated, .configurationMade])
    }

    @Test func `a start with the same file makes nothing`() async throws {
        let bench = try VersionBench()
        for _ in 0..<3 { #expect(try await bench.start(VersionBench.file("alpha")).version.number == 1) }
        #expect(try await bench.store.activations(limit: 9).count == 1)
    }

    @Test func `a changed file is run at once where both say so, and is not where either does not`() async throws {
        let no = #""activate_on_change": false,"#
        for (sandbox, first, second, isTaken) in [
            (true, "", "", true), (true, "", no, false), (true, no, "", false), (false, "", "", false),
        ] {
            let bench = try VersionBench()
            _ = try await bench.start(VersionBench.file("alpha", more: first), sandbox: sandbox)
            let next = try await bench.start(VersionBench.file("alpha", "beta", more: second), sandbox: sandbox)
            #expect(next.version.number == (isTaken ? 2 : 1))
            #expect(next.configuration.providers.count == (isTaken ? 2 : 1))
            #expect(next.notes.count == 1)
            #expect(try await bench.versions.active()?.number == (isTaken ? 2 : 1))
            guard !isTaken else { continue }
            let note = next.notes.first ?? ""
            #expect(note.contains("providers (1)") && note.contains("routing.otherwise"), "\(note)")
            #expect(note.contains("payrouter config try \(bench.path)"), "\(note)")
            #expect(try await bench.store.configurations(before: nil, limit: 9).count == 1, "it is only told")
        }
    }

    @Test func `what people took back is not brought back by a restart, until the file changes`() async throws {
        let bench = try VersionBench()
        _ = try await bench.start(VersionBench.file("alpha"))
        let second = VersionBench.file("alpha", "beta")
        #expect(try await bench.start(second).version.number == 2)
        let wish = ConfigurationVersions.Wish(by: .commandLine)
        #expect(await bench.desk.rollBack(to: nil, expected: nil, wish).refusal == nil)
        let after = try await bench.start(second)
        #expect(after.version.number == 1 && after.notes.count == 1, "\(after.notes)")
        #expect(try await bench.start(VersionBench.file("beta")).version.number == 3)
        #expect(try await bench.start(second).version.number == 4, "the file changed since the file was activated")
    }

    @Test func `an invalid file changes nothing at a start`() async throws {
        let bench = try VersionBench()
        _ = try await bench.start(VersionBench.file("alpha"))
        let next = try await bench.start(#"{"providers": []}"#)
        #expect(next.version.number == 1 && next.configuration.providers.count == 1)
        #expect(next.notes.first?.contains("version 1 of the configuration stays") == true, "\(next.notes)")
    }

    @Test func `without a file the version that was activated last is run`() async throws {
        let bench = try VersionBench()
        _ = try await bench.start(VersionBench.file("alpha"))
        let start = ConfigurationStart(versions: bench.versions, loader: bench.loader(sandbox: true))
        let next = try await start.begin(.failure(FileFault("providers.json", "No such file")))
        #expect(next.version.number == 1 && next.notes.count == 1)
        let empty = try VersionBench()
        let nothing = ConfigurationStart(versions: empty.versions, loader: empty.loader(sandbox: true))
        await #expect(throws: StartFailure.self) {
            try await nothing.begin(.failure(FileFault("providers.json", "No such file")))
        }
    }

    @Test func `a version that cannot be loaded any more is said, and nothing else is run`() async throws {
        let bench = try VersionBench()
        let secret = bench.folder + "/secret"
        let more = #""activate_on_change": false,"#
        let file = VersionBench.file("alpha", more: more).replacing(
            #""settings": {"#, with: #""secrets": {"password": "file:\#(secret)"}, "settings": {"#)
        try bench.write("hush", to: "secret")
        _ = try await bench.start(file)
        try bench.write("", to: "secret")
        let failure = await #expect(throws: ConfigurationFailure.self) {
            try await bench.start(VersionBench.file("beta", more: more))
        }
        let text = failure.map { "\($0)" } ?? ""
        #expect(text.contains("version 1 of the configuration") && text.contains("is empty"), "\(text)")
        #expect(text.contains("payrouter config activate"), "\(text)")
    }
}
