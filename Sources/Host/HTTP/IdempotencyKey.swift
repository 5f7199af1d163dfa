/// Reads the `Idempotency-Key` header in both spellings (rules IK-1 to IK-5).
package enum IdempotencyKey {
    /// Why a header yields no key.
    package enum Fault: Error, Sendable, Hashable {
        case missing
        case invalid(String)
    }

    /// The key, whichever way it is spelled.
    ///
    /// - Parameter values: The header's lines.
    /// - Returns: The key, or why there is none.
    package static func parse(_ values: [String]) -> Result<String, Fault> {
        guard let value = values.first else { return .failure(.missing) }
        guard values.count == 1 else { return .failure(.invalid("the header stands twice")) }
        var text = value.utf8.drop { $0 == space }
        while text.last == space { text.removeLast() }
        return read(Array(text))
    }

    private static func read(_ text: [UInt8]) -> Result<String, Fault> {
        guard !text.isEmpty else { return .failure(.invalid("the header is empty")) }
        return (text[0] == quote ? quoted(text) : bare(text)).flatMap { key in
            key.utf8.count >= 16
                ? .success(key) : .failure(.invalid("a key has at least 16 characters; use a UUID"))
        }
    }

    private static let quote = UInt8(ascii: "\"")
    private static let space = UInt8(ascii: " ")
    private static let backslash = UInt8(ascii: "\\")

    private static func bare(_ text: [UInt8]) -> Result<String, Fault> {
        guard text.count <= 255 else { return .failure(.invalid("a key has at most 255 characters")) }
        guard
            text.allSatisfy({ byte in
                (0x21...0x7E).contains(byte) && byte != quote && byte != UInt8(ascii: ",") && byte != UInt8(ascii: ";")
            })
        else {
            return .failure(.invalid("an unquoted key has visible ASCII characters without \" , ;"))
        }
        return .success(String(decoding: text, as: UTF8.self))
    }

    /// An RFC 9651 string, perhaps with parameters, which are ignored.
    private static func quoted(_ text: [UInt8]) -> Result<String, Fault> {
        var key: [UInt8] = []
        var index = 1
        while index < text.count, text[index] != quote {
            if text[index] == backslash {
                index += 1
                guard index < text.count, text[index] == quote || text[index] == backslash else {
                    return .failure(.invalid("after a backslash only \" or \\ may stand"))
                }
            }
            guard (0x20...0x7E).contains(text[index]) else {
                return .failure(.invalid("a quoted key has printable ASCII characters"))
            }
            key.append(text[index])
            index += 1
        }
        guard index < text.count else { return .failure(.invalid("the closing quote is missing")) }
        let rest = text[(index + 1)...]
        guard rest.isEmpty || rest.first == UInt8(ascii: ";") else {
            return .failure(.invalid("something stands behind the closing quote"))
        }
        guard (1...255).contains(key.count) else { return .failure(.invalid("a key has 1 to 255 characters")) }
        return .success(String(decoding: key, as: UTF8.self))
    }
}
