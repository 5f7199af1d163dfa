/// Decodes `Decodable` types from a ``JSONValue``, strictly.
///
/// Members that the type does not know are errors (all of them are reported), integers must be written as integers, and
/// every error carries a JSON pointer.
public struct StrictDecoder: Sendable {
    /// How the document spells the keys of a type.
    public enum Names: Sendable {
        /// As the type does.
        case asWritten
        /// `apiUser` is `api_user`, `webhookURL` is `webhook_url`.
        ///
        /// Keys to which the type gives a text of their own (`case apiUser = "api-user"`) keep it, and so do the keys of a
        /// dictionary, which are data.
        case snakeCase
    }

    private let names: Names

    /// Makes a decoder.
    public init(names: Names = .asWritten) { self.names = names }

    /// Decodes a value.
    ///
    /// - Throws: ``JSONIssues``.
    public func decode<T: Decodable>(_ type: T.Type, from value: JSONValue) throws(JSONIssues) -> T {
        let run = DecodingRun(names)
        do {
            let result = try T(from: TreeDecoder(value: value, codingPath: [], run: run))
            guard run.unknown.isEmpty else { throw JSONIssues(run.unknown) }
            return result
        } catch let issues as JSONIssues {
            throw issues
        } catch let issue as JSONIssue {
            throw JSONIssues(run.unknown + [issue])
        } catch let error as DecodingError {
            throw JSONIssues(run.unknown + [JSONIssue(error)])
        } catch {
            throw JSONIssues(run.unknown + [JSONIssue(pointer: "", code: "invalid_value", detail: "\(error)")])
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

/// What one decode call goes by and finds out; on one thread.
final class DecodingRun {
    let names: StrictDecoder.Names
    /// Members no type asked for.
    var unknown: [JSONIssue] = []

    init(_ names: StrictDecoder.Names) { self.names = names }
}

struct TreeDecoder: Decoder {
    let value: JSONValue
    let codingPath: [any CodingKey]
    let run: DecodingRun
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard case .object(let object) = value else { throw mismatch("an object") }
        let spelling = KeySpelling<Key>(run.names)
        let known = object.members.filter { member in
            if spelling.key(named: member.name) != nil { return true }
            run.unknown.append(
                JSONIssue(
                    pointer: JSONPointer.text(codingPath) + "/" + JSONPointer.escaped(member.name),
                    code: "unknown_member", detail: "the member \"\(member.name)\" is not known here"))
            return false
        }
        return KeyedDecodingContainer(
            TreeKeyedContainer(
                object: JSONObject(distinct: known), codingPath: codingPath, run: run, spelling: spelling))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard case .array(let elements) = value else { throw mismatch("an array") }
        return TreeUnkeyedContainer(elements: elements, codingPath: codingPath, run: run)
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
