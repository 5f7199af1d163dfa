/// A record that is kept as JSON, sealed: of accounts, challenges and bills, which are few and change rarely.
///
/// Members that a program does not know stay unread; one that it needs and does not find is a fault.
struct StoredRecord {
    private let object: JSONObject

    init(_ bytes: [UInt8]) throws(RecordFault) {
        guard let object = try? StrictJSON.parse(bytes, maximumDepth: 8).objectValue else {
            throw RecordFault("a sealed record is no JSON object")
        }
        self.object = object
    }

    private init(object: JSONObject) { self.object = object }

    /// The bytes of members; those that are `null` are left out.
    static func bytes(_ members: JSONValue) -> [UInt8] { members.withoutNulls.serialized() }

    func optionalText(_ name: String) throws(RecordFault) -> String? {
        guard let value = object[name], value != .null else { return nil }
        guard let text = value.stringValue else { throw RecordFault("\(name) of a sealed record is no text") }
        return text
    }

    func text(_ name: String) throws(RecordFault) -> String { try needed(optionalText(name), name) }

    func optionalInteger(_ name: String) throws(RecordFault) -> Int64? {
        guard let value = object[name], value != .null else { return nil }
        guard let number = value.integerValue else { throw RecordFault("\(name) of a sealed record is no number") }
        return number
    }

    func integer(_ name: String) throws(RecordFault) -> Int64 { try needed(optionalInteger(name), name) }

    func optionalMoment(_ name: String) throws(RecordFault) -> Moment? {
        try optionalInteger(name).map { Moment(milliseconds: $0) }
    }

    func moment(_ name: String) throws(RecordFault) -> Moment { try needed(optionalMoment(name), name) }

    func flag(_ name: String) -> Bool { object[name]?.boolValue ?? false }

    func word<Word: RawRepresentable<String>>(_ name: String) throws(RecordFault) -> Word {
        try needed(Word(rawValue: text(name)), name)
    }

    /// The words of a list; none if it is not there.
    func words<Word: RawRepresentable<String>>(_ name: String) throws(RecordFault) -> [Word] {
        var words: [Word] = []
        for value in object[name]?.arrayValue ?? [] {
            words.append(try needed(value.stringValue.flatMap(Word.init), name))
        }
        return words
    }

    func value(_ name: String) -> JSONValue? { object[name] }

    func optionalID<Kind: IdentifierKind>(_ name: String) throws(RecordFault) -> Identifier<Kind>? {
        guard let text = try optionalText(name) else { return nil }
        return try Identifier(stored: text)
    }

    func id<Kind: IdentifierKind>(_ name: String) throws(RecordFault) -> Identifier<Kind> {
        try needed(optionalID(name), name)
    }

    func optionalRecord(_ name: String) -> StoredRecord? {
        object[name]?.objectValue.map { StoredRecord(object: $0) }
    }

    private func needed<Value>(_ value: Value?, _ name: String) throws(RecordFault) -> Value {
        guard let value else { throw RecordFault("a sealed record has no \(name) that can be read") }
        return value
    }
}

extension Moment {
    /// As it stands in records.
    var stored: JSONValue { JSONValue(milliseconds) }
}
