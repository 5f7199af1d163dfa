/// A mail address, read strictly: what might mean two things to two readers, or end a header, is none.
///
/// Allowed is `name@domain`: a name of the letters, digits and signs that need no quotes (RFC 5321, dot-string), and a domain of
/// labels with a dot between them, or `localhost`. Names beyond ASCII, quoted names, and addresses of networks in brackets
/// are refused. Printing shows the domain only.
public struct MailAddress: Sendable, Hashable {
    /// Why a text is no such address; never repeats the text.
    public enum Fault: Error, Sendable, Hashable, CaseIterable, CustomStringConvertible {
        /// Empty, or more than ``longest`` bytes, or more than 64 before the sign.
        case length
        /// A line break, another control character, or a space.
        case space
        /// A character beyond ASCII.
        case foreign
        /// No `@`, or more than one.
        case sign
        /// A name that would need quotes, or none.
        case name
        /// A domain that is none, or has no dot.
        case domain

        /// What is wrong, as the end of a sentence about the address.
        public var description: String {
            switch self {
            case .length: "it must have 1 to \(MailAddress.longest) bytes, at most 64 of them before the @"
            case .space: "it holds a space, a line break or a control character"
            case .foreign: "it holds a character beyond ASCII, which many mail servers cannot deliver to"
            case .sign: "it must have exactly one @"
            case .name: "what stands before the @ is no plain name of letters, digits, dots and signs"
            case .domain: "what stands behind the @ is no domain, such as example.com"
            }
        }
    }

    /// How many bytes an address may have.
    public static let longest = 254

    /// The address as it was given.
    public let text: String
    /// What stands before the `@`.
    public let name: String
    /// What stands behind it, as it was given.
    public let domain: String

    /// Reads an address.
    public init(_ text: String) throws(Fault) {
        guard (1...Self.longest).contains(text.utf8.count) else { throw .length }
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else { throw .space }
        guard text.utf8.allSatisfy({ $0 < 0x80 }) else { throw .foreign }
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2 else { throw .sign }
        guard parts[0].utf8.count <= 64 else { throw .length }
        guard Self.isName(parts[0]) else { throw .name }
        guard Self.isDomain(parts[1]) else { throw .domain }
        (self.text, name, domain) = (text, String(parts[0]), String(parts[1]))
    }

    private static func isName(_ text: Substring) -> Bool {
        text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { atom in
            !atom.isEmpty && atom.utf8.allSatisfy { isLetterOrDigit($0) || signs.contains($0) }
        }
    }

    private static func isDomain(_ text: Substring) -> Bool {
        if text.lowercased() == "localhost" { return true }
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count > 1, let last = labels.last?.utf8.first, !(0x30...0x39).contains(last) else { return false }
        return labels.allSatisfy { label in
            (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                && label.utf8.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
        }
    }

    private static let signs = Array("!#$%&'*+-/=?^_`{|}~".utf8)

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: false
        }
    }
}

extension MailAddress: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The domain alone, so that no log holds an address by accident.
    public var description: String { "***@" + domain }
    /// The same as ``description``.
    public var debugDescription: String { description }
    /// Shows the masked form only.
    public var customMirror: Mirror { Mirror(self, children: ["masked": description]) }
}
