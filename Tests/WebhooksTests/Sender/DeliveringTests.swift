import Router
import RouterTestKit
import Testing

@testable import Host
@testable import Webhooks

/// One endpoint, one event: what is sent, recorded and repeated.
@Suite(.timeLimit(.minutes(1))) struct DeliveringTests {
    private let bench = SenderBench()
    private let endpoint = Sample.endpoint()
    private let event = Sample.event(1)

    private func verify(_ call: ScriptedTransport.Call, _ secret: Secret = Sample.secret) throws {
        try WebhookVerifier.verify(
            headers: call.request.headers, body: call.request.body, secret: secret, now: bench.clock.now)
    }

    @Test func `an event of a bill carries the bill as it is kept`() async throws {
        let now = bench.clock.now
        let bill = Bill(
            id: BillID(at: now, from: SystemRandom()), code: BillCode(from: SystemRandom()), app: Sample.app,
            environment: .sandbox, issuer: nil, wallet: nil, amount: Money(700, .xof), text: Bill.Text(name: "Rent"),
            recipient: nil, idempotencyKey: "bill", fingerprint: [],
            requestID: RequestID(at: now, from: SystemRandom()),
            createdAt: now)
        _ = try await bench.bills.insert(bill, using: nil)
        var request = OrderRequest(amount: bill.amount)
        request.bill = bill.id
        let order = Order(
            id: OrderID(.payment, at: now, from: SystemRandom()), app: Sample.app, environment: .sandbox,
            request: request, idempotencyKey: "k", requestID: bill.requestID, createdAt: now, plan: [],
            explanation: .null)
        let event = Event(
            OrderAggregate(stored: order, attempts: []), sequence: 3, type: EventType.billPaid, at: now)
        try await bench.store.insert(endpoint)
        try await bench.running {
            await bench.commit(event)
            let call = try await bench.transport.call()
            try verify(call)
            let body = try StrictJSON.parse(call.request.body)
            #expect(body["type"] == "bill.paid" && body["sequence"] == 3)
            #expect(body["data"] == BillView(publicURL: "https://pay.example").json(bill))
        }
    }

    @Test func `the first attempt leaves at once and whole`() async throws {
        try await bench.store.insert(endpoint)
        try await bench.running {
            await bench.commit(event)
            let call = try await bench.transport.call()
            #expect(call.request.method == .post)
            #expect(call.request.url == Sample.url)
            #expect(call.request.body == event.body)
            #expect(
                call.request.headers.map(\.name) == [
                    "webhook-id", "webhook-timestamp", "webhook-signature", "content-type", "user-agent",
                ])
            #expect(call.header("webhook-id") == event.id.text)
            #expect(call.header("webhook-timestamp") == "1767225600")
            #expect(call.header("content-type") == "application/json")
            try verify(call)
            #expect(call.terms.limits.totalMilliseconds == 15_000)
            #expect(call.terms.limits.connectMilliseconds == 5_000)
            #expect(call.terms.limits.maximumReplyBytes == 4_096)
            #expect(call.terms.addresses == .publicOnly)
            #expect(call.terms.scope.credential == endpoint.id.text)

            let begun = try #require(await bench.store.delivery(endpoint.id, event))
            #expect(begun.tries.count == 1)
            #expect(begun.tries.first?.status == nil)
            #expect(begun.dueAt == .start.adding(seconds: 30))

            bench.clock.advance(to: .start.adding(milliseconds: 120))
            call.answer(204)
            let done = try await bench.judged(endpoint, event)
            #expect(done.state == .delivered)
            #expect(done.dueAt == nil)
            #expect(done.tries == [.init(at: .start, status: 204, detail: "HTTP 204", milliseconds: 120)])
        }
        #expect(bench.notes.alarms.isEmpty)
    }

    /// Links of an order hold the address; what was signed and sent once stays as it was sent.
    @Test func `a retry has the same bytes although the router has another address meanwhile`() async throws {
        let now = Moment.start
        let order = Order(
            id: OrderID(known: "pay_01JD3K0000PPPPPPPPPPPP1001"), app: Sample.app, environment: .sandbox,
            request: OrderRequest(amount: Money(5_000, .xof)), idempotencyKey: "k",
            requestID: RequestID(known: "req_01JD3K0000RRRRRRRRRRRRRRRR"), createdAt: now, plan: [], explanation: .null,
            pageEnd: HostedPages.end(now.adding(seconds: 900)))
        let told = Event(OrderAggregate(stored: order, attempts: []), sequence: 1, type: "payment.created", at: now)
        try await bench.store.insert(endpoint)
        var sent: [UInt8] = []
        try await bench.running {
            await bench.commit(told)
            let first = try await bench.transport.call()
            sent = first.request.body
            first.answer(500)
            #expect(try await bench.judged(endpoint, told).body == sent)
        }
        #expect(String(decoding: sent, as: UTF8.self).contains("https://pay.example/pay/"))
        let next = SenderBench(store: bench.store, publicURL: "https://other.example")
        next.clock.advance(seconds: 3_600)
        try await next.running {
            let second = try await next.transport.call()
            #expect(second.request.body == sent)
            second.answer(200)
            #expect(try await next.judged(endpoint, told, tries: 2).body == nil)
        }
    }

    @Test func `a retry has the same bytes and a new timestamp`() async throws {
        try await bench.store.insert(endpoint)
        try await bench.running {
            await bench.commit(event)
            let first = try await bench.transport.call()
            first.answer(500, body: "oops")
            let failed = try await bench.judged(endpoint, event)
            let due = try #require(failed.dueAt)
            #expect((5_000...6_000).contains(due.milliseconds(since: .start)))
            bench.clock.advance(to: due)
            let second = try await bench.transport.call()
            #expect(second.request.body == first.request.body)
            #expect(second.header("webhook-id") == first.header("webhook-id"))
            #expect(second.header("webhook-timestamp") != first.header("webhook-timestamp"))
            #expect(second.header("webhook-signature") != first.header("webhook-signature"))
            try verify(second)
            second.answer(200)
            let done = try await bench.judged(endpoint, event, tries: 2)
            #expect(done.state == .delivered)
            #expect(done.tries.map(\.status) == [500, 200])
            #expect(done.tries.first?.detail == "HTTP 500: oops")
        }
    }

    @Test func `ten failures are the end and a replay begins anew`() async throws {
        try await bench.store.insert(endpoint)
        try await bench.running {
            await bench.commit(event)
            var delivery: Delivery?
            for number in 1...10 {
                let call = try await bench.transport.call()
                #expect(call.request.body == event.body)
                call.answer(500)
                delivery = try await bench.judged(endpoint, event, tries: number)
                if let due = delivery?.dueAt { bench.clock.advance(to: due) }
            }
            #expect(delivery?.state == .dead)
            #expect(delivery?.dueAt == nil)
            let span = bench.clock.now.milliseconds(since: .start) / 3_600_000
            #expect((75...91).contains(span))

            let count = try await bench.store.redeliver(
                endpoint.id, event: nil, failedSince: .start, at: bench.clock.now)
            #expect(count == 1)
            bench.sender.forget(endpoint.id)
            let call = try await bench.transport.call()
            #expect(call.header("webhook-id") == event.id.text)
            call.answer(500)
            let again = try await bench.judged(endpoint, event, tries: 11)
            #expect(again.state == .pending)
        }
        #expect(bench.notes.alarms == ["webhook_dead"])
    }

    @Test func `what found no room is sent later and not counted`() async throws {
        try await bench.store.insert(endpoint)
        try await bench.running {
            await bench.commit(event)
            for _ in 0..<30 {
                let call = try await bench.transport.call()
                call.fail(TransportFailure(.exhausted))
                let later = try await bench.judged(endpoint, event, tries: 0)
                #expect(later.state == .pending)
                let due = try #require(later.dueAt)
                #expect(due == bench.clock.now.adding(seconds: 5))
                bench.clock.advance(to: due)
            }
            let call = try await bench.transport.call()
            call.answer(200)
            let done = try await bench.judged(endpoint, event)
            #expect(done.state == .delivered)
            #expect(done.tries.map(\.status) == [200])
        }
        #expect(bench.notes.alarms.isEmpty)
    }

    @Test func `what was delivered can be sent again`() async throws {
        try await bench.store.insert(endpoint)
        try await bench.running {
            await bench.commit(event)
            let first = try await bench.transport.call()
            first.answer(200)
            _ = try await bench.judged(endpoint, event)
            bench.clock.advance(seconds: 3_600)
            _ = try await bench.store.redeliver(endpoint.id, event: event.id, failedSince: nil, at: bench.clock.now)
            bench.sender.poke()
            let second = try await bench.transport.call()
            #expect(second.request.body == first.request.body)
            #expect(second.header("webhook-id") == first.header("webhook-id"))
            second.answer(200)
            let done = try await bench.judged(endpoint, event, tries: 2)
            #expect(done.state == .delivered)
        }
    }

    @Test func `a crash between record and outcome repeats under the same ID`() async throws {
        try await bench.store.insert(endpoint)
        try await bench.running {
            await bench.commit(event)
            let call = try await bench.transport.call()
            // The process dies: the answer comes, and nothing can be written any more.
            bench.store.setBroken(true)
            call.answer(200)
        }
        bench.store.setBroken(false)
        let left = try #require(await bench.store.delivery(endpoint.id, event))
        #expect(left.state == .pending)
        #expect(left.tries.map(\.detail) == ["begun; no outcome recorded"])

        let next = SenderBench(store: bench.store)
        try await next.running {
            next.clock.advance(seconds: 30)
            let call = try await next.transport.call()
            #expect(call.header("webhook-id") == event.id.text)
            #expect(call.request.body == event.body)
            call.answer(200)
            let done = try await next.judged(endpoint, event, tries: 2)
            #expect(done.state == .delivered)
        }
    }

    @Test func `stopping is not the endpoints fault`() async throws {
        try await bench.store.insert(endpoint)
        try await bench.running {
            await bench.commit(event)
            _ = try await bench.transport.call()
        }
        let left = try #require(await bench.store.delivery(endpoint.id, event))
        #expect(left.state == .pending)
        #expect(left.dueAt == .start.adding(seconds: 5))
        #expect(left.tries.map(\.detail) == ["the router stopped before an answer came"])
        #expect(try await bench.store.endpoint(endpoint.id)?.failingSince == nil)
    }

    @Test func `a redirect is a failure and not followed`() async throws {
        try await bench.store.insert(endpoint)
        try await bench.running {
            await bench.commit(event)
            let call = try await bench.transport.call()
            call.answer(302, headers: [.init("location", "https://169.254.169.254/")])
            let delivery = try await bench.judged(endpoint, event)
            #expect(delivery.state == .pending)
            #expect(delivery.tries.last?.detail == "HTTP 302: redirects are not followed")
            #expect(bench.transport.total == 1)
        }
    }

    @Test func `a private address behind the name is a failure`() async throws {
        try await bench.store.insert(endpoint)
        try await bench.running {
            await bench.commit(event)
            let call = try await bench.transport.call()
            call.fail(TransportFailure(.addressForbidden, "10.0.0.7"))
            let delivery = try await bench.judged(endpoint, event)
            #expect(delivery.state == .pending)
            #expect(delivery.tries.last?.detail == "the address is not a public one")
        }
    }

    @Test(arguments: ["http://127.0.0.1:9/", "http://shop.example/", "https://10.0.0.1/", "nonsense"])
    func `an address that may not be used is not asked`(_ url: String) async throws {
        let endpoint = Sample.endpoint(url: url)
        try await bench.store.insert(endpoint)
        try await bench.running {
            await bench.commit(event)
            let delivery = try await bench.judged(endpoint, event)
            #expect(delivery.state == .pending)
            #expect(delivery.tries.last?.detail.hasPrefix("the address cannot be used") == true)
        }
        #expect(bench.transport.total == 0)
    }

    @Test func `test mode reaches loopback only`() async throws {
        let bench = SenderBench(addresses: .any)
        let local = Sample.endpoint(1, url: "http://127.0.0.1:3000/")
        let remote = Sample.endpoint(2)
        try await bench.store.insert(local)
        try await bench.store.insert(remote)
        try await bench.running {
            await bench.commit(event)
            let first = try await bench.transport.call(to: local.url)
            #expect(first.terms.addresses == .any)
            let second = try await bench.transport.call(to: remote.url)
            #expect(second.terms.addresses == .publicOnly)
            first.answer(200)
            second.answer(200)
        }
    }

    @Test func `without a usable secret nothing leaves`() async throws {
        let endpoint = Sample.endpoint(secrets: [Secret("whsec_")])
        try await bench.store.insert(endpoint)
        try await bench.running {
            await bench.commit(event)
            let delivery = try await bench.judged(endpoint, event)
            #expect(delivery.tries.last?.detail == "the signing secret is not usable; rotate it")
        }
        #expect(bench.transport.total == 0)
    }

    @Test func `during a rotation both secrets sign`() async throws {
        var endpoint = endpoint
        endpoint.rotate(to: Sample.newSecret, overlapSeconds: 4, at: .start)
        try await bench.store.insert(endpoint)
        try await bench.running {
            await bench.commit(event)
            let call = try await bench.transport.call()
            #expect(call.header("webhook-signature")?.split(separator: " ").count == 2)
            try verify(call, Sample.secret)
            try verify(call, Sample.newSecret)
            call.answer(500)
            let due = try #require(try await bench.judged(endpoint, event).dueAt)
            bench.clock.advance(to: due)
            let later = try await bench.transport.call()
            #expect(later.header("webhook-signature")?.split(separator: " ").count == 1)
            try verify(later, Sample.newSecret)
            #expect(throws: WebhookVerifier.Fault.noMatchingSignature) { try verify(later, Sample.secret) }
            later.answer(200)
        }
    }

    @Test func `a long answer with status200 is a delivery`() async throws {
        try await bench.store.insert(endpoint)
        try await bench.running {
            await bench.commit(event)
            let call = try await bench.transport.call()
            call.fail(TransportFailure(.oversized, status: 200))
            let done = try await bench.judged(endpoint, event)
            #expect(done.state == .delivered)
        }
    }
}
