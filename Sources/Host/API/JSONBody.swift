import Crypto
import Router

/// Reads bodies strictly and keeps card numbers out (rules AP-5 and IK-7, docs/http.md, 5).
enum JSONBody {
    /// The body as a JSON object, after the checks every call makes.
    static func object(_ request: APIRequest, optional: Bool = false) throws(Problem) -> JSONValue {
        if optional, request.body.isEmpty { return .object(JSONObject()) }
        let media = request.mediaType
        guard media == "application/json" || media.hasSuffix("+json") else {
            let what = media.isEmpty ? "says nothing of its type" : "came as \(media.prefix(60))"
            throw Problem(
                .unsupportedMediaType, "the body \(what); send JSON with the header Content-Type: application/json")
        }
        try request.refuseForeignCharset()
        guard !request.body.isEmpty else { throw Problem(.invalidJSON, "the body is empty; send a JSON object") }
        let value: JSONValue
        do throws(JSONSyntaxError) {
            value = try StrictJSON.parse(request.body)
        } catch {
            throw Problem(.invalidJSON, "\(error)")
        }
        guard value.objectValue != nil else {
            throw Problem(.invalidRequest, "the body must be a JSON object, not \(value.kindName)")
        }
        if let pointer = CardScan.find(in: value) {
            throw Problem(
                .cardNumberRefused, "the value at \(pointer) looks like a card number",
                errors: [JSONIssue(pointer: pointer, code: "card_number", detail: "send a token instead")])
        }
        return value
    }

    static func decode<T: Decodable>(_ type: T.Type, _ value: JSONValue) throws(Problem) -> T {
        do throws(JSONIssues) {
            return try StrictDecoder().decode(type, from: value)
        } catch {
            throw Problem(
                .invalidRequest, error.issues.map(\.description).joined(separator: "; "), errors: error.issues)
        }
    }

    /// What a request asks for, independent of spelling: method, route, path values and canonical body (rule IK-7).
    static func fingerprint(_ request: APIRequest, _ body: JSONValue) -> [UInt8] {
        var hash = SHA256()
        let values = request.parameters.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        let route = ([request.method, request.template] + values).joined(separator: " ")
        hash.update(data: Array((route + "\n").utf8))
        hash.update(data: body.canonical())
        return Array(hash.finalize())
    }

    static func idempotencyKey(_ request: APIRequest) throws(Problem) -> String {
        switch IdempotencyKey.parse(request.values("idempotency-key")) {
        case .success(let key):
            guard !CardNumbers.contains(key) else {
                throw Problem(.cardNumberRefused, "the header Idempotency-Key looks like a card number")
            }
            return key
        case .failure(.missing):
            throw Problem(.idempotencyKeyRequired, "send the header Idempotency-Key, for instance a UUID")
        case .failure(.invalid(let why)): throw Problem(.idempotencyKeyInvalid, why)
        }
    }
}

/// Looks for card numbers in every text, number and member name of a document.
enum CardScan {
    /// Members that are validated as phone numbers, one in ten of which would pass for a card number.
    private static let exempt: Set<String> = ["/customer/phone", "/party/phone"]

    /// The pointer of the first card number, if there is one.
    static func find(in value: JSONValue, at pointer: String = "") -> String? {
        switch value {
        case .null, .bool: return nil
        case .number(let text): return CardNumbers.contains(text) ? pointer : nil
        case .string(let text):
            return !exempt.contains(pointer) && CardNumbers.contains(text) ? pointer : nil
        case .array(let elements):
            for (index, element) in elements.enumerated() {
                if let found = find(in: element, at: "\(pointer)/\(index)") { return found }
            }
            return nil
        case .object(let object):
            if let name = CardMembers.find(in: object) { return pointer + "/" + JSONPointer.escaped(name) }
            for member in object.members {
                if CardNumbers.contains(member.name) { return pointer.isEmpty ? "/" : pointer }
                if let found = find(in: member.value, at: pointer + "/" + JSONPointer.escaped(member.name)) {
                    return found
                }
            }
            return nil
        }
    }
}
