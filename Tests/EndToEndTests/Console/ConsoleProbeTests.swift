import Router
import Testing

@testable import Host

/// Providers tested in the console.
@Suite("Testing a provider in the console", .timeLimit(.minutes(10))) struct ConsoleProbeTests {
    private let path = "/console/providers/tmoney-tg"

    @Test func `an admin tries a provider, sees its answer, and it is written down; no order is made`() async throws {
        let router = try await RunningRouter()
        await router.addUser("root", [.admin])
        await router.addUser("fin", [.finance])
        let admin = await router.consoleBrowser("root", inside: true)
        let fin = await router.consoleBrowser("fin", inside: true)
        #expect(await fin.get(path).form(to: path + "/test") == nil, "who only looks is offered nothing")
        let form = try #require(await admin.get(path).form(to: path + "/test"))
        #expect(try await lines(router).isEmpty, "looking tries nothing")
        let tried = await admin.submit(path + "/test", form)
        #expect(tried.status == 200)
        for word in ["credentials", "logged in", "the operator answers", " ms", "UTC"] {
            #expect(tried.text.contains(word), "\(word)")
        }
        let told = try await lines(router)
        #expect(told.count == 1 && told.first?.subject.id == "tmoney-tg" && told.first?.actor.name == "root")
        #expect(await admin.get("/console/orders").text.contains("pay_") == false)
        // While another one is under way nothing is asked, and nothing is told.
        let permit = try #require(router.host.people.console.probes.permit("tmoney-tg"))
        let second = await admin.submit(path + "/test", form)
        #expect(second.status == 503 && second.text.contains("being tried already"))
        #expect(try await lines(router).count == 1)
        router.host.people.console.probes.end(permit)
        #expect(await admin.submit(path + "/test", form).status == 200)
        await router.stop()
    }

    private func lines(_ router: RunningRouter) async throws -> [AuditEntry] {
        try await router.host.store.audit(AuditQuery(limit: 50)).map(\.entry).filter { $0.action == .providerTested }
    }
}
