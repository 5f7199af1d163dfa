import Router

/// What can be read off an access token without trusting it.
enum TMoneyToken {
    /// Lifetime assumed where the token does not tell, in seconds.
    static let assumedLifetimeSeconds: Int64 = 300

    /// The token without a leading `Bearer `; `nil` if the rest cannot stand in a header.
    static func bare(_ token: String) -> String? {
        let bare = token.hasPrefix("Bearer ") ? String(token.dropFirst(7)) : token
        let isPlain = bare.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        return (1...8_192).contains(bare.utf8.count) && isPlain ? bare : nil
    }

    /// `exp` less `iat` of a JWT, at most a day.
    ///
    /// Both are the operator's clock, so ours does not matter; with one of them missing or unreadable the assumed
    /// lifetime counts.
    static func lifetimeSeconds(of token: String) -> Int64 {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let bytes = base64URL(parts[1]), let claims = try? StrictJSON.parse(bytes),
            let expiry = claims["exp"]?.integerValue, let issued = claims["iat"]?.integerValue,
            (0..<1 << 40).contains(issued), (issued + 1..<1 << 40).contains(expiry)
        else { return assumedLifetimeSeconds }
        return min(expiry - issued, 86_400)
    }

    private static func base64URL(_ text: Substring) -> [UInt8]? {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        var bytes: [UInt8] = []
        var (buffer, bits): (UInt32, Int) = (0, 0)
        for character in text.utf8 where character != UInt8(ascii: "=") {
            guard let value = alphabet.firstIndex(of: character) else { return nil }
            buffer = (buffer << 6 | UInt32(value)) & 0xFFFF
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: buffer >> UInt32(bits)))
            }
        }
        return bytes
    }
}
