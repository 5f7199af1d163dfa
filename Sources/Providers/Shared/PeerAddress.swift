/// The address of a socket peer, for operators that are known by nothing else.
enum PeerAddress {
    /// Whether a text is an IP address written out; names, ports and ranges are none.
    static func isPlain(_ text: String) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        if parts.count == 4 {
            return parts.allSatisfy { part in UInt8(part).map { String($0) == part } ?? false }
        }
        let groups = text.split(separator: ":", omittingEmptySubsequences: false)
        return (3...8).contains(groups.count) && text.utf8.count <= 45
            && text.lowercased().allSatisfy { "0123456789abcdef:".contains($0) }
    }

    /// One spelling per address: lower case, and IPv4 mapped into IPv6 as IPv4.
    static func normal(_ text: String) -> String {
        let text = text.lowercased()
        guard text.hasPrefix("::ffff:") else { return text }
        let rest = String(text.dropFirst(7))
        return rest.contains(".") && isPlain(rest) ? rest : text
    }
}
