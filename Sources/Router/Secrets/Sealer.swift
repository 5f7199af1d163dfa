import Crypto

/// Seals bytes at rest with AES-256-GCM under a key of the installation's data.
package struct Sealer: Sendable {
    private let key: SymmetricKey
    private let contexts: CipherContexts
    private let index: HMAC<SHA256>

    package init(_ keys: DataKeys) {
        key = keys[.seal]
        contexts = CipherContexts(key)
        index = HMAC(key: keys[.blindIndex])
    }

    /// Nonce, ciphertext and tag in one piece.
    package func seal(_ bytes: [UInt8]) -> [UInt8]? { contexts.seal(bytes) }

    /// The bytes, or `nil` if they were changed or sealed under another key.
    package func open(_ sealed: [UInt8]) -> [UInt8]? {
        guard let box = try? AES.GCM.SealedBox(combined: sealed), let bytes = try? AES.GCM.open(box, using: key) else {
            return nil
        }
        return Array(bytes)
    }

    /// A keyed digest that ties bytes to the digest of what came before them.
    package func chained(_ previous: [UInt8], _ bytes: [UInt8]) -> [UInt8] {
        var code = index
        code.update(data: Array("chain\u{1F}\(previous.count)\u{1F}".utf8) + previous + bytes)
        return Array(code.finalize())
    }

    /// A keyed fingerprint by which a sealed text can be found again, for instance a phone number.
    package func blindIndex(_ text: String) -> [UInt8] {
        var code = index
        code.update(data: Array(text.utf8))
        return Array(code.finalize().prefix(16))
    }
}
