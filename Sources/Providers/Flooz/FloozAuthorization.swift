import COpenSSL
import Crypto
import Router
import WebText

/// The value of the `Authorization` header, in each of its variants (docs/protocols/flooz.md, A2).
struct FloozAuthorization: Sendable {
    let mode: FloozKind.Authorization.Mode
    let index: FloozKind.Authorization.IndexSource
    let indexValue: Int64
    let iv: FloozKind.Authorization.IV
    let prefix: String
    let username: String
    let password: Secret
    let key: Secret

    init(
        _ settings: FloozKind.Authorization?, _ username: String, _ setup: ProviderSetup
    ) throws(ProviderConfigurationError) {
        mode = settings?.mode ?? .encrypted
        let isToken = mode == .tokenEndpoint
        index = settings?.index ?? (isToken ? .constant : .counter)
        indexValue = settings?.indexValue ?? 0
        iv = settings?.iv ?? .zero
        prefix = settings?.prefix ?? ""
        self.username = username
        let require = ProviderConfigurationError.require
        try require(
            prefix.consists(of: .printable, 0...32), "authorization/prefix", "expected at most 32 printable characters")
        try require(indexValue >= 0, "authorization/index_value", "expected 0 or more")
        try require(
            !isToken || index == .constant, "authorization/index", "a token is asked for with a constant number")
        password = mode == .apiKey ? Secret("") : try setup.requiredSecret("password")
        switch mode {
        case .apiKey: key = try setup.requiredKey("api_key")
        case .tokenEndpoint: key = Secret("")
        case .encrypted: key = try setup.requiredSecret("encryption_key")
        }
        guard mode != .encrypted || Self.bytes(of: key) != nil else {
            throw ProviderConfigurationError(
                pointer: "/secrets/encryption_key", "expected 32 bytes, or 64 hexadecimal digits")
        }
    }

    /// The header's value for one exchange; `nil` if it needs a token and there is none.
    func value(_ context: SigningContext) -> String? {
        switch mode {
        case .apiKey: prefix + key.reveal()
        case .tokenEndpoint: context.token.map { prefix + $0 }
        case .encrypted: encrypted(context).map { prefix + $0 }
        }
    }

    private func encrypted(_ context: SigningContext) -> String? {
        let number: Int64 =
            switch index {
            case .constant: indexValue
            case .random: Int64(context.random % 10_000_000) + 1
            case .counter: context.sequence
            }
        let text = Array("\(number):\(username):\(password.reveal())".utf8)
        let vector = iv == .zero ? [UInt8](repeating: 0, count: 16) : Self.vector(context)
        guard let key = Self.bytes(of: key), let cipher = Self.encrypt(text, key: key, iv: vector) else { return nil }
        let token = Base64.encode(cipher)
        return iv == .zero ? token : Base64.encode(vector) + ":" + token
    }

    /// Sixteen bytes that no exchange before had: the context's random bits and number, spread.
    private static func vector(_ context: SigningContext) -> [UInt8] {
        var bytes: [UInt8] = []
        for word in [context.random, UInt64(bitPattern: context.sequence)] {
            bytes += (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(8 * $0)) }
        }
        return Array(SHA256.hash(data: bytes).prefix(16))
    }

    private static func bytes(of key: Secret) -> [UInt8]? {
        let text = key.reveal()
        if text.utf8.count == 32 { return Array(text.utf8) }
        return text.utf8.count == 64 ? Hex.bytes(text) : nil
    }

    /// AES-256-CBC with PKCS#7.
    static func encrypt(_ text: [UInt8], key: [UInt8], iv: [UInt8]) -> [UInt8]? {
        guard key.count == 32, iv.count == 16 else { return nil }
        var out = [UInt8](repeating: 0, count: text.count + 16)
        let count = payrouter_cbc_encrypt(key, iv, text, Int32(text.count), &out)
        return count > 0 ? Array(out.prefix(Int(count))) : nil
    }
}
