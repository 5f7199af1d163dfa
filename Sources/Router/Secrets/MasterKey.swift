import Crypto
import WebText

/// The one key that an installation is given; it wraps the keys of the data (``DataKeys``), which lie in the store.
///
/// Its ``id`` (not the key) is stored with the data, so that starting with another key is refused before anything is
/// written.
public struct MasterKey: Sendable {
    private let key: SymmetricKey

    /// Takes the key's bytes.
    ///
    /// - Parameter bytes: At least 32 random bytes; with fewer there is no key.
    public init?(bytes: [UInt8]) {
        guard bytes.count >= 32 else { return nil }
        key = SymmetricKey(data: bytes)
    }

    /// A new key with its 32 bytes, for whoever has to keep them.
    public static func random() -> (key: MasterKey, bytes: [UInt8]) {
        let fresh = SymmetricKey(size: .bits256)
        return (MasterKey(key: fresh), fresh.withUnsafeBytes { Array($0) })
    }

    private init(key: SymmetricKey) { self.key = key }

    /// Why it can be guessed; `nil` for a key that cannot.
    package var weakness: KeyWeakness? { key.withUnsafeBytes { KeyWeakness.of(Array($0)) } }

    /// A key of its own for a purpose, by HKDF-SHA256.
    ///
    /// Nobody but ``DataKeys`` asks for one, beside ``id``: what is made with a derived key dies with the master key.
    func derive(_ purpose: String) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: key, info: Array("payrouter/1/\(purpose)".utf8), outputByteCount: 32)
    }

    /// The installation fact that holds the ``id`` of the key the data belong to.
    package static let fact = "master_key_id"

    /// A public fingerprint of the key: 16 hexadecimal digits.
    public var id: String {
        derive("key-id").withUnsafeBytes { bytes in Hex.text(bytes.prefix(8)) }
    }
}
