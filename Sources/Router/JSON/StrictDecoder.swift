/// Decodes `Decodable` types from a ``JSONValue``, strictly.
///
/// Members that the type does not know are errors (all of them are reported), integers must be written as integers, and
/// every error carries a JSON pointer.
public struct StrictDecoder: Sendable {
    /// Makes a decoder.
    public init() {}

    /// Decodes a value.
    ///
    /// - Throws: ``JSONIssues``.
    public func decode<T: Decodable>(_ type: T.Type, from value: JSONValue) throws(JSONIssues) -> T {
        let unknown = UnknownMembers()
        do {
            let result = try T(from: TreeDecoder(value: value, codingPath: [], unknown: unknown))
            guard unknown.issues.isEmpty else { throw JSONIssues(unknown.issues) }
            return result
        } catch let issues as JSONIssues {
            throw issues
        } catch let issue as JSONIssue {
            throw JSONIssues(unknown.issues + [issue])
        } catch let error as DecodingError {
            throw JSONIssues(unknown.issues + [JSONIssue(error)])
        } catch {
            throw JSONIssues(unknown.issues + [JSONIssue(pointer: "", code: "invalid_value", detail: "\(error)")])
        }
    }
}

extension JSONIssue {
    fileprivate init(_ error: DecodingError) {
        switch error {
        case .keyNotFound(let key, let context):
            let pointer = JSONPointer.text(context.codingPath + [key])
            self.init(pointer: pointer, code: "missing_member", detail: "the member \"\(key.stringValue)\" is required")
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            self.init(
                pointer: JSONPointer.text(context.codingPath), code: "invalid_value", detail: context.debugDescription)
        @unknown default:
            self.init(pointer: "", code: "invalid_value", detail: "the value cannot be read")
        }
    }
}

/// Collects members no type asked for; one decode call owns one, on one thread.
final class UnknownMembers {
    var issues: [JSONIssue] = []
}

struct TreeDecoder: Decoder {
    let value: JSONValue
    let codingPath: [any CodingKey]
    let unknown: UnknownMembers
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard case .object(let object) = value else { throw mismatch("an object") }
        let known = object.members.filter { member in
            if Key(stringValue: member.name) != nil { return true }
            unknown.issues.append(
                JSONIssue(
                    pointer: JSONPointer.text(codingPath) + "/" + JSONPointer.escaped(member.name),
                    code: "unknown_member", detail: "the member \"\(member.name)\" is not known here"))
            return false
        }
        return KeyedDecodingContainer(
            TreeKeyedContainer<Key>(object: JSONObject(distinct: known), codingPath: codingPath, unknown: unknown))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard case .array(let elements) = value else { throw mismatch("an array") }
        return TreeUnkeyedContainer(elements: elements, codingPath: codingPath, unknown: unknown)
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer {
        TreeSingleContainer(decoder: self)
    }

    func mismatch(_ expected: String) -> JSONIssue {
        JSONIssue(
            pointer: JSONPointer.text(codingPath), code: "wrong_type",
            detail: "expected \(expected), found \(value.kindName)")
    }
}

extension JSONValue {
    /// The name of the value's JSON type, for messages.
    public var kindName: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}
