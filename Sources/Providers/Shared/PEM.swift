import Router
import WebText

/// Keys as people paste them: PEM (RFC 7468), or the base64 inside it.
///
/// Line breaks may have become `\n` written out, spaces, or nothing at all on the way through a variable.
enum PEM {
    /// What kind of key is wanted.
    enum Half: String {
        case privateKey = "PRIVATE KEY"
        case publicKey = "PUBLIC KEY"
    }

    /// Why a text is no key; a sentence for people, without any of the text.
    struct Fault: Error {
        var text: String
    }

    /// The bytes of the first block that holds such a key, or of plain base64.
    ///
    /// - Parameters:
    ///   - text: What was given.
    ///   - half: Which block to take, if there are several.
    /// - Returns: The key's DER bytes.
    /// - Throws: What the text is instead of such a key.
    static func read(_ text: String, _ half: Half) throws(Fault) -> [UInt8] {
        let text = text.replacing("\\r", with: "\n").replacing("\\n", with: "\n")
        guard text.contains("-----BEGIN ") else {
            guard let bytes = base64(text[...]) else { throw Fault(text: "it is neither PEM nor base64") }
            return bytes
        }
        let blocks = try blocks(text)
        guard let block = blocks.first(where: { $0.label.hasSuffix(half.rawValue) }) else {
            throw Fault(text: "it holds a \(blocks.first?.label.prefix(40) ?? "block of another kind")")
        }
        guard !block.label.contains("ENCRYPTED"), !block.body.contains("ENCRYPTED") else {
            throw Fault(text: "it is locked with a passphrase; write it without one (openssl pkey -in KEY -out PLAIN)")
        }
        guard let bytes = base64(block.body) else {
            throw Fault(text: "between its BEGIN and END stands something that is not base64")
        }
        return bytes
    }

    /// Why a text that a reader of RSA keys refused is no such key.
    static func fault(of text: String, _ half: Half) -> String {
        do throws(Fault) { _ = try read(text, half) } catch { return error.text }
        return "this is a key of another kind, or damaged"
    }

    private static func blocks(_ text: String) throws(Fault) -> [(label: Substring, body: Substring)] {
        var blocks: [(label: Substring, body: Substring)] = []
        var rest = text[...]
        while let begin = rest.firstRange(of: "-----BEGIN ") {
            rest = rest[begin.upperBound...]
            guard let dashes = rest.firstRange(of: "-----") else { break }
            let label = rest[..<dashes.lowerBound]
            rest = rest[dashes.upperBound...]
            guard let end = rest.firstRange(of: "-----END \(label)-----") else {
                throw Fault(text: "its last line, -----END \(label.prefix(40))-----, is missing: it was cut short")
            }
            blocks.append((label, rest[..<end.lowerBound]))
            rest = rest[end.upperBound...]
        }
        return blocks
    }

    private static func base64(_ text: Substring) -> [UInt8]? {
        let bytes = Base64.decode(text.filter { !$0.isWhitespace })
        return bytes?.isEmpty == false ? bytes : nil
    }
}
