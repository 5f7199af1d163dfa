/// A JSON value as it was written: numbers keep their spelling, objects keep their order.
///
/// Money never passes through binary floating point here: a number is its text until somebody asks for an integer.
public enum JSONValue: Sendable, Hashable {
    case null
    case bool(Bool)
    /// A number in the spelling of the document, for instance `1e3` or `5000`.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)
}

/// The members of a JSON object in document order; names are unique.
public struct JSONObject: Sendable, Hashable {
    /// A name with its value.
    public struct Member: Sendable, Hashable {
        /// The member's name.
        public var name: String
        /// The member's value.
        public var value: JSONValue

        /// Takes the name as it is: escaping is the writer's.
        public init(_ name: String, _ value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    /// As they stood in the document; no two have one name.
    public private(set) var members: [Member]

    /// Makes an object; of members with one name the last stays.
    public init(_ members: [Member] = []) {
        self.members = []
        self.members.reserveCapacity(members.count)
        // Few names are compared faster than hashed.
        guard members.count > 32 else {
            for member in members {
                if let position = self.members.firstIndex(where: { $0.name == member.name }) {
                    self.members[position] = member
                } else {
                    self.members.append(member)
                }
            }
            return
        }
        var positions: [String: Int] = [:]
        for member in members {
            if let position = positions.updateValue(self.members.count, forKey: member.name) {
                positions[member.name] = position
                self.members[position] = member
            } else {
                self.members.append(member)
            }
        }
    }

    /// Takes members whose names are known to be unique.
    init(distinct members: [Member]) { self.members = members }

    /// Reads, replaces, adds or (with `nil`) removes a member.
    public subscript(name: String) -> JSONValue? {
        get { members.first { $0.name == name }?.value }
        set {
            let index = members.firstIndex { $0.name == name }
            switch (index, newValue) {
            case (let index?, let value?): members[index].value = value
            case (let index?, nil): members.remove(at: index)
            case (nil, let value?): members.append(Member(name, value))
            case (nil, nil): break
            }
        }
    }
}

extension JSONValue {
    /// The member of an object, or `nil` if this is no object or has no such member.
    public subscript(name: String) -> JSONValue? {
        guard case .object(let object) = self else { return nil }
        return object[name]
    }

    /// The text of a string; `nil` for every other value.
    public var stringValue: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// `true` or `false`; `nil` for every other value.
    public var boolValue: Bool? {
        guard case .bool(let value) = self else { return nil }
        return value
    }

    /// The elements of an array; `nil` for every other value.
    public var arrayValue: [JSONValue]? {
        guard case .array(let elements) = self else { return nil }
        return elements
    }

    /// The object; `nil` for every other value.
    public var objectValue: JSONObject? {
        guard case .object(let object) = self else { return nil }
        return object
    }

    /// An integer written as a plain JSON integer; `1.0`, `1e3`, `-0` and values beyond `Int64` are `nil`.
    public var integerValue: Int64? {
        guard case .number(let text) = self, text != "-0" else { return nil }
        return Int64(text)
    }

    /// A scalar as text, whatever its JSON type: operators send codes as `2000` and `"2000"` alike.
    public var scalarText: String? {
        switch self {
        case .string(let text), .number(let text): text
        case .bool(let value): value ? "true" : "false"
        case .null, .array, .object: nil
        }
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    /// A text in source is a JSON string.
    public init(stringLiteral value: String) { self = .string(value) }
    /// An integer in source is a number with these digits.
    public init(integerLiteral value: Int64) { self = .number(String(value)) }
    /// `true` and `false` in source are JSON's.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// Elements keep their order.
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    /// Members keep their order; of two with one name the last stays.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(JSONObject(elements.map { JSONObject.Member($0.0, $0.1) }))
    }
    /// `nil` in source is `null`.
    public init(nilLiteral: ()) { self = .null }
    /// A number with exactly the integer's digits, never in exponent form.
    public init(_ integer: Int64) { self = .number(String(integer)) }
    /// Makes a string, or `null` if there is none.
    public init(_ text: String?) { self = text.map(JSONValue.string) ?? .null }

    /// The same object without its `null` members; other values as they are.
    public var withoutNulls: JSONValue {
        guard case .object(let object) = self else { return self }
        return .object(JSONObject(distinct: object.members.filter { $0.value != .null }))
    }
}
