import Router

/// An absolute http or https address, read strictly: what is not plainly an address is none.
///
/// Only printable ASCII without quotes, backslashes or braces, no user information, a host of letters, digits, dots and
/// hyphens (or a bracketed IPv6 literal), and a numeric port. So no two readers can see two different hosts in it.
struct WebAddress: Sendable, Hashable {
    /// `http` or `https`.
    let scheme: String
    /// The host in lower case; an IPv6 literal keeps its brackets.
    let host: String
    /// The port, if one is written.
    let port: Int?
    /// Whether a query or fragment follows.
    let hasQueryOrFragment: Bool

    init?(_ text: String) {
        let forbidden = Array("\"\\<>^`{}|".utf8)
        guard text.utf8.count <= 2_048, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && !forbidden.contains($0) })
        else { return nil }
        guard let scheme = ["https", "http"].first(where: { text.lowercased().hasPrefix($0 + "://") }) else {
            return nil
        }
        let rest = text.dropFirst(scheme.count + 3)
        let authority = rest.prefix { !"/?#".contains($0) }
        let hostEnd =
            authority.first == "["
            ? authority.firstIndex(of: "]").map { authority.index(after: $0) }
            : authority.firstIndex(of: ":") ?? authority.endIndex
        guard let hostEnd else { return nil }
        let host = authority[..<hostEnd].lowercased()
        let allowed = host.hasPrefix("[") ? "0123456789abcdef:.[]" : "0123456789abcdefghijklmnopqrstuvwxyz.-"
        guard !host.isEmpty, host.allSatisfy({ allowed.contains($0) }) else { return nil }
        switch authority[hostEnd...] {
        case "": port = nil
        case let tail where tail.first == ":" && tail.dropFirst().allSatisfy { "0"..."9" ~= $0 }:
            guard let number = Int(tail.dropFirst()), (1...65_535).contains(number) else { return nil }
            port = number
        default: return nil
        }
        self.scheme = scheme
        self.host = host
        hasQueryOrFragment = rest.contains { $0 == "?" || $0 == "#" }
    }

    /// Whether the host is a loopback address written as digits; names such as `localhost` are not.
    var isLiteralLoopback: Bool {
        host == "[::1]" || (host.hasPrefix("127.") && host.allSatisfy { $0 == "." || "0"..."9" ~= $0 })
    }

    /// Whether both name the same scheme, host and port.
    func hasSameOrigin(as other: WebAddress) -> Bool {
        scheme == other.scheme && host == other.host && port == other.port
    }
}

/// Where an operator may send the payer's browser.
struct PayerLinks: Sendable {
    let environment: PayEnvironment
    /// The operator's address.
    let root: String
    /// The operator's domains; `nil` if its links lead anywhere, such as to the payer's bank.
    let domains: [String]?

    /// Whether a link is https on one of the domains; in the sandbox also the sandbox operator itself.
    func allow(_ link: String) -> Bool {
        guard let address = WebAddress(link) else { return false }
        if environment == .sandbox, let root = WebAddress(root), address.hasSameOrigin(as: root) { return true }
        guard address.scheme == "https" else { return false }
        guard let domains else { return true }
        return (address.port ?? 443) == 443
            && domains.contains { address.host == $0 || address.host.hasSuffix("." + $0) }
    }
}
