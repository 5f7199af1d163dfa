import Crypto
import WebText

/// Why a master key can be guessed; a judgement of its bytes alone.
///
/// Of random bytes none of this is ever true in practice: the likeliest of these rules meets one key in ten million million.
package struct KeyWeakness: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is weak about it, as it is told; never a part of the key.
    package var description: String

    /// Judges the bytes of a key.
    ///
    /// - Parameter bytes: At least 32.
    /// - Returns: `nil` if nothing speaks against the key.
    package static func of(_ bytes: [UInt8]) -> KeyWeakness? {
        fault(bytes).map { KeyWeakness(description: $0) }
    }

    private static func fault(_ bytes: [UInt8]) -> String? {
        let digits = bytes.flatMap { [$0 >> 4, $0 & 15] }
        if isKnown(bytes) { return "it is an example that everybody knows" }
        if isText(bytes), bytes.count < shortestText { return "it is text, and too short for that" }
        if repeats(digits) || repeats(steps(digits)) || repeats(steps(bytes)) { return "it follows a pattern" }
        let fewest = bytes.count < shortestText ? fewestDistinct : fewestCharacters
        var counts = [Int](repeating: 0, count: 256)
        for byte in bytes { counts[Int(byte)] += 1 }
        let mostFrequent = counts.max() ?? 0
        if counts.count(where: { $0 > 0 }) < fewest || mostFrequent > bytes.count / 3 {
            return "it has few different bytes"
        }
        if bytes.count < shortestText, Set(digits).count < fewestDigits || digits.allSatisfy({ $0 < 10 }) {
            return "it has few different hexadecimal digits"
        }
        return nil
    }

    /// Base64 of 32 bytes has as many characters.
    private static let shortestText = 43
    /// Of 32 random bytes about 30 are different.
    private static let fewestDistinct = 16
    /// Of long texts, which may be hexadecimal.
    private static let fewestCharacters = 12
    /// Of 64 random hexadecimal digits all 16 occur nearly always.
    private static let fewestDigits = 9

    private static func isText(_ bytes: [UInt8]) -> Bool { bytes.allSatisfy { (0x20...0x7E).contains($0) } }

    /// The differences between neighbours: the same for all of a sequence.
    private static func steps(_ values: [UInt8]) -> [UInt8] { zip(values.dropFirst(), values).map { $0 &- $1 } }

    /// Whether what follows a beginning repeats it to the end: a beginning of half the values at most, or one that leaves 20
    /// of them to be the same.
    private static func repeats(_ values: [UInt8]) -> Bool {
        // For each place, how much of the beginning ends there (Knuth, Morris and Pratt).
        var overlap = [Int](repeating: 0, count: values.count)
        for place in values.indices.dropFirst() {
            var length = overlap[place - 1]
            while length > 0, values[place] != values[length] { length = overlap[length - 1] }
            overlap[place] = values[place] == values[length] ? length + 1 : 0
        }
        let period = values.count - (overlap.last ?? 0)
        return period <= max(values.count / 2, values.count - 20)
    }

    /// Whether it is one of the keys in ``examples``, or a usual hash of a word that people put in the place of a secret.
    private static func isKnown(_ bytes: [UInt8]) -> Bool {
        if hashes.contains(bytes) { return true }
        let text = Hex.text(bytes)
        return examples.contains { text.hasPrefix($0) }
    }

    /// Keys printed in standards and in tutorials, as their first hexadecimal digits.
    private static let examples = [
        // AES-256 of NIST SP 800-38A, and of GCM's test cases.
        "603deb1015ca71be2b73aef0857d7781", "feffe9928665731c6d6a8f9467308308",
        // HKDF and ChaCha20-Poly1305 of RFC 5869 and RFC 8439, Ed25519 and X25519 of RFC 8032 and RFC 7748.
        "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "808182838485868788898a8b8c8d8e8f",
        "1c9240a5eb55d38af333888604f6b5f0", "9d61b19deffd5a60ba844af492ec2cc4",
        "77076d0a7318a57d3c16c17251b26645",
        // First accounts of development blockchains.
        "ac0974bec39a17e36ba4a6b4d238ff94", "4f3edf983ac636a65a842ce7c78d9aa7",
        // Words of hexadecimal digits.
        "deadbeefdeadbeef", "cafebabecafebabe", "0123456789abcdef0123", "fedcba9876543210fedc", "123456789abcdef0",
        "00112233445566778899aabbccddeeff", "ffeeddccbbaa99887766554433221100",
    ]

    private static let hashes = Set(words.map { Array(SHA256.hash(data: Array($0.utf8))) })

    private static let words = [
        "", "0", "1", "a", "123", "1234", "12345", "123456", "12345678", "123456789", "1234567890", "abc", "admin",
        "changeit", "changeme", "changeme\n", "default", "demo", "dev", "example", "foo", "hello", "hello world", "key",
        "letmein", "master", "masterkey", "master key", "master_key", "master-key", "my secret", "mysecret", "none",
        "passphrase", "password", "password\n", "password1", "password123", "payrouter", "payrouter\n",
        "PAYROUTER_MASTER_KEY", "production", "qwerty", "root", "sandbox", "secret", "secret\n", "secretkey", "test",
        "test\n", "test123", "testing", "The quick brown fox jumps over the lazy dog", "\0",
    ]
}
