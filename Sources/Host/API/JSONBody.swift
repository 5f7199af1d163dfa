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

    /// The body, typed; `others` are members that are read beside those of the type.
    static func decode<T: Decodable>(
        _ type: T.Type, _ value: JSONValue, beside others: [String] = []
    ) throws(Problem) -> T {
        do throws(JSONIssues) {
            return try StrictDecoder().decode(type, from: value, beside: others)
        } catch {
            throw Problem(
                .invalidRequest, error.issues.map(\.description).joined(separator: "; "), errors: error.issues)
        }
    }

    /// What a request asks for, independent of spelling: method, route, path values and canonical body (rule IK-7).
    static func fingerprint(_ request: APIRequest, _ body: JSONValue) -> [UInt8] {
        var hash = SHA256()
        var route = request.method + " " + request.template
        for (name, value) in request.parameters.sorted(by: { $0.key < $1.key }) { route += " \(name)=\(value)" }
        route += "\n"
        route.withUTF8 { hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }
        body.canonical().withUnsafeBytes { hash.update(bufferPointer: $0) }
        return hash.finalize().withUnsafeBytes { Array($0) }
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
    private static let exempt: Set<String> = [
        "/customer/phone", "/party/phone", "/phone", "/from/phone", "/to/phone", "/for/phone", "/for/to/phone",
    ]

    /// The pointer of the first card number, if there is one.
    static func find(in value: JSONValue) -> String? { hasFewDigits(value) ? nil : find(in: value, at: "") }

    /// Whether no object and no list of a document has, in all its names and scalars together, as many digits as a card number
    /// beside its code: then nothing has to be looked at closely.
    private static func hasFewDigits(_ value: JSONValue) -> Bool {
        switch value {
        case .null, .bool: return true
        case .number(let text), .string(let text): return digits(text) < fewest
        case .array(let elements):
            var sum = 0
            for element in elements where !addsFew(element, to: &sum) { return false }
            return true
        case .object(let object):
            var sum = 0
            for member in object.members {
                sum += digits(member.name)
                guard sum < fewest, addsFew(member.value, to: &sum) else { return false }
            }
            return true
        }
    }

    /// The shortest number that ``CardMembers`` takes for a card's.
    private static let fewest = 12

    private static func addsFew(_ value: JSONValue, to sum: inout Int) -> Bool {
        switch value {
        case .number(let text), .string(let text):
            sum += digits(text)
            return sum < fewest
        default: return hasFewDigits(value)
        }
    }

    /// How many digits a text can have at most; those of other scripts have two bytes at least.
    private static func digits(_ text: String) -> Int {
        var (digits, others) = (0, 0)
        for byte in text.utf8 {
            if byte >= 0x80 { others += 1 } else if (0x30...0x39).contains(byte) { digits += 1 }
        }
        return digits + others / 2
    }

    private static func find(in value: JSONValue, at pointer: String) -> String? {
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
