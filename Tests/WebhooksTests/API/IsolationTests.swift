import Router
import Testing

@testable import Host

/// To other apps and environments an endpoint does not exist.
///
/// The calls are taken from the route table, so that a new
/// one cannot escape.
@Suite(.timeLimit(.minutes(1))) struct IsolationTests {
    private let api = APIBench()
    private let endpoint = Sample.endpoint()
    private let event = Sample.event(1)

    private func target(_ template: String, _ id: String) -> String {
        template.replacing("/v1/webhook_endpoints", with: "").replacing("{id}", with: id)
            .replacing("{event}", with: event.id.text)
    }

    @Test func `every call needs a secret key`() {
        #expect(api.routes.entries.count == 10)
        #expect(api.routes.entries.allSatisfy { $0.access == .secretKey })
    }

    @Test(arguments: [APIBench.otherApp, APIBench.otherEnvironment])
    func `others see the same as for an endpoint that is not there`(_ stranger: Caller) async throws {
        try await api.bench.store.insert(endpoint)
        await api.bench.store.commit(event)
        _ = try await api.bench.store.fanOut(at: .start, limit: 10)
        let body = "{\"url\":\"https://evil.example/\",\"enabled\":false}"
        let absent = "whe_01JD3K0000WWWWWWWWWWWW9999"
        for entry in api.routes.entries where entry.template.contains("{id}") {
            let sent = entry.method == "POST" ? body : nil
            let replies = [
                await api.call(entry.method, target(entry.template, endpoint.id.text), sent, as: stranger),
                await api.call(entry.method, target(entry.template, absent), sent, as: stranger),
                await api.call(entry.method, target(entry.template, "nonsense"), sent, as: stranger),
                await api.call(entry.method, target(entry.template, absent), sent),
            ]
            #expect(replies.map(\.status) == [404, 404, 404, 404], "\(entry.method) \(entry.template)")
            #expect(Set(replies.map(\.json)).count == 1, "\(entry.method) \(entry.template)")
        }
        #expect(try await api.bench.store.endpoint(endpoint.id) == endpoint)
        #expect(await api.bench.store.delivery(endpoint.id, event)?.tries.isEmpty == true)
        #expect(api.bench.transport.total == 0)
        #expect(await api.call("GET", "", as: stranger).json["data"] == [])
    }

    @Test func `events of other apps are not delivered`() async throws {
        try await api.bench.store.insert(endpoint)
        try await api.bench.running {
            await api.bench.commit(Sample.event(1, app: Sample.otherApp), Sample.event(2))
            let call = try await api.bench.transport.call()
            #expect(call.header("webhook-id") == Sample.event(2).id.text)
            call.answer(200)
            _ = try await api.bench.judged(endpoint, Sample.event(2))
        }
        #expect(api.bench.transport.total == 1)
    }

    @Test func `a cursor of another endpoint shows nothing of it`() async throws {
        let other = Sample.endpoint(2, app: Sample.otherApp)
        try await api.bench.store.insert(other)
        try await api.bench.store.insert(endpoint)
        await api.bench.store.commit(Sample.event(1, app: Sample.otherApp))
        await api.bench.store.commit(Sample.event(2, app: Sample.otherApp))
        _ = try await api.bench.store.fanOut(at: .start, limit: 10)
        let page = await api.call("GET", "/\(other.id)/deliveries?limit=1", as: APIBench.otherApp)
        let cursor = try #require(page.json["next_cursor"]?.stringValue)
        let mine = await api.call("GET", "/\(endpoint.id)/deliveries?after=\(cursor)")
        #expect(mine.status == 200)
        #expect(mine.json["data"] == [])
    }
}
