import Crypto

/// Keyed codes of messages (HMAC, RFC 2104), as operators sign notifications and answers with.
///
/// A provider verifies the raw bytes before it parses them. ``isValid(_:of:key:)`` takes as long for a wrong code as for
/// the right one; for other secrets, such as a token in a path, there is ``ConstantTime``.
public enum MessageCode: Sendable, Hashable, CaseIterable {
    /// HMAC-SHA256, 32 bytes.
    case sha256
    /// HMAC-SHA384, 48 bytes.
    case sha384
    /// HMAC-SHA512, 64 bytes.
    case sha512
    /// HMAC-SHA1, 20 bytes, for operators that have nothing better.
    case sha1

    /// The code of a message, as bytes: ``Hex`` and ``Base64`` write them.
    ///
    /// The key is the secret's UTF-8 bytes. Operators that give out keys as hexadecimal digits or base64 mean either this
    /// text or the bytes it stands for; for those there is ``code(of:keyBytes:)``.
    public func code(of message: some Sequence<UInt8>, key: Secret) -> [UInt8] {
        code(of: message, keyBytes: Array(key.reveal().utf8))
    }

    /// The code of a message under a key that is no text.
    public func code(of message: some Sequence<UInt8>, keyBytes: [UInt8]) -> [UInt8] {
        let (message, key) = (Array(message), SymmetricKey(data: keyBytes))
        return switch self {
        case .sha256: Array(HMAC<SHA256>.authenticationCode(for: message, using: key))
        case .sha384: Array(HMAC<SHA384>.authenticationCode(for: message, using: key))
        case .sha512: Array(HMAC<SHA512>.authenticationCode(for: message, using: key))
        case .sha1: Array(HMAC<Insecure.SHA1>.authenticationCode(for: message, using: key))
        }
    }

    /// Whether a code belongs to a message, compared in constant time.
    ///
    /// An empty key makes every code wrong: a secret that is missing refuses.
    public func isValid(_ code: [UInt8], of message: some Sequence<UInt8>, key: Secret) -> Bool {
        isValid(code, of: message, keyBytes: Array(key.reveal().utf8))
    }

    /// The same under a key that is no text.
    public func isValid(_ code: [UInt8], of message: some Sequence<UInt8>, keyBytes: [UInt8]) -> Bool {
        !keyBytes.isEmpty && ConstantTime.areEqual(code, self.code(of: message, keyBytes: keyBytes))
    }
}

/// Comparing secrets without telling by the time it takes how much of them was right.
public enum ConstantTime {
    /// Whether two texts or lists of bytes are equal; only their lengths show in the time it takes.
    public static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// Whether two texts have the same UTF-8 bytes.
    public static func areEqual(_ left: String, _ right: String) -> Bool {
        areEqual(Array(left.utf8), Array(right.utf8))
    }
}
