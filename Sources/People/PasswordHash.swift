import CArgon2
import Router

/// Hashes passwords with argon2id: 19 MiB of memory, two passes, one lane (OWASP's Password Storage Cheat Sheet).
///
/// A hash takes some twenty milliseconds of one core: only ``PasswordWork`` calls this, which bounds how many run.
struct PasswordHash: Sendable {
    private static let passes: UInt32 = 2
    private static let kibibytes: UInt32 = 19 * 1_024
    private static let lanes: UInt32 = 1
    private static let saltLength = 16
    private static let hashLength = 32

    /// The hash with its parameters and salt, in the PHC string format; `nil` if there is no memory for it.
    static func make(_ password: String, from random: any RandomSource) -> String? {
        let salt = (0..<saltLength / 8).flatMap { _ in withUnsafeBytes(of: random.next()) { Array($0) } }
        let length = argon2_encodedlen(
            passes, kibibytes, lanes, UInt32(saltLength), UInt32(hashLength), Argon2_id)
        var encoded = [CChar](repeating: 0, count: length)
        let bytes = Array(password.utf8)
        let code = argon2id_hash_encoded(
            passes, kibibytes, lanes, bytes, bytes.count, salt, salt.count, hashLength, &encoded, encoded.count)
        guard code == ARGON2_OK.rawValue else { return nil }
        return String(decoding: encoded.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Whether a password has a hash; the comparison takes as long for a wrong one.
    ///
    /// `nil` if there is no memory for it.
    static func verify(_ password: String, _ encoded: String) -> Bool? {
        let bytes = Array(password.utf8)
        switch argon2id_verify(encoded, bytes, bytes.count) {
        case ARGON2_OK.rawValue: return true
        case ARGON2_MEMORY_ALLOCATION_ERROR.rawValue: return nil
        default: return false
        }
    }
}
