import Router
import Testing
import WebText

@testable import Providers

/// Signed answers of the REST interface.
enum KsherSample {
    static let signature = KsherSignature(Secret("test-token-0001"))

    /// An order as the operator shows it.
    static func order(
        _ status: String, _ changes: KeyValuePairs<String, JSONValue> = [:], code: String = "SUCCESS"
    ) -> JSONValue {
        var object = JSONObject([
            .init("error_code", .string(code)), .init("error_message", "text"), .init("status", .string(status)),
            .init("merchant_order_id", .string(Sample.reference)), .init("amount", 15_050), .init("currency", "THB"),
            .init("order_type", "Sale"), .init("locked", false), .init("reserved2", "False"),
            .init("timestamp", "1706670960"), .init("log_entry_url", "https://log.example"),
        ])
        for (name, value) in changes { object.change(name, value) }
        return .object(object)
    }

    /// The same with the operator's signature.
    static func reply(_ path: String, _ body: JSONValue, status: Int = 200) -> WireReply {
        guard var object = body.objectValue else { return WireReply(status: status) }
        let fields = object.members.filter { $0.name != "log_entry_url" }.map { member in
            (member.name, member.value.boolValue.map { $0 ? "True" : "False" } ?? member.value.scalarText ?? "")
        }
        object["signature"] = .string(signature.sign(path, fields))
        return WireReply(status: status, body: JSONValue.object(object).serialized())
    }
}

/// Throw-away keys of both sides of the RSA interface, and signed answers.
enum KsherKeys {
    private static let texts = Fixture.json("ksher/keys.json")
    private static let operatorsOwn = RSASigningKey(Secret(text("operator_private")))

    static func text(_ name: String) -> String { texts[name]?.stringValue ?? "" }

    static func settings(flow: String) -> JSONValue {
        [
            "appid": "mch30000", "flow": .string(flow), "ksher_public_key": .string(text("operator_public")),
            "partial_refunds": true,
        ]
    }

    /// One of the keys; the operator's is read once, since conformance signs many thousand replies.
    static func signing(_ name: String = "operator_private") throws -> RSASigningKey {
        try #require(name == "operator_private" ? operatorsOwn : RSASigningKey(Secret(text(name))))
    }

    /// An envelope with the operator's signature over its data.
    static func envelope(_ data: JSONValue, code: Int64 = 0, key: String = "operator_private") -> JSONValue {
        let text = data.objectValue.flatMap { KsherRSAConnection.signedText($0) } ?? []
        let signature = (try? signing(key))?.sign(text) ?? []
        return [
            "code": JSONValue(code), "status_code": "", "msg": "ok", "sign": .string(Hex.text(signature)),
            "version": "3.0.0", "data": data,
        ]
    }

    static func reply(_ data: JSONValue, code: Int64 = 0) -> WireReply {
        WireReply(status: 200, body: envelope(data, code: code).serialized())
    }
}
