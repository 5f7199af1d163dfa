import Providers
import Router
import RouterTestKit
import Sandbox
import Testing

/// The kind `gsma-biller` and the practice biller speak the same language, over sockets.
@Suite("Billers at the sandbox operators")
struct BillersAtSandboxTests {
    private typealias Biller = PayingOut & Checking & BillLookingUp

    private static let settings: JSONValue = [
        "channel": "electricity", "currency": "XOF", "goods_key": "token", "name_key": "customerName",
        "account": ["name": "meter number", "minimum_length": 11, "maximum_length": 11], "paid_statuses": ["approved"],
    ]
    private static let secrets = ["api_key": SandboxCredentials.billerKey]

    private static func bill(_ bench: SandboxBench, _ meter: String, _ number: Int = 1) -> PayoutInstruction {
        let order = bench.order(
            Money(5_000, .xof), "electricity", reference: "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4\(number)")
        return PayoutInstruction(
            attempt: order.attempt, reference: order.reference, channel: order.channel, amount: order.amount,
            customer: Customer(), billAccount: meter, callbackURL: order.callbackURL, createdAt: order.createdAt)
    }

    @Test(arguments: ["account", "bill"])
    func `a meter is looked up and charged, and its token is the same when it is asked about`(pays: String) async throws
    {
        try await SandboxBench.run { bench in
            var settings = try #require(Self.settings.objectValue)
            settings["pays"] = .string(pays)
            let biller: any Biller = try bench.provider("gsma-biller", .object(settings), Self.secrets)
            let wire = bench.wire(biller)
            let unknown = await biller.lookUp("37000000003", on: "electricity", asking: wire)
            #expect(unknown == .unknownAccount)
            guard case .bill(let owed) = await biller.lookUp("37000000001", on: "electricity", asking: wire) else {
                throw NoBill()
            }
            #expect(owed.customerName?.contains(" ") == true && owed.amount == nil)
            #expect(owed.minimum == Money(100, .xof) && owed.reference == "B37000000001")
            let order = Self.bill(bench, "37000000001")
            #expect(await biller.check(.payout(order), asking: wire) == .absent)
            let made = try await biller.preparePayout(order, asking: wire)
            let reply = try await bench.exchange(made.request, biller)
            let paid = try #require(biller.readPayout(reply, to: order).succeeded)
            #expect(paid.goods?.reveal().utf8.count == 20 && paid.reference == order.reference)
            let asked = try #require(await biller.check(.payout(order), asking: wire).answer?.succeeded)
            #expect(asked == paid)
            // The same bytes again are refused, and nothing is charged twice.
            let again = biller.readPayout(try await bench.exchange(made.request, biller), to: order)
            #expect(again.unknown?.kind == .duplicateReference)
            #expect(bench.books == ["payout 5000 XOF \(order.reference)"])
        }
    }

    private struct NoBill: Error {}

    @Test
    func `a meter that answers later, under the names of request and payment`() async throws {
        try await SandboxBench.run { bench in
            let biller: any Biller = try bench.provider("gsma-biller", Self.settings, Self.secrets)
            let wire = bench.wire(biller)
            var order = Self.bill(bench, "37000000002")
            let reply = try await bench.exchange(
                try await biller.preparePayout(order, asking: wire).request, biller)
            order.operatorReference = try #require(biller.readPayout(reply, to: order).pending?.operatorReference)
            let open = await biller.check(.payout(order), asking: wire).answer?.pending
            #expect(open?.operatorReference == order.operatorReference)
            await bench.clock.drain()
            let paid = try #require(await biller.check(.payout(order), asking: wire).answer?.succeeded)
            #expect(paid.acceptedAs == order.operatorReference && paid.goods != nil)
            order.operatorReference = paid.operatorReference
            #expect(await biller.check(.payout(order), asking: wire).answer?.succeeded?.goods == paid.goods)
        }
    }

    @Test(arguments: [
        ("37000000003", RefusalReason.accountUnavailable), ("37000000004", .accountUnavailable),
    ])
    func `what is refused is refused for good`(meter: String, reason: RefusalReason) async throws {
        try await SandboxBench.run { bench in
            let biller: any Biller = try bench.provider("gsma-biller", Self.settings, Self.secrets)
            let order = Self.bill(bench, meter)
            let made = try await biller.preparePayout(order, asking: bench.wire(biller))
            let refusal = biller.readPayout(try await bench.exchange(made.request, biller), to: order).rejected
            #expect(refusal?.reason == reason && refusal?.isDefinitive == true && bench.books.isEmpty)
        }
    }

    @Test
    func `credentials that are wrong are told apart from a biller that is away`() async throws {
        try await SandboxBench.run { bench in
            for (key, isAccepted) in [(SandboxCredentials.billerKey, true), ("other", false)] {
                let biller: any CredentialProbing = try bench.provider("gsma-biller", Self.settings, ["api_key": key])
                let found = await biller.probe(asking: bench.wire(biller))
                #expect((found.accepted != nil) == isAccepted && (found.refused != nil) != isAccepted, "\(found)")
            }
        }
    }

    @Test
    func `who logs in reads the practice biller's token`() async throws {
        try await SandboxBench.run { bench in
            var settings = try #require(Self.settings.objectValue)
            settings["client_id"] = .string(SandboxCredentials.billerClient)
            settings["token_path"] = "/oauth/accesstoken"
            let biller: any AccessTokenIssuing = try bench.provider(
                "gsma-biller", .object(settings), ["client_secret": SandboxCredentials.billerSecret])
            let reply = try await bench.exchange(biller.loginRequest(.main), biller)
            #expect(biller.readLogin(reply).token != nil)
        }
    }
}
