import WebText

/// Makes the random names that operators give to things.
enum Identifiers {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)

    /// So many letters and digits, unguessable.
    static func token(_ count: Int) -> String {
        var generator = SystemRandomNumberGenerator()
        return String(
            decoding: (0..<count).map { _ in alphabet[Int.random(in: 0..<62, using: &generator)] }, as: UTF8.self)
    }

    /// The operator's own number of one transaction: the time and nine digits of chance, never the same twice.
    static func number(at now: Int64) -> String {
        let chance = String(UInt32.random(in: 0...999_999_999))
        return String(now) + String(repeating: "0", count: 9 - chance.count) + chance
    }

    /// Random bytes with the marks of a version 4 UUID, as 22 characters of URL-safe base64.
    static func shortUUID() -> String {
        var bytes = (0..<16).map { _ in UInt8.random(in: .min ... .max) }
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        return Base64.encode(urlSafe: bytes)
    }
}
