import Crypto

/// By what two files are told apart.
enum FileHash {
    /// SHA-256 of the bytes.
    static func of(_ bytes: [UInt8]) -> [UInt8] {
        bytes.withUnsafeBytes { bytes in SHA256.hash(data: bytes).withUnsafeBytes { Array($0) } }
    }
}
