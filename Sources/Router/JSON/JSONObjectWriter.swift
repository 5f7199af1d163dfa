import WebText

/// Writes one JSON object straight into bytes: what the stores keep of a record, and what callers see of a payment.
///
/// Absent values are left out, or `null` where `nullable` says so. No tree is built on the way, because every step of
/// every payment comes through here.
package struct JSONObjectWriter {
    package private(set) var bytes: [UInt8] = []

    /// Makes the JSON object that `body` fills.
    package static func object(_ body: (inout JSONObjectWriter) -> Void) -> [UInt8] {
        var writer = JSONObjectWriter()
        writer.bytes.reserveCapacity(2_048)
        writer.braced(body)
        return writer.bytes
    }

    package mutating func field(_ name: StaticString, _ text: String?) {
        guard var text else { return }
        let isWritten = text.withUTF8 { characters in
            guard [UInt8].isPlain(characters) else { return false }
            member(name, .text, characters, .quote)
            return true
        }
        guard !isWritten else { return }
        begin(name)
        bytes.appendJSONString(text)
    }

    package mutating func field(_ name: StaticString, _ number: Int64?) {
        guard let number else { return }
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var (rest, start) = (number.magnitude, 20)
            repeat {
                start -= 1
                digits.initializeElement(at: start, to: UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
                rest /= 10
            } while rest > 0
            member(name, number < 0 ? .minus : .colon, UnsafeBufferPointer(rebasing: digits[start...]), .nothing)
        }
    }

    package mutating func field(_ name: StaticString, _ number: Int) { field(name, Int64(number)) }

    package mutating func field(_ name: StaticString, _ moment: Moment?) { field(name, moment?.milliseconds) }

    package mutating func field(_ name: StaticString, _ flag: Bool?) {
        guard let flag else { return }
        member(name, flag ? .yes : .no, Self.nothing, .nothing)
    }

    package mutating func field(_ name: StaticString, _ value: JSONValue) {
        begin(name)
        bytes.appendJSON(value)
    }

    /// A member that is an object; `nil` writes nothing.
    package mutating func object<Value>(
        _ name: StaticString, _ value: Value?, _ body: (inout JSONObjectWriter, Value) -> Void
    ) {
        guard let value else { return }
        begin(name)
        braced { body(&$0, value) }
    }

    /// A member that is an array of objects; an empty one writes nothing.
    package mutating func list<Element>(
        _ name: StaticString, _ elements: [Element], _ body: (inout JSONObjectWriter, Element) -> Void
    ) {
        bracketed(name, elements) { writer, element in writer.braced { body(&$0, element) } }
    }

    /// A member that is an array of texts; an empty one writes nothing.
    package mutating func list(_ name: StaticString, _ texts: [String]) {
        bracketed(name, texts) { writer, text in writer.bytes.appendJSONString(text) }
    }

    /// A member that is a text or `null`.
    package mutating func nullable(_ name: StaticString, _ text: String?) {
        guard let text else { return null(name) }
        field(name, text)
    }

    /// A member that is a number or `null`.
    package mutating func nullable(_ name: StaticString, _ number: Int?) {
        guard let number else { return null(name) }
        field(name, number)
    }

    /// A member that is an object or `null`.
    package mutating func nullable<Value>(
        _ name: StaticString, _ value: Value?, _ body: (inout JSONObjectWriter, Value) -> Void
    ) {
        guard let value else { return null(name) }
        object(name, value, body)
    }

    /// A member that is an array of objects, written even if it is empty.
    package mutating func array<Element>(
        _ name: StaticString, _ elements: [Element], _ body: (inout JSONObjectWriter, Element) -> Void
    ) {
        guard elements.isEmpty else { return list(name, elements, body) }
        begin(name)
        bytes.appendText("[]")
    }

    /// A member that is an array of objects that are written already.
    package mutating func array(_ name: StaticString, objects: [[UInt8]]) {
        begin(name)
        bytes.append(UInt8(ascii: "["))
        for (index, object) in objects.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes += object
        }
        bytes.append(UInt8(ascii: "]"))
    }

    /// A member whose name comes from outside.
    package mutating func member(_ name: String, _ text: String) {
        separate()
        bytes.appendJSONString(name)
        bytes.append(UInt8(ascii: ":"))
        bytes.appendJSONString(text)
    }

    private mutating func null(_ name: StaticString) {
        member(name, .null, Self.nothing, .nothing)
    }

    /// Bytes: as `text` where they are UTF-8 without NUL, else as hexadecimal digits under the name with `_hex`.
    package mutating func octets(_ name: StaticString, hexadecimal: StaticString, _ octets: [UInt8]) {
        if octets.isEmpty { return }
        if octets.allSatisfy({ $0 < 0x80 }) {
            field(name, String(decoding: octets, as: UTF8.self))
        } else if let text = String(validating: octets, as: UTF8.self) {
            field(name, text)
        } else {
            field(hexadecimal, Hex.text(octets))
        }
    }

    private mutating func bracketed<Element>(
        _ name: StaticString, _ elements: [Element], _ body: (inout JSONObjectWriter, Element) -> Void
    ) {
        guard !elements.isEmpty else { return }
        begin(name)
        bytes.append(UInt8(ascii: "["))
        for (index, element) in elements.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            body(&self, element)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    private mutating func braced(_ body: (inout JSONObjectWriter) -> Void) {
        bytes.append(UInt8(ascii: "{"))
        body(&self)
        bytes.append(UInt8(ascii: "}"))
    }

    private mutating func separate() {
        if bytes.last != UInt8(ascii: "{") { bytes.append(UInt8(ascii: ",")) }
    }

    private mutating func begin(_ name: StaticString) { member(name, .colon, Self.nothing, .nothing) }

    private static var nothing: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: nil, count: 0) }

    /// A name and what follows it in one piece: this is called more often than anything else on the way of a payment.
    private mutating func member(
        _ name: StaticString, _ colon: JSONMark, _ value: UnsafeBufferPointer<UInt8>, _ end: JSONMark
    ) {
        let isFirst = bytes.last == UInt8(ascii: "{")
        bytes.appendPieces(isFirst ? .quote : .next, name, colon, value, end)
    }
}
