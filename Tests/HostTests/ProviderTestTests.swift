import Router
import Testing
import WebText

@testable import Host
@testable import Providers

/// `payrouter providers test`, against operators that follow a script.
@Suite("Testing a provider's connection")
struct ProviderTestTests {
    struct Script: Transport {
        var answer: @Sendable (WireRequest) -> Result<WireReply, TransportFailure>

        func send(_ request: WireRequest, terms: SendTerms) async -> TransmissionReport {
            Issue.record("a money request was sent")
            return TransmissionReport(gateOpened: true, result: .failure(TransportFailure(.other)))
        }

        func ask(_ request: WireRequest, terms: AskTerms) async -> Result<WireReply, TransportFailure> {
            answer(request)
        }
    }

    private static let date = "Sat, 21 Nov 2026 09:30:00 GMT"

    private func findings(
        publicURL: String? = nil, _ answer: @escaping @Sendable (WireRequest) -> Result<WireReply, TransportFailure>
    ) async throws -> [String: ProviderTest.Finding] {
        let setup = ProviderSetup(
            id: "tmoney-tg", environment: .sandbox, baseURL: "https://operator.example",
            secrets: ["password": Secret("demo")])
        let kind = RegisteredKind(TMoneyKind.self)
        let provider = try kind.make(settings: ["username": "demo"], setup: setup)
        let runtime = ProviderRuntime(id: "tmoney-tg", environment: .sandbox, provider: provider)
        let found = await ProviderTest(
            runtime: runtime, transport: Script(answer: answer), time: FixedTime(), publicURL: publicURL
        ).run().findings
        return Dictionary(found.map { ($0.part, $0) }) { first, _ in first }
    }

    struct FixedTime: TimeSource {
        var now: Moment {
            Moment(httpDate: ProviderTestTests.date, now: Moment(milliseconds: 0)) ?? Moment(milliseconds: 0)
        }
        func sleep(until moment: Moment) async {}
    }

    private static func login(_ code: String, date: String = date) -> Result<WireReply, TransportFailure> {
        let body = #"{"statut":{"code":"\#(code)"},"data":{"token":"abc"}}"#
        return .success(
            WireReply(status: 200, headers: [.init("date", date)], body: Array(body.utf8)))
    }

    @Test
    func `all is well`() async throws {
        let found = try await findings { _ in Self.login("2000") }
        for part in ["address", "connection", "tls", "credentials", "clock"] {
            #expect(found[part]?.grade == .good, "\(part)")
        }
        #expect(found["address"]?.detail == "https://operator.example")
        #expect(found["callbacks"]?.grade == .doubtful && found["unverified"]?.grade == .doubtful)
    }

    @Test
    func `refused credentials say what to compare`() async throws {
        let found = try await findings { _ in Self.login("4001") }
        #expect(found["credentials"]?.grade == .bad && found["credentials"]?.remedy != nil)
        #expect(found["connection"]?.grade == .good)
    }

    @Test(arguments: [
        (TransportFailure.Kind.nameLookup, "name lookup"), (.connect, "connection"), (.tls, "tls"),
        (.timeout, "connection"),
    ])
    func `a wire that fails is named by its part`(kind: TransportFailure.Kind, part: String) async throws {
        let found = try await findings { _ in .failure(TransportFailure(kind)) }
        #expect(found[part]?.grade == .bad && found[part]?.remedy != nil)
        #expect(found["credentials"]?.grade == .doubtful)
    }

    @Test
    func `a clock that is wrong is told`() async throws {
        let found = try await findings { _ in Self.login("2000", date: "Sat, 21 Nov 2026 09:32:00 GMT") }
        #expect(found["clock"]?.grade == .bad && found["clock"]?.detail == "120 s behind the operator's")
    }

    @Test(arguments: [true, false])
    func `the callback address is tried`(isUp: Bool) async throws {
        let found = try await findings(publicURL: "https://pay.example") { request in
            guard request.url == "https://pay.example/health/live" else { return Self.login("2000") }
            return isUp ? .success(WireReply(status: 200)) : .failure(TransportFailure(.connect))
        }
        #expect(found["callbacks"]?.grade == (isUp ? .good : .bad))
    }
}
