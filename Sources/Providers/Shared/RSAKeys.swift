import COpenSSL
import Router

/// An RSA key that signs with PKCS#1 v1.5 over MD5, because an operator demands it.
///
/// libcrypto does the work: other libraries refuse this digest and short keys.
struct RSASigningKey: Sendable {
    private let text: Secret
    /// The key's size.
    let bits: Int

    /// Reads PKCS#1 or PKCS#8, as PEM or as its base64; `nil` if it is anything else.
    init?(_ text: Secret) {
        guard let der = try? PEM.read(text.reveal(), .privateKey) else { return nil }
        let bits = Int(payrouter_rsa_bits(der, der.count, 1))
        guard bits > 0 else { return nil }
        self.text = text
        self.bits = bits
    }

    /// The signature of some bytes; `nil` if libcrypto refuses.
    func sign(_ bytes: [UInt8]) -> [UInt8]? {
        guard let der = try? PEM.read(text.reveal(), .privateKey) else { return nil }
        let capacity = (bits + 7) / 8
        let signature = [UInt8](unsafeUninitializedCapacity: capacity) { out, count in
            count = payrouter_rsa_md5_sign(der, der.count, bytes, bytes.count, out.baseAddress, capacity)
        }
        return signature.isEmpty ? nil : signature
    }
}

/// An operator's public RSA key, for PKCS#1 v1.5 over MD5.
struct RSAVerifyingKey: Sendable, Hashable {
    private let der: [UInt8]
    /// The key's size.
    let bits: Int

    /// Reads a SubjectPublicKeyInfo, as PEM or as its base64; `nil` if it is anything else.
    init?(_ text: String) {
        guard let der = try? PEM.read(text, .publicKey) else { return nil }
        let bits = Int(payrouter_rsa_bits(der, der.count, 0))
        guard bits > 0 else { return nil }
        self.der = der
        self.bits = bits
    }

    /// Whether a signature of some bytes is right.
    func verifies(_ signature: [UInt8], of bytes: [UInt8]) -> Bool {
        payrouter_rsa_md5_verify(der, der.count, bytes, bytes.count, signature, signature.count) == 1
    }
}

extension ProviderSetup {
    /// An RSA private key among the secrets.
    func signingKey(_ name: String) throws(ProviderConfigurationError) -> RSASigningKey {
        let text = try givenSecret(name)
        guard let key = RSASigningKey(text) else {
            throw ProviderConfigurationError(
                pointer: "/secrets/\(name)",
                "expected an RSA private key as PEM, or the base64 of its DER form, and "
                    + PEM.fault(of: text.reveal(), .privateKey))
        }
        return key
    }
}

extension RSAVerifyingKey {
    /// Reads a key that stands in the settings.
    init(_ text: String, setting: String) throws(ProviderConfigurationError) {
        guard let key = RSAVerifyingKey(text) else {
            throw .setting(
                setting,
                "expected an RSA public key as PEM, or the base64 of its SubjectPublicKeyInfo, and "
                    + PEM.fault(of: text, .publicKey))
        }
        self = key
    }
}
