import Crypto
import Router
import WebText

/// Signatures of the REST interface: HMAC-SHA256 over the path and the sorted fields.
///
/// Source: docs/protocols/ksher.md, 2.5 (requests and replies) and 2.6 (notifications).
struct KsherSignature: Sendable {
    private let token: Secret

    init(_ token: Secret) { self.token = token }

    /// The signature of some fields below a path, in upper-case hexadecimal digits.
    func sign(_ path: String, _ fields: [(String, String)]) -> String {
        Hex.text(HMAC<SHA256>.authenticationCode(for: Self.text(path, fields), using: key)).uppercased()
    }

    /// Whether a signature is right; digits of either case, compared in constant time.
    func verifies(_ signature: String, _ path: String, _ fields: [(String, String)]) -> Bool {
        guard let bytes = Hex.bytes(signature) else { return false }
        return HMAC<SHA256>.isValidAuthenticationCode(
            bytes, authenticating: Self.text(path, fields), using: key)
    }

    /// A reply's object if its signature is right; fields that have no agreed spelling make it uncheckable.
    func verified(_ body: JSONValue?, _ path: String) -> JSONValue? {
        guard let body, let members = body.objectValue?.members, let signature = body["signature"]?.stringValue else {
            return nil
        }
        var fields: [(String, String)] = []
        for member in members where member.name != "signature" && member.name != "log_entry_url" {
            switch member.value {
            case .string(let text), .number(let text): fields.append((member.name, text))
            case .bool(let flag): fields.append((member.name, flag ? "True" : "False"))
            case .null, .array, .object: return nil
            }
        }
        // Not by `? :`, where `nil` would be JSON's null.
        guard verifies(signature, path, fields) else { return nil }
        return body
    }

    private var key: SymmetricKey { SymmetricKey(data: Array(token.reveal().utf8)) }

    private static func text(_ path: String, _ fields: [(String, String)]) -> [UInt8] {
        let sorted = fields.sorted { $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) }
        return Array((path + sorted.map { $0.0 + $0.1 }.joined()).utf8)
    }
}
