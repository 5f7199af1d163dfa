import WebText

/// Reads what ``JSONObjectWriter`` wrote.
///
/// Members it does not ask for are ignored, so that older programs read newer records.
package struct RecordReader {
    private let object: JSONObject

    /// Parses a record.
    ///
    /// - Throws: ``RecordFault`` if the bytes are not a JSON object.
    package init(_ bytes: [UInt8]) throws(RecordFault) {
        do {
            let value = try StrictJSON.parse(bytes, maximumDepth: 64)
            guard let object = value.objectValue else { throw RecordFault("a record is not an object") }
            self.object = object
        } catch {
            throw RecordFault("a record cannot be read")
        }
    }

    private init(_ value: JSONValue, _ name: String) throws(RecordFault) {
        guard let object = value.objectValue else { throw RecordFault("\(name) is not an object") }
        self.object = object
    }

    package func text(_ name: String) throws(RecordFault) -> String {
        try required(optionalText(name), name)
    }

    package func optionalText(_ name: String) throws(RecordFault) -> String? {
        guard let value = object[name] else { return nil }
        return try required(value.stringValue, name)
    }

    package func integer(_ name: String) throws(RecordFault) -> Int64 {
        try required(optionalInteger(name), name)
    }

    package func optionalInteger(_ name: String) throws(RecordFault) -> Int64? {
        guard let value = object[name] else { return nil }
        return try required(value.integerValue, name)
    }

    package func moment(_ name: String) throws(RecordFault) -> Moment {
        Moment(milliseconds: try integer(name))
    }

    package func optionalMoment(_ name: String) throws(RecordFault) -> Moment? {
        try optionalInteger(name).map { Moment(milliseconds: $0) }
    }

    package func optionalFlag(_ name: String) throws(RecordFault) -> Bool? {
        guard let value = object[name] else { return nil }
        return try required(value.boolValue, name)
    }

    /// A text that must be one of the enumeration's; a fault otherwise.
    package func word<Word: RawRepresentable<String>>(_ name: String) throws(RecordFault) -> Word {
        let text = try text(name)
        return try required(Word(rawValue: text), name)
    }

    package func value(_ name: String) -> JSONValue? { object[name] }

    package func optionalObject<Value>(
        _ name: String, _ body: (RecordReader) throws(RecordFault) -> Value
    ) throws(RecordFault) -> Value? {
        guard let value = object[name] else { return nil }
        return try body(RecordReader(value, name))
    }

    package func list<Element>(
        _ name: String, _ body: (RecordReader) throws(RecordFault) -> Element
    ) throws(RecordFault) -> [Element] {
        var elements: [Element] = []
        for value in try values(name) { elements.append(try body(RecordReader(value, name))) }
        return elements
    }

    package func texts(_ name: String) throws(RecordFault) -> [String] {
        var texts: [String] = []
        for value in try values(name) { texts.append(try required(value.stringValue, name)) }
        return texts
    }

    package func octets(_ name: String, hexadecimal: String) throws(RecordFault) -> [UInt8] {
        if let text = try optionalText(name) { return Array(text.utf8) }
        guard let digits = try optionalText(hexadecimal) else { return [] }
        return try required(Hex.bytes(digits), hexadecimal)
    }

    /// The members, for records that are free maps.
    package var members: [JSONObject.Member] { object.members }

    private func values(_ name: String) throws(RecordFault) -> [JSONValue] {
        guard let value = object[name] else { return [] }
        return try required(value.arrayValue, name)
    }

    private func required<Value>(_ value: Value?, _ name: String) throws(RecordFault) -> Value {
        guard let value else { throw RecordFault("\(name) is missing or wrong") }
        return value
    }
}

/// A stored record that does not say what it should.
///
/// Never holds the record's content.
package struct RecordFault: Error, Sendable, Hashable, CustomStringConvertible {
    package var detail: String

    package init(_ detail: String) { self.detail = detail }

    package var description: String { detail }
}
