import Router
import WebText

/// Opaque list positions.
enum Cursor {
    /// What a parameter that takes one expects.
    static let expected = "the next_cursor of an earlier answer"

    static func text(_ id: String) -> String { Hex.text(Array(id.utf8)) }

    /// A position in a list of numbered lines.
    static func text(_ number: Int64) -> String { text(String(number)) }

    static func number(_ text: String) -> Int64? {
        Hex.bytes(text).flatMap { Int64(String(decoding: $0, as: UTF8.self)) }.flatMap { $0 > 0 ? $0 : nil }
    }

    static func read<Kind: IdentifierKind>(_ text: String) -> Identifier<Kind>? {
        Hex.bytes(text).flatMap { Identifier<Kind>(String(decoding: $0, as: UTF8.self)) }
    }

    /// A position in a list of orders of every kind.
    static func order(_ text: String) -> OrderID? {
        Hex.bytes(text).flatMap { OrderID(String(decoding: $0, as: UTF8.self)) }
    }

    static func read(_ text: String, _ kind: OrderKind) -> OrderID? {
        Hex.bytes(text).flatMap { OrderID(String(decoding: $0, as: UTF8.self), kind) }
    }
}
