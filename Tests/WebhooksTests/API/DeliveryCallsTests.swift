import Router
import Testing

@testable import Host

@Suite(.timeLimit(.minutes(1))) struct DeliveryCallsTests {
    private let api = APIBench()
    private let endpoint = Sample.endpoint()

    /// Delivers events 1 to 5; the even ones fail.
    private func deliverFive() async throws {
        try await api.bench.store.insert(endpoint)
        try await api.bench.running {
            for number in 1...5 {
                await api.bench.commit(Sample.event(number))
                try await api.bench.transport.call().answer(number.isMultiple(of: 2) ? 500 : 200)
                _ = try await api.bench.judged(endpoint, Sample.event(number))
            }
        }
    }

    @Test func `deliveries are listed with their attempts`() async throws {
        try await deliverFive()
        let reply = await api.call("GET", "/\(endpoint.id)/deliveries")
        #expect(reply.status == 200)
        let data = try #require(reply.json["data"]?.arrayValue)
        #expect(data.map { $0["event"]?.stringValue } == (1...5).reversed().map { Sample.event($0).id.text })
        #expect(data.map { $0["state"]?.stringValue } == ["delivered", "pending", "delivered", "pending", "delivered"])
        let failed = data[1]
        #expect(failed["type"] == "payment.succeeded")
        #expect(failed["order"]?.stringValue == Sample.event(4).order.text)
        #expect(failed["sequence"] == 4)
        #expect(failed["next_attempt_at"] != .null)
        #expect(data[0]["next_attempt_at"] == .null)
        let attempt = try #require(failed["attempts"]?.arrayValue?.first)
        #expect(attempt["status"] == 500)
        #expect(attempt["detail"] == "HTTP 500")
        #expect(attempt["at"] == "2026-01-01T00:00:00.000Z")
        #expect(reply.json["has_more"] == false)
    }

    @Test func `pages follow the cursor`() async throws {
        try await deliverFive()
        var seen: [String?] = []
        var cursor: String?
        repeat {
            let after = cursor.map { "&after=\($0)" } ?? ""
            let page = await api.call("GET", "/\(endpoint.id)/deliveries?limit=2\(after)")
            seen += (page.json["data"]?.arrayValue ?? []).map { $0["event"]?.stringValue }
            cursor = page.json["next_cursor"]?.stringValue
        } while cursor != nil
        #expect(seen == (1...5).reversed().map { Sample.event($0).id.text })
    }

    @Test(arguments: ["limit=0", "limit=101", "after=zz", "state=dead", "limit=1&limit=2"])
    func `parameters are checked`(_ query: String) async throws {
        try await api.bench.store.insert(endpoint)
        let reply = await api.call("GET", "/\(endpoint.id)/deliveries?\(query)")
        #expect(reply.json["code"] == "invalid_parameter")
    }

    @Test func `an event can be sent again`() async throws {
        try await deliverFive()
        let event = Sample.event(1)
        let reply = await api.call("POST", "/\(endpoint.id)/deliveries/\(event.id)/resend")
        #expect(reply.status == 202)
        #expect(reply.json["count"] == 1)
        try await api.bench.running {
            let call = try await api.bench.transport.call()
            #expect(call.header("webhook-id") == event.id.text)
            #expect(call.request.body == event.body)
            call.answer(200)
            let done = try await api.bench.judged(endpoint, event, tries: 2)
            #expect(done.state == .delivered)
        }
    }

    @Test(arguments: ["evt_01JD3K0000EEEEEEEEEEEE9999", "nonsense", "pay_01JD3K0000PPPPPPPPPPPP1001"])
    func `an event that was not given is unknown`(_ event: String) async throws {
        try await deliverFive()
        let reply = await api.call("POST", "/\(endpoint.id)/deliveries/\(event)/resend")
        #expect(reply.status == 404)
        #expect(await api.asAdmin("POST", "/\(endpoint.id)/resend", "{\"event\":\"\(event)\"}").status == 404)
    }

    @Test func `everything that failed since a moment can be replayed`() async throws {
        try await deliverFive()
        let none = await api.call("POST", "/\(endpoint.id)/replay", "{\"failed_since\":\"2026-01-01T00:00:01Z\"}")
        #expect(none.json["count"] == 0)
        let reply = await api.call("POST", "/\(endpoint.id)/replay", "{\"failed_since\":\"2026-01-01T00:00:00Z\"}")
        #expect(reply.status == 202)
        #expect(reply.json["count"] == 2)
        try await api.bench.running {
            var ids: Set<String?> = []
            for _ in 1...2 {
                let call = try await api.bench.transport.call()
                ids.insert(call.header("webhook-id"))
                call.answer(200)
            }
            #expect(ids == [Sample.event(2).id.text, Sample.event(4).id.text])
        }
    }

    @Test(arguments: [
        "{}", "{\"failed_since\":\"yesterday\"}", "{\"failed_since\":1}", "{\"since\":\"2026-01-01T00:00:00Z\"}",
    ])
    func `replay needs a moment`(_ body: String) async throws {
        try await api.bench.store.insert(endpoint)
        let reply = await api.call("POST", "/\(endpoint.id)/replay", body)
        #expect(reply.status == 400)
        #expect(reply.json["errors"]?.arrayValue?.isEmpty == false)
    }

    @Test func `the command line sees all apps`() async throws {
        try await deliverFive()
        try await api.bench.store.insert(Sample.endpoint(2, app: Sample.otherApp))
        let list = await api.asAdmin("GET", "")
        let apps = (list.json["data"]?.arrayValue ?? []).map { $0["app"]?.stringValue }
        #expect(apps == [Sample.app.text, Sample.otherApp.text])
        let deliveries = await api.asAdmin("GET", "/\(endpoint.id)/deliveries")
        #expect(deliveries.json["data"]?.arrayValue?.count == 5)
        let resend = await api.asAdmin(
            "POST", "/\(endpoint.id)/resend", "{\"event\":\"\(Sample.event(1).id)\"}")
        #expect(resend.status == 202)
        #expect(await api.asAdmin("GET", "/whe_nothing/deliveries").status == 404)
        #expect(await api.asAdmin("POST", "/\(endpoint.id)/resend", "{}").status == 400)
    }
}
