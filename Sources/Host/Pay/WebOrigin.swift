/// Scheme, host and port of an address, as browsers compare them.
enum WebOrigin {
    /// Scheme, host and port; `nil` if the text is no plain http(s) address.
    static func of(_ url: String) -> String? {
        guard let scheme = ["https://", "http://"].first(where: { url.hasPrefix($0) }) else { return nil }
        let rest = url.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
        let isPlain = rest.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || [0x2D, 0x2E, 0x3A, 0x5B, 0x5D].contains(byte)
        }
        return rest.isEmpty || !isPlain ? nil : scheme + rest
    }
}
