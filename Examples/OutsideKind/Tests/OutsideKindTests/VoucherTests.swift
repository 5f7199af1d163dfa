import OutsideKind
import Router
import RouterTestKit
import Testing

@Suite("A kind from outside")
struct VoucherTests {
    @Test("keeps every promise of a provider")
    func conforms() async throws {
        let setup = ProviderSetup(
            id: "voucher-office", environment: .sandbox, baseURL: "http://127.0.0.1:9",
            secrets: ["key": Secret("voucher-secret-0001")])
        let provider = try RegisteredKind(VoucherKind.self).make(settings: ["shop": "42"], setup: setup)
        let collecting = try #require(provider as? any Collecting)
        let now = Moment(milliseconds: 1_700_000_000_000)
        let attempt = AttemptID(at: now, from: SystemRandom())
        let order = CollectOrder(
            attempt: attempt, reference: "0123456789abcdef0123456789abcdef", channel: "voucher",
            amount: Money(2_500, .eur), sourceToken: Secret("V-1"), callbackURL: "http://127.0.0.1/callbacks/voucher",
            createdAt: now)
        let accepted: JSONValue = ["state": "redeemed", "reference": .string(order.reference), "cents": 2_500]
        let conformance = ProviderConformance(
            collecting, order: order, accepted: WireReply(status: 200, body: accepted.serialized()),
            secrets: ["voucher-secret-0001"])
        #expect(await conformance.violations() == [])
    }

    @Test("unknown settings are refused with their place")
    func settings() {
        let setup = ProviderSetup(id: "v", environment: .sandbox, baseURL: "http://127.0.0.1:9", secrets: [:])
        #expect(throws: JSONIssues.self) {
            try RegisteredKind(VoucherKind.self).make(settings: ["shop": "42", "shpo": "43"], setup: setup)
        }
    }
}
