/// The three containers of ``TreeDecoder``.
struct TreeKeyedContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let object: JSONObject
    let codingPath: [any CodingKey]
    let run: DecodingRun
    let spelling: KeySpelling<Key>
    var allKeys: [Key] { object.members.compactMap { spelling.key(named: $0.name) } }

    func contains(_ key: Key) -> Bool { value(key) != nil }

    private func name(of key: Key) -> String {
        let name = spelling.name(of: key)
        if run.isSurvey { run.remember(name, in: codingPath) }
        return name
    }

    private func value(_ key: Key) -> JSONValue? { object[name(of: key)] }

    private func decoder(_ key: Key) throws -> TreeDecoder {
        let name = TreeNameKey(name(of: key))
        guard let value = object[name.stringValue] else {
            throw DecodingError.keyNotFound(name, .init(codingPath: codingPath, debugDescription: ""))
        }
        return TreeDecoder(value: value, codingPath: codingPath + [name], run: run)
    }

    func decodeNil(forKey key: Key) throws -> Bool { value(key) == .null }
    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
        do {
            return try decoder(key).decode(type)
        } catch {
            guard run.isSurvey, let standIn = standIn(type, key) else { throw error }
            return standIn
        }
    }

    // Scalars that are what they should be need no decoder of their own.
    func decode(_ type: String.Type, forKey key: Key) throws -> String {
        guard case .string(let text)? = value(key) else { return run.isSurvey ? "" : try decoder(key).decode(type) }
        return text
    }
    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
        switch value(key) {
        case nil, .null: nil
        case .string(let text): text
        default: run.isSurvey ? nil : try decoder(key).decode(type)
        }
    }
    func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? {
        switch value(key) {
        case nil, .null: return nil
        default:
            do { return try decoder(key).decode(type) } catch {
                guard run.isSurvey else { throw error }
                return nil
            }
        }
    }

    /// Some value of a type, so that a survey gets to hear what is asked for after it.
    private func standIn<T: Decodable>(_ type: T.Type, _ key: Key) -> T? {
        let word = TreeDecoder.words(of: type).first ?? ""
        let some: [JSONValue] = [.string(word), .number("0"), .bool(false), .array([]), .object(JSONObject())]
        let path = codingPath + [TreeNameKey(name(of: key))]
        return some.lazy.compactMap { try? TreeDecoder(value: $0, codingPath: path, run: run).decode(type) }.first
    }

    func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<NestedKey> { try decoder(key).container(keyedBy: type) }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try decoder(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder {
        TreeDecoder(value: .object(object), codingPath: codingPath, run: run)
    }
    func superDecoder(forKey key: Key) throws -> any Decoder { try decoder(key) }
}

/// A member's name as the document spells it.
struct TreeNameKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { return nil }
}

struct TreeIndexKey: CodingKey {
    let index: Int
    var stringValue: String { String(index) }
    var intValue: Int? { index }
    init(_ index: Int) { self.index = index }
    init?(stringValue: String) { return nil }
    init?(intValue: Int) { index = intValue }
}

struct TreeUnkeyedContainer: UnkeyedDecodingContainer {
    let elements: [JSONValue]
    let codingPath: [any CodingKey]
    let run: DecodingRun
    var currentIndex = 0
    var count: Int? { elements.count }
    var isAtEnd: Bool { currentIndex >= elements.count }

    private mutating func next() throws -> TreeDecoder {
        guard !isAtEnd else {
            throw JSONIssue(
                pointer: JSONPointer.text(codingPath), code: "missing_element", detail: "more elements are required")
        }
        defer { currentIndex += 1 }
        return TreeDecoder(
            value: elements[currentIndex], codingPath: codingPath + [TreeIndexKey(currentIndex)], run: run)
    }

    mutating func decodeNil() throws -> Bool {
        guard !isAtEnd, elements[currentIndex] == .null else { return false }
        currentIndex += 1
        return true
    }
    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T { try next().decode(type) }
    mutating func nestedContainer<NestedKey: CodingKey>(
        keyedBy type: NestedKey.Type
    ) throws -> KeyedDecodingContainer<NestedKey> { try next().container(keyedBy: type) }
    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { try next().unkeyedContainer() }
    mutating func superDecoder() throws -> any Decoder { try next() }
}

struct TreeSingleContainer: SingleValueDecodingContainer {
    let decoder: TreeDecoder
    var codingPath: [any CodingKey] { decoder.codingPath }
    func decodeNil() -> Bool { decoder.value == .null }
    func decode<T: Decodable>(_ type: T.Type) throws -> T { try decoder.decode(type) }
}

extension TreeDecoder {
    /// Decodes scalars here, everything else through the type itself.
    func decode<T: Decodable>(_ type: T.Type) throws -> T {
        let scalar: Any
        switch type {
        case is String.Type: scalar = try value.stringValue ?? fail("a string")
        case is Bool.Type: scalar = try value.boolValue ?? fail("true or false")
        case let width as any FixedWidthInteger.Type: scalar = try integer(width)
        case is JSONValue.Type: scalar = value
        case is Double.Type, is Float.Type: throw mismatch("no floating-point value; write the number as a string")
        default:
            do { return try T(from: self) } catch let error as DecodingError { throw choiceMismatch(type) ?? error }
        }
        guard let result = scalar as? T else { throw mismatch("a value of type \(T.self)") }
        return result
    }

    /// Says which words a choice knows; Foundation names only the one it does not.
    private func choiceMismatch(_ type: Any.Type) -> (any Error)? {
        let words = Self.words(of: type)
        guard case .string(let text) = value, !words.isEmpty else { return nil }
        var issue = mismatch("one of " + words.joined(separator: ", "))
        if let question = NearestName.question(text, among: words) { issue.detail += "; " + question }
        return issue
    }

    /// The words that a choice knows; empty for types that are no choice between words.
    static func words(of type: Any.Type) -> [String] {
        func all<T: CaseIterable & RawRepresentable<String>>(_ choice: T.Type) -> [String] {
            T.allCases.map(\.rawValue)
        }
        guard let choice = type as? any (CaseIterable & RawRepresentable<String>).Type else { return [] }
        return all(choice)
    }

    private func fail<T>(_ expected: String) throws -> T { throw mismatch(expected) }

    private func integer<T: FixedWidthInteger>(_ type: T.Type) throws -> T {
        guard case .number = value else { throw mismatch("an integer") }
        guard let integer = value.integerValue.flatMap(T.init(exactly:)) else {
            throw JSONIssue(
                pointer: JSONPointer.text(codingPath), code: "not_an_integer",
                detail: "expected a whole number written as digits only, such as 5000, of at most \(T.bitWidth) bits")
        }
        return integer
    }
}

extension JSONValue: Decodable {
    /// Reads any JSON value, but only with ``StrictDecoder``.
    public init(from decoder: any Decoder) throws {
        guard let tree = decoder as? TreeDecoder else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "JSONValue is read by StrictDecoder only"))
        }
        self = tree.value
    }
}
