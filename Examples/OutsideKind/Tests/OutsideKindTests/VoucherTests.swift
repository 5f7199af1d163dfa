import OutsideKind
import Router
import RouterTestKit
import Testing

@Suite("A kind from outside")
struct VoucherTests {
    @Test
    func `keeps every promise of a provider`() async throws {
        let setup = ProviderSetup(
            id: "voucher-office", environment: .sandbox, baseURL: "http://127.0.0.1:9",
            secrets: ["key": Secret("voucher-secret-0001")])
        let provider = try RegisteredKind(VoucherKind.self).make(settings: ["shop": "42"], setup: setup)
        let now = Moment(milliseconds: 1_700_000_000_000)
        let attempt = AttemptID(at: now, from: SystemRandom())
        let order = CollectInstruction(
            attempt: attempt, reference: "0123456789abcdef0123456789abcdef", channel: "voucher",
            amount: Money(2_500, .eur), sourceToken: Secret("V-1"), callbackURL: "http://127.0.0.1/callbacks/voucher",
            createdAt: now)
        func body(_ state: String) -> JSONValue {
            ["state": .string(state), "reference": .string(order.reference), "cents": 2_500]
        }
        var table = ReplyTable(
            codes: ["/state"], amount: .at("/cents"), currency: .omitted, reference: .at("/reference"),
            rows: [
                .init(.executed, body("redeemed")), .init(.pending, body("queued")), .init(.refused, body("spent")),
            ])
        let reply = table
        table.rows.append(.init(.absent, 404, ["state": "unknown"]))
        let conformance = ProviderConformance(
            provider,
            ProviderDescription(
                secrets: ["voucher-secret-0001"],
                operations: [OperationDescription(.collect(order), reply: reply, check: table)]))
        #expect(await conformance.violations() == [])
    }

    @Test
    func `unknown settings are refused with their place`() {
        let setup = ProviderSetup(id: "v", environment: .sandbox, baseURL: "http://127.0.0.1:9", secrets: [:])
        #expect(throws: JSONIssues.self) {
            try RegisteredKind(VoucherKind.self).make(settings: ["shop": "42", "shpo": "43"], setup: setup)
        }
    }
}
