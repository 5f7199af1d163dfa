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

    /// Members are looked up as the type spells them, or in snake case.
    public init(names: Names = .asWritten) { self.names = names }

    /// Decodes a value.
    ///
    /// - Parameters:
    ///   - type: What it is.
    ///   - value: A document.
    ///   - others: Members of the document itself that the caller reads beside the type's.
    /// - Returns: The value, typed.
    /// - Throws: ``JSONIssues``.
    public func decode<T: Decodable>(
        _ type: T.Type, from value: JSONValue, beside others: [String] = []
    ) throws(JSONIssues) -> T {
        let run = DecodingRun(names, others: others)
        do {
            let result = try T(from: TreeDecoder(value: value, codingPath: [], run: run))
            guard run.unknown.isEmpty else { throw JSONIssues(unknown(run, type, value)) }
            return result
        } catch let issues as JSONIssues {
            throw issues
        } catch let issue as JSONIssue {
            throw JSONIssues(unknown(run, type, value) + [issue])
        } catch let error as DecodingError {
            throw JSONIssues(unknown(run, type, value) + [JSONIssue(error)])
        } catch {
            let issue = JSONIssue(pointer: "", code: "invalid_value", detail: "\(error)")
            throw JSONIssues(unknown(run, type, value) + [issue])
        }
    }

    /// How many unknown members are told what may have been meant; a document with more is of another kind.
    private static let explained = 20

    /// The members that no type asked for, each with what may have been meant.
    private func unknown<T: Decodable>(_ run: DecodingRun, _ type: T.Type, _ value: JSONValue) -> [JSONIssue] {
        guard !run.unknown.isEmpty else { return [] }
        // Types are asked what they know by reading once more, without an end at the first fault.
        let survey = DecodingRun(names, isSurvey: true)
        let isWhole = (try? T(from: TreeDecoder(value: value, codingPath: [], run: survey))) != nil
        return run.unknown.enumerated().map { index, member in
            let asked = (survey.asked[member.object] ?? []) + (member.object.isEmpty ? run.others : [])
            let known = index < Self.explained ? asked : []
            let remedy =
                isWhole
                ? NearestName.remedy(member.name, among: known)
                : NearestName.question(member.name, among: known).map { "; " + $0 } ?? ""
            return JSONIssue(
                pointer: member.object + "/" + JSONPointer.escaped(member.name), code: "unknown_member",
                detail: "the member \"\(member.name.prefix(60))\" is not known here" + remedy)
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
    /// Members of the document itself that are read by somebody else.
    let others: [String]
    /// Whether only the names that types ask for are wanted: what is missing or wrong then ends nothing.
    let isSurvey: Bool
    /// Members no type asked for: the pointer of their object, and their name.
    var unknown: [(object: String, name: String)] = []
    /// What types ask for, by the pointer of the object; noted in a survey only.
    private(set) var asked: [String: [String]] = [:]

    init(_ names: StrictDecoder.Names, others: [String] = [], isSurvey: Bool = false) {
        self.names = names
        self.others = others
        self.isSurvey = isSurvey
    }

    /// Notes that a member is asked for.
    func remember(_ name: String, in path: [any CodingKey]) {
        let object = JSONPointer.text(path)
        if asked[object]?.contains(name) != true { asked[object, default: []].append(name) }
    }
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
            if codingPath.isEmpty, run.others.contains(member.name) { return false }
            run.unknown.append((JSONPointer.text(codingPath), member.name))
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
