import Router
import RouterTestKit
import Testing

@Suite struct IdentifierTests {
    @Test func `carry their kind`() {
        let random = SeededRandom()
        #expect(OrderID(at: .start, from: random).text.hasPrefix("pay_"))
        #expect(MovementID(at: .start, from: random).text.hasPrefix("mov_"))
        #expect(AttemptID(at: .start, from: random).text.hasPrefix("att_"))
        #expect(EventID(at: .start, from: random).text.hasPrefix("evt_"))
        #expect(AppID(at: .start, from: random).text.hasPrefix("app_"))
        #expect(WebhookEndpointID(at: .start, from: random).text.hasPrefix("whe_"))
        #expect(RequestID(at: .start, from: random).text.hasPrefix("req_"))
        #expect(InboxID(at: .start, from: random).text.hasPrefix("inb_"))
    }

    @Test func `sort by time`() {
        var random = Seeded(7)
        let source = SeededRandom(8)
        var moments = (0..<500).map { _ in Int64.random(in: 0...(1 << 48 - 1), using: &random) }
        moments += [0, 1, 31, 32, 1_023, 1_024, 1 << 48 - 1]
        let ids = Set(moments).sorted().map { OrderID(at: Moment(milliseconds: $0), from: source).text }
        #expect(ids == ids.sorted())
    }

    @Test func `known bits give known text`() {
        #expect(
            OrderID(at: Moment(milliseconds: 0), from: FixedRandom(value: 0)).text == "pay_"
                + String(repeating: "0", count: 26))
        let all = OrderID(at: Moment(milliseconds: 1 << 48 - 1), from: FixedRandom(value: .max)).text
        #expect(all == "pay_7ZZZZZZZZZ" + String(repeating: "Z", count: 16))
        // The example of the ULID specification: 1469918176385 is 01ARYZ6S41.
        let example = OrderID(at: Moment(milliseconds: 1_469_918_176_385), from: FixedRandom(value: 0)).text
        #expect(example.dropFirst(4).prefix(10) == "01ARYZ6S41")
    }

    @Test func `differ in one millisecond`() {
        let source = SeededRandom(3)
        let ids = (0..<5_000).map { _ in OrderID(at: .start, from: source) }
        #expect(Set(ids).count == ids.count)
        #expect(OrderID(at: Moment(milliseconds: -5), from: source).text.hasPrefix("pay_0000000000"))
    }

    @Test func `read back`() {
        let id = AttemptID(at: .start, from: SeededRandom(4))
        #expect(AttemptID(id.text) == id)
        #expect(id.description == id.text)
    }

    @Test(arguments: [
        "", "pay_", "pay_01JD3K0000AAAAAAAAAAAAAAA", "pay_01JD3K0000AAAAAAAAAAAAAAAAA",
        "att_01JD3K0000AAAAAAAAAAAAAAAA",
        "PAY_01JD3K0000AAAAAAAAAAAAAAAA", "pay_01jd3k0000aaaaaaaaaaaaaaaa", "pay_01JD3K0000AAAAAAAAAAAAAAAI",
        "pay_01JD3K0000AAAAAAAAAAAAAAAL", "pay_01JD3K0000AAAAAAAAAAAAAAAO", "pay_01JD3K0000AAAAAAAAAAAAAAAU",
        "pay-01JD3K0000AAAAAAAAAAAAAAAA", "pay_01JD3K0000AAAAAAAAAAAAAA' ", "pay_01JD3K0000AAAAAAAAAAAAA\u{E9}",
        " pay_01JD3K0000AAAAAAAAAAAAAAAA",
    ])
    func `refuse other forms`(_ text: String) {
        #expect(OrderID(text) == nil)
    }
}

@Suite struct NamesTests {
    @Test(arguments: ["a", "tmoney-tg", "p2", "a-", String(repeating: "a", count: 40)])
    func `slugs name providers and channels`(_ text: String) {
        #expect(ProviderID.isValid(text))
        #expect(PaymentChannel.isValid(text))
    }

    @Test(arguments: [
        "", "-a", "2a", "A", "a_b", "a b", "caf\u{E9}", "a/b", "a.b", String(repeating: "a", count: 41), "a\n",
    ])
    func `other texts do not`(_ text: String) {
        #expect(!ProviderID.isValid(text))
        #expect(!PaymentChannel.isValid(text))
    }

    @Test func `names sort and print as text`() {
        #expect(["b", "a"].map { ProviderID($0) }.sorted().map(\.description) == ["a", "b"])
        #expect(["b", "a"].map { PaymentChannel($0) }.sorted().map(\.description) == ["a", "b"])
        #expect(PayEnvironment.allCases.map(\.rawValue) == ["sandbox", "production"])
    }

    @Test(arguments: [TimerQueue.engine, .provider("tmoney-tg"), .provider("engine")])
    func `queues read back`(_ queue: TimerQueue) {
        #expect(TimerQueue(text: queue.text) == queue)
    }
}
