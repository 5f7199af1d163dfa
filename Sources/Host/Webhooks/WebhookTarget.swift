package import Router

/// An address an app may name for its webhooks.
///
/// Checked when it is registered and again before each attempt; the transport checks the address really connected to
/// besides.
///
/// Allowed is `https` to a public host name, on one of a few ports, without user information or fragment. Host names
/// need a dot and a last label that begins with a letter, which leaves out addresses in all their spellings
/// (`10.0.0.1`, `2130706433`, `0x7f.1`, `[::1]`), and names that belong to private networks are refused. In test mode
/// `localhost`, `127.0.0.0/8` and `[::1]` are allowed as well, with `http` and any port.
package struct WebhookTarget: Sendable, Hashable {
    /// Ports that may be named; 443 is the default, the others are customary for TLS servers.
    package static let ports: Set<Int> = [443, 4_443, 8_443, 9_443]

    /// Why an address cannot be used, as a sentence for the app's developer.
    package struct Fault: Error, Sendable, Hashable {
        package var text: String
    }

    /// The address as it was given.
    package let url: String
    /// Which addresses an attempt may connect to: `.any` only for loopback in test mode.
    package let addresses: AddressPolicy

    /// Checks an address.
    ///
    /// - Parameters:
    ///   - text: The address as it was given.
    ///   - policy: `.any` is test mode.
    /// - Throws: ``Fault`` with a sentence for the app's developer.
    package init(_ text: String, policy: AddressPolicy) throws(Fault) {
        guard (1...2_048).contains(text.utf8.count) else { throw Fault(text: "a URL has 1 to 2048 characters") }
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && !Self.forbidden.contains($0) }) else {
            throw Fault(text: "the URL holds a character that must be percent-encoded or, in the host, punycode")
        }
        guard !text.contains("#") else { throw Fault(text: "the URL must not have a fragment") }
        let (isSecure, rest) = try Self.scheme(of: text)
        let (host, port) = try Self.split(rest.prefix { $0 != "/" && $0 != "?" })
        url = text
        if policy == .any, Self.isLoopback(host) {
            addresses = .any
            return
        }
        guard isSecure else { throw Fault(text: "the URL must begin with https://") }
        if let fault = Self.fault(ofHost: host) { throw Fault(text: fault) }
        guard Self.ports.contains(port ?? 443) else {
            let known = Self.ports.sorted().map(String.init).joined(separator: ", ")
            throw Fault(text: "the port must be one of \(known)")
        }
        addresses = .publicOnly
    }

    private static let forbidden = Set("\\\"<>^`{|}".utf8)
    private static let privateNames = ["localhost", "localdomain", "local", "internal", "lan", "home.arpa"]

    private static func scheme(of text: String) throws(Fault) -> (isSecure: Bool, rest: Substring) {
        let lower = text.lowercased()
        if lower.hasPrefix("https://") { return (true, text.dropFirst(8)) }
        if lower.hasPrefix("http://") { return (false, text.dropFirst(7)) }
        throw Fault(text: "the URL must begin with https://")
    }

    /// Splits `host[:port]`; the host is in lower case, an IPv6 address without its brackets.
    private static func split(_ authority: Substring) throws(Fault) -> (host: String, port: Int?) {
        guard !authority.contains("@") else { throw Fault(text: "the URL must not hold a user or password") }
        guard !authority.contains("%") else { throw Fault(text: "the host must not be percent-encoded") }
        let isBracketed = authority.first == "["
        let end = isBracketed ? authority.lastIndex(of: "]") : authority.firstIndex(of: ":")
        guard let end else {
            guard !isBracketed, !authority.isEmpty else { throw Fault(text: "the URL has no host") }
            return (authority.lowercased(), nil)
        }
        let host = isBracketed ? authority[...end] : authority[..<end]
        guard !host.isEmpty else { throw Fault(text: "the URL has no host") }
        let tail = isBracketed ? authority[end...].dropFirst() : authority[end...]
        guard !tail.isEmpty else { return (host.lowercased(), nil) }
        let digits = tail.dropFirst()
        guard tail.first == ":", (1...5).contains(digits.utf8.count), digits.first != "0",
            digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = Int(digits), port < 65_536
        else { throw Fault(text: "the port is not a number from 1 to 65535") }
        return (host.lowercased(), port)
    }

    private static func isLoopback(_ host: String) -> Bool {
        if host == "localhost" || host == "[::1]" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127"
            && parts.allSatisfy { part in UInt8(part).map { String($0) == part } ?? false }
    }

    private static func fault(ofHost host: String) -> String? {
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        guard let last = labels.last?.utf8.first, (0x61...0x7A).contains(last), host.utf8.count <= 253 else {
            return "the host must be a public name, not an address"
        }
        guard labels.allSatisfy(isLabel) else { return "the host is not a valid name" }
        let isPrivate = labels.count < 2 || privateNames.contains { host == $0 || host.hasSuffix(".\($0)") }
        return isPrivate ? "the host is a name of a private network" : nil
    }

    private static func isLabel(_ label: Substring) -> Bool {
        (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
            && label.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
    }
}
