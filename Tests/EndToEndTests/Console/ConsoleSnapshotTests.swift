import Router
import Testing

@testable import Host

/// Daily figures made anew in the console.
@Suite("Daily figures in the console", .timeLimit(.minutes(10))) struct ConsoleSnapshotTests {
    private let root = "/console/snapshots"

    @Test func `an admin makes figures anew and is told what was wrong, and it is written down`() async throws {
        let router = try await RunningRouter()
        await router.addUser("root", [.admin])
        await router.addUser("fin", [.finance])
        let admin = await router.consoleBrowser("root", inside: true)
        let fin = await router.consoleBrowser("fin", inside: true)
        #expect(await fin.get(root).status == 403)
        #expect(await fin.get("/console").text.contains(root) == false)
        let page = await admin.get(root)
        let form = try #require(page.form(to: root))
        let today = SnapshotDay(router.host.time.now)
        #expect(try await lines(router).isEmpty)
        for (from, to) in [
            ("", ""), ("yesterday", ""), ("\(today)", "\(today.advanced(by: -1))"),
            ("\(today)", "\(today.advanced(by: 1))"), ("\(today.advanced(by: -31))", "\(today)"),
        ] {
            let refused = await admin.submit(root, form, typing: ["from": from, "to": to])
            #expect(refused.status == 400 && refused.text.contains("role=\"alert\""), "\(from) \(to)")
        }
        #expect(try await lines(router).isEmpty, "what is refused is not told")
        let days = "\(today.advanced(by: -30))..\(today)"
        let begun = await admin.submit(
            root, form, typing: ["from": "\(today.advanced(by: -30))", "to": "\(today)"])
        #expect(begun.status == 303 && begun.location == root)
        await router.host.people.console.rebuilds.ended()
        let done = await admin.get(root)
        #expect(done.text.contains("none was wrong"), "\(done.text)")
        let told = try await lines(router)
        #expect(told.count == 1 && told.first?.actor.name == "root" && told.first?.subject.id == days)
        // The command line asks about the same run.
        #expect(await router.admin("GET", "/snapshots/rebuilding").json["state"] == "done")
        await router.stop()
    }

    private func lines(_ router: RunningRouter) async throws -> [AuditEntry] {
        try await router.host.store.audit(AuditQuery(limit: 50)).map(\.entry)
            .filter { $0.action == .snapshotsRebuilt }
    }
}
