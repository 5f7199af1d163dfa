import Foundation
import Sandbox
import Testing

/// A signed-in partner of the sandbox MTN.
struct MTNPartner: Sendable {
    var token: String
    var product: String
    var environment = "mtncameroon"
    var subscription: String {
        product == "collection"
            ? SandboxCredentials.mtnCollectionSubscription : SandboxCredentials.mtnDisbursementSubscription
    }

    func headers(_ more: [String: String] = [:]) -> [String: String] {
        [
            "Authorization": "Bearer \(token)", "Ocp-Apim-Subscription-Key": subscription,
            "X-Target-Environment": environment, "Content-Type": "application/json",
        ].merging(more) { $1 }
    }
}

extension TestSandbox {
    /// A UUID of version 4 that ends in a number.
    static func uuid(_ number: Int) -> String {
        "00000000-0000-4000-8000-" + String(String(number + 1_000_000_000_000).suffix(12))
    }

    /// Signs in at a product, and registers the callback address.
    func mtn(
        _ product: String, user: String = SandboxCredentials.mtnUser, key: String = SandboxCredentials.mtnKey
    ) async throws -> MTNPartner {
        try server.register(
            SandboxRegistration(operator: .mtn, account: user, callbackURL: "http://partner.example/mtn"))
        var partner = MTNPartner(token: "", product: product)
        let basic = Data("\(user):\(key)".utf8).base64EncodedString()
        let reply = await Wire.exchange(
            port: port, "POST", "/mtn-momo/\(product)/token/",
            headers: ["Authorization": "Basic \(basic)", "Ocp-Apim-Subscription-Key": partner.subscription]
        ).reply
        partner.token = try #require(reply?.json["access_token"].string)
        return partner
    }

    /// Asks for a payment, payout or refund.
    func mtn(
        _ partner: MTNPartner, _ path: String, _ id: String, phone: String? = nil, amount: String = "5000",
        currency: String = "XAF", refunds: String? = nil, headers: [String: String] = [:], note: String = "Panier 15"
    ) async -> Wire.Ending {
        var body: [String: Any] = [
            "amount": amount, "currency": currency, "externalId": id, "payerMessage": note, "payeeNote": note,
        ]
        if let phone {
            body[path == "requesttopay" ? "payer" : "payee"] = ["partyIdType": "MSISDN", "partyId": phone]
        }
        body["referenceIdToRefund"] = refunds
        let data = (try? JSONSerialization.data(withJSONObject: body)) ?? Data()
        return await Wire.exchange(
            port: port, "POST", "/mtn-momo/\(partner.product)/v1_0/\(path)",
            headers: partner.headers(["X-Reference-Id": id].merging(headers) { $1 }), body: data)
    }

    /// Asks how something stands.
    func mtnStatus(_ partner: MTNPartner, _ path: String, _ id: String) async -> Wire.Reply? {
        await Wire.exchange(
            port: port, "GET", "/mtn-momo/\(partner.product)/v1_0/\(path)/\(id)", headers: partner.headers()
        ).reply
    }
}
