import Router
import RouterTestKit
import Testing
import Webhooks

@testable import Host

/// Everything since a time is sent again.
@Suite(.timeLimit(.minutes(1))) struct ReplayTests {
    private let api = APIBench()
    private let endpoint = Sample.endpoint()
    /// Before the identifiers of the samples.
    private let since = Moment(milliseconds: 1_700_000_000_000)

    private func deliverThree() async throws {
        try await api.bench.store.insert(endpoint)
        try await api.bench.running {
            for number in 1...3 {
                await api.bench.commit(Sample.event(number))
                try await api.bench.transport.call().answer(200)
                _ = try await api.bench.judged(endpoint, Sample.event(number))
            }
        }
    }

    /// Answers three that are sent again side by side, in whichever order they come.
    private func answerAgain(_ status: Int) async throws {
        var missing = (1...3).map { Sample.event($0) }
        while !missing.isEmpty {
            let call = try await api.bench.transport.call()
            let place = missing.firstIndex { $0.id.text == call.header("webhook-id") }
            let event = missing.remove(at: try #require(place, "one of the three, once"))
            #expect(call.request.body == event.body)
            call.answer(status)
            _ = try await api.bench.judged(endpoint, event, tries: 2)
        }
    }

    private func replay(_ since: String) async -> APIBench.Reply {
        await api.asAdmin("POST", "/\(endpoint.id)/replay", "{\"since\":\"\(since)\"}")
    }

    private var begin: String { api.bench.clock.now.adding(seconds: -3_600).description }

    @Test func `what was delivered is sent again under its own name, with the same bytes`() async throws {
        try await deliverThree()
        let begun = try await start()
        #expect(begun.count == 3)
        #expect(begun.restFrom == nil)
        try await api.bench.running {
            try await answerAgain(200)
        }
    }

    @Test func `a second one waits until the first was tried`() async throws {
        try await deliverThree()
        #expect(try await start().count == 3)
        api.bench.clock.advance(to: api.bench.clock.now.adding(milliseconds: 1))
        let refused = await starter.begin(endpoint.id, since: since)
        #expect(refused == .failure(.stillRunning(3)))
        try await api.bench.running {
            try await answerAgain(500)
        }
        // Tried is enough: what failed is on its schedule.
        #expect(try await start().count == 3)
    }

    @Test func `nothing is sent to a disabled endpoint, or from long ago`() async throws {
        var off = endpoint
        off.isEnabled = false
        try await api.bench.store.insert(off)
        #expect(await starter.begin(endpoint.id, since: since) == .failure(.disabled))
        #expect(await replay("2020-01-01T00:00:00Z").json["code"] == "invalid_request")
        #expect(await replay("yesterday").status == 400)
        #expect(await replay(begin).json["detail"]?.stringValue?.contains("disabled") == true)
    }

    /// Replays whatever the clock of the bench says about how long ago the samples are.
    private var starter: WebhookReplay {
        WebhookReplay(
            store: api.bench.store, register: api.bench.sender.register, time: api.bench.clock,
            onRedeliver: { [sender = api.bench.sender] in sender.forget($0) }, longestSpan: 1_000 * 86_400)
    }

    private func start() async throws -> WebhookReplay.Begun {
        try await starter.begin(endpoint.id, since: since).get()
    }

    @Test func `a delivery is shown with its body, and without what opens something`() async throws {
        try await api.bench.store.insert(endpoint)
        try await api.bench.running {
            await api.bench.commit(Sample.event(1))
            try await api.bench.transport.call().answer(200)
            _ = try await api.bench.judged(endpoint, Sample.event(1))
        }
        let shown = await api.asAdmin("GET", "/\(endpoint.id)/deliveries/\(Sample.event(1).id)")
        #expect(shown.json["body"]?["data"]?["amount"] == 5_000)
        #expect(shown.json["attempts"]?.arrayValue?.count == 1)
        let masked = EventRedaction.shown(
            Array(
                #"{"data":{"hosted_url":"https://pay.example/x?t=1","customer":{"email":"a@b","phone":"+228***"}}}"#
                    .utf8))
        #expect(masked["data"]?["hosted_url"] == "***")
        #expect(masked["data"]?["customer"]?["email"] == "***")
        #expect(masked["data"]?["customer"]?["phone"] == "+228***")
    }
}
