import Router
import Testing

@testable import Host
@testable import Providers

/// Tests of providers' connections from the console.
@Suite("Testing providers beside payments") struct ProviderProbesTests {
    @Test func `one is under way for a provider at most, and another provider does not wait`() {
        let probes = ProviderProbes(ProviderTestTests.Script { _ in .failure(TransportFailure(.connect)) })
        guard let first = probes.permit("tmoney-tg") else {
            Issue.record("nothing was under way")
            return
        }
        #expect(probes.permit("tmoney-tg") == nil)
        #expect(probes.permit("flooz-tg") != nil)
        probes.end(first)
        #expect(probes.permit("tmoney-tg") != nil)
    }

    @Test func `payments' tokens and breaker hear nothing of a test that fails, and no money request is sent`()
        async throws
    {
        let setup = ProviderSetup(
            id: "tmoney-tg", environment: .sandbox, baseURL: "https://operator.example",
            secrets: ["password": Secret("demo")])
        let provider = try RegisteredKind(TMoneyKind.self).make(settings: ["username": "demo"], setup: setup)
        let runtime = ProviderRuntime(id: "tmoney-tg", environment: .sandbox, provider: provider)
        let before = runtime.standing(.collect)
        // Its `send` records an issue.
        let probes = ProviderProbes(ProviderTestTests.Script { _ in .failure(TransportFailure(.connect)) })
        let report = await probes.run(runtime, time: ProviderTestTests.FixedTime(), publicURL: nil)
        #expect(report.findings.contains { $0.part == "connection" && $0.grade == .bad })
        #expect(report.milliseconds == 0 && report.at == ProviderTestTests.FixedTime().now)
        #expect(runtime.standing(.collect) == before)
    }
}
