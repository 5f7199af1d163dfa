import Router
import RouterTestKit
import Testing

@testable import Providers

/// The promises that kinds from outside are held to hold for the built-in ones.
@Suite("Conformance")
struct ConformanceTests {
    /// Configurations whose first call is the one that moves money, with a reply that takes the order.
    private static let accepted: [(name: String, reply: WireReply)] = [
        ("tmoney", json(["code": "2000", "message": "m", "idRequete": .string(Sample.reference)])),
        ("tmoney legacy", json(["code": "2000", "idRequete": .string(Sample.reference)])),
        ("card charges", json(charge)),
        ("mtn-momo", WireReply(status: 202)),
        ("paygate", json(["tx_reference": "T9", "status": 0])),
        ("flooz", json(["status": 0, "message": "m", "mrorrefid": "FZ1"])),
        ("flooz token", json(["status": 0, "message": "m", "mrorrefid": "FZ1"])),
        ("ksher barcode", KsherSample.reply("/api/v1/bscanc/orders", KsherSample.order("Paid"))),
    ]

    private static let charge: JSONValue = [
        "id": "ch_1", "object": "charge", "amount": 5_000, "currency": "usd", "paid": true, "captured": true,
        "status": "succeeded", "metadata": ["reference": .string(Sample.reference)],
    ]

    private static func json(_ body: JSONValue) -> WireReply { WireReply(status: 200, body: body.serialized()) }

    @Test("every promise is kept", arguments: accepted.map(\.name))
    func conforms(name: String) async throws {
        let reply = try #require(Self.accepted.first { $0.name == name }?.reply)
        let row = try #require(Sample.configurations.first { $0.name == name })
        let conformance = ProviderConformance(
            try Sample.configured(name, as: (any Collecting).self), order: try Sample.order(for: name), accepted: reply,
            secrets: Array((Sample.secrets[row.kind] ?? [:]).values))
        #expect(await conformance.violations() == [])
    }

    @Test("our own reference is no name of the operator's, and an account needs one")
    func ownReference() async throws {
        let reply = Self.json(["tx_reference": "T9", "status": 0])
        let good: any Collecting = try Sample.configured("paygate")
        let order = try Sample.order(for: "paygate")
        let echo = Echo(base: good, manifest: good.manifest)
        let found = await ProviderConformance(echo, order: order, accepted: reply, secrets: []).violations()
        #expect(found.count { $0.contains("our own reference") } == 2)
        var nameless = good.manifest
        nameless.account = ""
        let unnamed = await ProviderConformance(
            Echo(base: good, manifest: nameless), order: order, accepted: reply, secrets: []
        ).violations()
        #expect(unnamed.contains { $0.contains("no account") })
        var leaking = good.manifest
        leaking.account = "planted-auth-token"
        let leaked = await ProviderConformance(
            Echo(base: good, manifest: leaking), order: order, accepted: reply, secrets: ["planted-auth-token"]
        ).violations()
        #expect(leaked.contains { $0.contains("a secret stands in the account") })
    }

    /// A provider that passes our reference off as the operator's.
    private struct Echo: Collecting {
        let base: any Collecting
        let manifest: ProviderManifest

        func prepare(_ order: CollectOrder, asking wire: any Asking) async throws(PreparationFailure) -> Prepared {
            guard case .request(var money) = try await base.prepare(order, asking: wire) else { return .input([]) }
            money.operatorReference = order.reference
            return .request(money)
        }

        func read(_ reply: WireReply, to order: CollectOrder) -> Answer {
            guard case .pending(var progress) = base.read(reply, to: order) else { return base.read(reply, to: order) }
            progress.operatorReference = order.reference
            return .pending(progress)
        }

        func authorize(_ request: WireRequest, _ stamp: CallStamp) -> WireRequest { base.authorize(request, stamp) }
    }
}
