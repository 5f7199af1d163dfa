import Foundation
import Testing
import WebText

@testable import Sandbox

extension TestSandbox {
    /// One signed call to the REST interface.
    func ksher(
        _ method: String, _ path: String, _ fields: [String: String] = [:], amount: [String: Int64] = [:],
        token: String = SandboxCredentials.ksherToken
    ) async -> Wire.Ending {
        var texts = fields.merging(amount.mapValues { String($0) }) { $1 }
        texts["timestamp"] = "1767225600"
        let signature = KsherOperator.sign(path, texts, token: token)
        if method == "GET" {
            let query = FormText.encoded(texts.map { ($0.key, $0.value) } + [("signature", signature)])
            return await Wire.exchange(port: port, method, "/ksher\(path)?\(query)")
        }
        var members = fields.map { JSONValue.Member(name: $0.key, value: .text($0.value)) }
        members += amount.map { JSONValue.Member(name: $0.key, value: .number($0.value)) }
        members += [
            .init(name: "timestamp", value: "1767225600"), .init(name: "signature", value: .text(signature)),
        ]
        return await post("/ksher\(path)", json: JSONValue.object(members).string, method: method)
    }

    /// Opens a page at the REST interface.
    func ksherPage(_ reference: String, amount: Int64) async -> Wire.Ending {
        await ksher(
            "POST", "/api/v1/redirect/orders",
            [
                "merchant_order_id": reference, "channel": "truemoney,promptpay",
                "redirect_url": "https://s.example/ok",
                "redirect_url_fail": "https://s.example/no",
            ], amount: ["amount": amount])
    }

    /// The status word of an order at the REST interface.
    func ksherStatus(_ reference: String, flow: String = "redirect") async -> String? {
        await ksher("GET", "/api/v1/\(flow)/orders/\(reference)").reply?.json["status"].string
    }

    /// One signed call to the RSA interface.
    func ksherRSA(
        _ path: String, _ fields: [String: String], nonce: String = Identifiers.token(32)
    ) async -> Wire.Ending {
        var fields = fields
        fields["appid"] = SandboxCredentials.ksherAppID
        fields["nonce_str"] = nonce
        fields["time_stamp"] = "20260101000000"
        let text = fields.map { "\($0.key)=\($0.value)" }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.joined()
        // The key that is wrong for the operator is the merchant's.
        fields["sign"] = KsherKeys.sign(text, isForged: true)
        return await post("/ksher-rsa\(path)", form: FormText.encoded(fields.map { ($0.key, $0.value) }))
    }

    /// Charges a barcode, or opens a QR code where there is none.
    func ksherSale(_ reference: String, amount: Int64 = 15_050, barcode: String? = nil) async -> Wire.Ending {
        var fields = [
            "mch_order_no": reference, "total_fee": String(amount), "fee_type": "THB", "channel": "truemoney",
            "notify_url": "http://partner.example/ksher-rsa",
        ]
        fields["auth_code"] = barcode
        return await ksherRSA(barcode == nil ? "/KsherPay/native_pay" : "/KsherPay/quick_pay", fields)
    }

    /// Gives back a part of a sale at the RSA interface.
    func ksherRefund(_ reference: String, number: String, amount: Int64, of total: Int64 = 15_050) async -> Wire.Ending
    {
        await ksherRSA(
            "/KsherPay/order_refund",
            [
                "mch_order_no": reference, "mch_refund_no": number, "total_fee": String(total),
                "refund_fee": String(amount), "fee_type": "THB",
            ])
    }
}
