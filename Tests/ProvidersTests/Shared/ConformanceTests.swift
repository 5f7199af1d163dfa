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
}
