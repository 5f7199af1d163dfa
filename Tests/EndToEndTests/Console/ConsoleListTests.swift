import Router
import Testing

@testable import Host

/// Lists of the console as tables to be taken away.
@Suite("Tables of the console's lists") struct ConsoleListTests {
    /// A table's lines, read to its end.
    private func lines(_ page: TestBrowser.Page) async throws -> [String] {
        var text = ""
        if let stream = page.stream?() { for try await piece in stream { text += piece } }
        return text.split(separator: "\r\n").map(String.init)
    }

    @Test func `the audit trail is handed out whole, page by page, with no formula in it, and that is told`()
        async throws
    {
        let router = try await RunningRouter()
        await router.addUser("root", [.admin])
        let admin = await router.consoleBrowser("root", inside: true)
        let store = router.host.store
        for number in 0..<120 {
            let line = AuditEntry(
                at: router.host.time.now, .commandLine(person: "clerk"), .signerAdded,
                .init(.person, "=HYPERLINK(\(number))"))
            guard case .done = try await store.apply(PlatformChange(line)) else { throw StartFailure("not written") }
        }
        let before = try await store.audit(AuditQuery(limit: 1)).first?.number ?? 0
        let table = await admin.get("/console/audit.csv?actor=command+line+(clerk)")
        #expect(table.status == 200)
        let rows = try await lines(table)
        #expect(rows.count == 121, "every line once, under the names of the columns")
        #expect(Set(rows).count == rows.count && rows.first?.hasPrefix("No.") == true, "\(rows.first ?? "")")
        #expect(rows.dropFirst().allSatisfy { $0.contains("HYPERLINK") && !$0.contains(",=") })
        let told = try #require(try await store.audit(AuditQuery(limit: 1)).first)
        #expect(told.number == before + 1 && told.entry.action == .listExported)
        #expect(
            told.entry.after?["conditions"] == "?actor=command%20line%20%28clerk%29" && told.entry.actor.name == "root")
        let shown = await admin.get("/console/audit?actor=command+line+(clerk)")
        #expect(shown.text.contains("/console/audit.csv?actor=command%20line%20%28clerk%29"))
        #expect(
            await admin.get("/console/audit.csv?before=zzz").status == 400, "what cannot be listed is said by a page")
        await router.stop()
    }

    @Test func `every list has its table, with what its visitor may see`() async throws {
        let router = try await RunningRouter()
        await router.addUser("root", [.admin])
        await router.addUser("anna", [.developer])
        await router.addUser("ben", [.developer])
        let (anna, ben) = (await router.consoleBrowser("anna"), await router.consoleBrowser("ben"))
        let admin = await router.consoleBrowser("root", inside: true)
        _ = try await anna.makeApp("Kente House")
        for path in ["audit", "users", "reviews", "apps", "providers", "webhooks", "orders"] {
            let page = await admin.get("/console/\(path)")
            #expect(page.text.contains("/console/\(path).csv"), "\(path) leads to its table")
            let table = await admin.get("/console/\(path).csv")
            #expect(table.status == 200, "\(path)")
            #expect(try await !lines(table).isEmpty, "\(path)")
        }
        #expect(try await lines(admin.get("/console/users.csv")).count == 4)
        #expect(try await lines(admin.get("/console/users.csv?name=anna")).count == 2)
        let told = try await router.host.store.audit(AuditQuery(limit: 1)).first?.entry
        #expect(told?.after?["conditions"] == "?name=***", "the trail does not name who was looked for")
        #expect(try await lines(anna.get("/console/apps.csv")).contains { $0.hasPrefix("Kente House,") })
        #expect(try await lines(ben.get("/console/apps.csv")).count == 1, "others' apps do not exist")
        #expect(!(await ben.get("/console/audit.csv").text.contains("app_")))
        #expect(await anna.get("/console/users.csv").status == 404, "staff's lists are no part of this port")
        #expect(await admin.get("/console/reviews.csv?reason=zzz").status == 400)
        #expect(await admin.get("/console/reviews?reason=outcome_unknown").status == 200)
        await router.stop()
    }
}
