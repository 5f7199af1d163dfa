import Router
import WebText

/// Where the operator is, who we are there, and how both sides sign.
///
/// Source: docs/protocols/ksher.md, 3.1 (bases), 3.2 (signature), 3.3 (envelope).
struct KsherRSAConnection: Sendable {
    let appid: String
    let environment: PayEnvironment
    let pay: String
    let gateway: String
    let version: KsherRSAKind.SignVersion
    let ours: RSASigningKey
    let theirs: RSAVerifyingKey

    /// Whether the operator's signature proves that it is the operator's.
    var isForgeryProof: Bool { theirs.bits >= 2_048 }

    /// A call without nonce, time and signature, which ``sign(_:_:)`` adds.
    func call(_ url: String, _ fields: [(String, String)]) -> WireRequest {
        var headers: [WireRequest.Header] = [
            .init("Content-Type", "application/x-www-form-urlencoded"), .init("Accept", "application/json"),
        ]
        if version == .v2 { headers.append(.init("ksher-sign-version", "V2")) }
        return WireRequest(
            .post, url, headers: headers, body: Array(FormText.encoded([("appid", appid)] + fields).utf8))
    }

    /// Adds nonce, time and signature.
    func sign(_ request: WireRequest, _ context: SigningContext) -> WireRequest {
        guard request.method == .post, [pay, gateway].contains(where: { request.url.hasPrefix($0 + "/") }),
            let text = String(validating: request.body, as: UTF8.self), let pairs = FormText.pairs(text)
        else { return request }
        let nonce = Hex.text([context.random, UInt64(bitPattern: context.sequence)].flatMap(Self.bytes))
        let digits = context.now.description.prefix(19).filter { $0.isNumber }
        var fields = pairs.map { ($0.name, $0.value) } + [("nonce_str", nonce), ("time_stamp", String(digits))]
        guard let signature = ours.sign(Self.signedText(fields)) else { return request }
        fields.append(("sign", Hex.text(signature)))
        var request = request
        request.body = Array(FormText.encoded(fields).utf8)
        return request
    }

    private static func bytes(_ number: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: number >> UInt64(56 - 8 * $0)) }
    }

    /// What is signed: `key=value` of all fields, sorted, without anything between them.
    static func signedText(_ fields: [(String, String)]) -> [UInt8] {
        let lines = fields.map { "\($0.0)=\($0.1)" }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        return Array(lines.joined().utf8)
    }

    /// What is signed in an answer's data; `nil` if a value has no agreed spelling.
    static func signedText(_ data: JSONObject) -> [UInt8]? {
        var fields: [(String, String)] = []
        for member in data.members {
            switch member.value {
            case .string(let text), .number(let text): fields.append((member.name, text))
            case .array, .object: fields.append((member.name, compact(member.value)))
            case .bool, .null: return nil
            }
        }
        return signedText(fields)
    }

    /// Compact JSON with sorted names.
    private static func compact(_ value: JSONValue) -> String {
        switch value {
        case .array(let elements): return "[" + elements.map(compact).joined(separator: ",") + "]"
        case .object(let object):
            let members = object.members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
            return "{"
                + members.map { compact(.string($0.name)) + ":" + compact($0.value) }.joined(separator: ",") + "}"
        default: return String(decoding: value.serialized(), as: UTF8.self)
        }
    }

    /// The data of an answer or notification, if its signature is right and the call worked.
    func data(_ envelope: JSONValue?) -> JSONValue? {
        guard let envelope, envelope["code"]?.codeText == "0", let data = envelope["data"]?.objectValue,
            let signature = envelope["sign"]?.stringValue.flatMap(Hex.bytes), let text = Self.signedText(data),
            theirs.verifies(signature, of: text),
            data["appid"].map({ $0.stringValue == appid || $0.stringValue == "" }) ?? true
        else { return nil }
        return .object(data)
    }

    /// Whether the payer's browser may be sent to an address.
    func mayShow(_ link: String) -> Bool {
        PayerLinks(environment: environment, root: gateway, domains: ThaiWallets.domains).allow(link)
    }
}
