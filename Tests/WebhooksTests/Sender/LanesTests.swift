import Router
import RouterTestKit
import Testing

@testable import Host
@testable import Webhooks

/// Several events and endpoints: who waits for whom, and who is left alone.
@Suite(.timeLimit(.minutes(1))) struct LanesTests {
    private let bench = SenderBench()
    private let slow = Sample.endpoint(1, url: "https://slow.example/")
    private let quick = Sample.endpoint(2, url: "https://quick.example/")

    @Test func `a slow endpoint delays nobody`() async throws {
        try await bench.store.insert(slow)
        try await bench.store.insert(quick)
        try await bench.running {
            for number in 1...30 { await bench.commit(Sample.event(number)) }
            for _ in 1...8 { _ = try await bench.transport.call(to: slow.url) }
            for _ in 1...30 { try await bench.transport.call(to: quick.url).answer(200) }
            for number in 1...30 { _ = try await bench.judged(quick, Sample.event(number)) }
            #expect(bench.transport.unseen == 0)
            #expect(bench.transport.total == 38)
        }
    }

    @Test func `eight are under way and oldest go first`() async throws {
        try await bench.store.insert(slow)
        for number in 1...20 { await bench.store.commit(Sample.event(number)) }
        try await bench.running {
            var calls: [ScriptedTransport.Call] = []
            for _ in 1...8 { calls.append(try await bench.transport.call()) }
            let ids = Set(calls.compactMap { $0.header("webhook-id") })
            #expect(ids == Set((1...8).map { Sample.event($0).id.text }))
            #expect(bench.transport.total == 8)
            calls[0].answer(200)
            let ninth = try await bench.transport.call()
            #expect(ninth.header("webhook-id") == Sample.event(9).id.text)
        }
    }

    @Test func `an event that fails does not hold up later ones`() async throws {
        try await bench.store.insert(quick)
        try await bench.running {
            await bench.commit(Sample.event(1))
            let first = try await bench.transport.call()
            first.answer(500)
            _ = try await bench.judged(quick, Sample.event(1))
            await bench.commit(Sample.event(2))
            let second = try await bench.transport.call()
            #expect(second.header("webhook-id") == Sample.event(2).id.text)
            second.answer(200)
            let done = try await bench.judged(quick, Sample.event(2))
            #expect(done.state == .delivered)
            #expect(await bench.store.delivery(quick.id, Sample.event(1))?.state == .pending)
        }
    }

    @Test func `gone disables the endpoint and the event stays`() async throws {
        try await bench.store.insert(quick)
        try await bench.running {
            await bench.commit(Sample.event(1))
            let call = try await bench.transport.call()
            call.answer(410)
            let delivery = try await bench.judged(quick, Sample.event(1))
            #expect(delivery.state == .pending)
            while bench.notes.alarms.isEmpty { try await rest() }
            #expect(bench.notes.alarms == ["webhook_endpoint_disabled"])
            let disabled = try #require(try await bench.store.endpoint(quick.id))
            #expect(!disabled.isEnabled)
            #expect(disabled.disabledReason == "the endpoint answered 410 Gone")

            // Nothing goes there while it is disabled, and everything is there once it is enabled.
            await bench.commit(Sample.event(2))
            bench.clock.advance(seconds: 600)
            _ = try await bench.sender.register.change(quick.id) { endpoint in
                endpoint.enable()
                return true
            }
            #expect(bench.transport.total == 1)
            bench.sender.forget(quick.id)
            var ids: Set<String?> = []
            for _ in 1...2 {
                let call = try await bench.transport.call()
                ids.insert(call.header("webhook-id"))
                call.answer(200)
            }
            #expect(ids == [Sample.event(1).id.text, Sample.event(2).id.text])
        }
    }

    @Test func `five days of failures disable`() async throws {
        var failing = quick
        failing.failingSince = .start.adding(seconds: -5 * 86_400)
        try await bench.store.insert(failing)
        try await bench.running {
            await bench.commit(Sample.event(1))
            let call = try await bench.transport.call()
            call.fail(TransportFailure(.timeout))
            while bench.notes.alarms.isEmpty { try await rest() }
            let disabled = try await bench.store.endpoint(quick.id)
            #expect(disabled?.isEnabled == false)
            #expect(disabled?.disabledReason == "nothing could be delivered for 5 days")
            #expect(await bench.store.delivery(quick.id, Sample.event(1))?.state == .pending)
        }
    }

    @Test func `a success ends the run of failures`() async throws {
        var failing = quick
        failing.failingSince = .start.adding(seconds: -4 * 86_400)
        try await bench.store.insert(failing)
        try await bench.running {
            await bench.commit(Sample.event(1))
            try await bench.transport.call().answer(200)
            while try await bench.store.endpoint(quick.id)?.failingSince != nil { try await rest() }
        }
    }

    @Test func `asked to slow down the whole endpoint is left alone`() async throws {
        try await bench.store.insert(quick)
        try await bench.running {
            await bench.commit(Sample.event(1))
            try await bench.transport.call().answer(503, headers: [.init("retry-after", "60")])
            let delivery = try await bench.judged(quick, Sample.event(1))
            let wait = try #require(delivery.dueAt).milliseconds(since: .start)
            #expect((60_000...72_000).contains(wait))

            await bench.commit(Sample.event(2))
            for _ in 1...59 {
                bench.clock.advance(seconds: 1)
                try await rest(20)
            }
            #expect(bench.transport.total == 1)
            bench.clock.advance(seconds: 1)
            let next = try await bench.transport.call()
            #expect(next.header("webhook-id") == Sample.event(2).id.text)
            next.answer(200)
        }
    }

    @Test func `a dead endpoint is probed with one delivery`() async throws {
        try await bench.store.insert(slow)
        try await bench.running {
            for number in 1...5 {
                await bench.commit(Sample.event(number))
                try await bench.transport.call().fail(TransportFailure(.connect))
                _ = try await bench.judged(slow, Sample.event(number))
            }
            for number in 6...30 { await bench.commit(Sample.event(number)) }
            try await rest(200)
            #expect(bench.transport.total == 5)
            bench.clock.advance(seconds: 5)
            let probe = try await bench.transport.call()
            try await rest(200)
            #expect(bench.transport.total == 6)
            probe.answer(200)
            for _ in 1...8 { _ = try await bench.transport.call() }
        }
    }

    @Test func `a broken store sends nothing and recovers`() async throws {
        try await bench.store.insert(quick)
        await bench.store.commit(Sample.event(1))
        bench.store.setBroken(true)
        try await bench.running {
            while bench.notes.storeFailures == 0 { try await rest() }
            bench.sender.poke()
            try await rest(50)
            #expect(bench.transport.total == 0)
            bench.store.setBroken(false)
            bench.clock.advance(seconds: 1)
            try await bench.transport.call().answer(200)
            let done = try await bench.judged(quick, Sample.event(1))
            #expect(done.state == .delivered)
        }
    }

    @Test func `without a poke the store is asked every second`() async throws {
        try await bench.store.insert(quick)
        try await bench.running {
            await bench.commit(Sample.event(1))
            try await bench.transport.call().answer(200)
            _ = try await bench.judged(quick, Sample.event(1))
            await bench.store.commit(Sample.event(2))
            bench.clock.advance(seconds: 1)
            let call = try await bench.transport.call()
            #expect(call.header("webhook-id") == Sample.event(2).id.text)
            call.answer(200)
        }
    }

    @Test func `more events than one transaction gives out all arrive`() async throws {
        let many = WebhookSender.fanOutLimit + 20
        try await bench.store.insert(quick)
        for number in 1...many { await bench.store.commit(Sample.event(number)) }
        try await bench.running {
            var ids: Set<String> = []
            for _ in 1...many {
                let call = try await bench.transport.call()
                ids.insert(call.header("webhook-id") ?? "")
                call.answer(200)
            }
            #expect(ids.count == many)
        }
    }

    @Test func `a test is sent at once stored nowhere and one at a time`() async throws {
        try await bench.store.insert(quick)
        let first = Task { await bench.sender.test(quick) }
        let call = try await bench.transport.call()
        #expect(await bench.sender.test(quick) == nil)
        let body = try StrictJSON.parse(call.request.body)
        #expect(body["type"] == "webhook.test")
        #expect(body["data"]?["webhook_endpoint"]?.stringValue == quick.id.text)
        try WebhookVerifier.verify(
            headers: call.request.headers, body: call.request.body, secret: Sample.secret, now: bench.clock.now)
        call.answer(410)
        let result = try #require(await first.value)
        #expect(result.attempted.outcome.status == 410)
        #expect(result.id.text == call.header("webhook-id"))
        #expect(try await bench.store.endpoint(quick.id)?.isEnabled == true)
        #expect(try await bench.store.deliveries(quick.id, after: nil, limit: 10).isEmpty)
    }
}
