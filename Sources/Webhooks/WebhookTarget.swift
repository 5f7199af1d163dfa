package import Router
import WebText

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
        let address: WebURL
        do throws(WebURL.Fault) { address = try WebURL(text) } catch { throw Fault(text: Self.sentence(error)) }
        guard !address.hasFragment else { throw Fault(text: "the URL must not have a fragment") }
        url = text
        if policy == .any, address.host == "localhost" || address.isLiteralLoopback {
            addresses = .any
            return
        }
        guard address.isSecure else { throw Fault(text: Self.sentence(.scheme)) }
        if let fault = Self.fault(ofHost: address.host) { throw Fault(text: fault) }
        guard Self.ports.contains(address.port ?? 443) else {
            let known = Self.ports.sorted().map(String.init).joined(separator: ", ")
            throw Fault(text: "the port must be one of \(known)")
        }
        addresses = .publicOnly
    }

    private static let privateNames = ["localhost", "localdomain", "local", "internal", "lan", "home.arpa"]

    private static func sentence(_ fault: WebURL.Fault) -> String {
        switch fault {
        case .length: "a URL has 1 to \(WebURL.longest) characters"
        case .character: "the URL holds a character that must be percent-encoded or, in the host, punycode"
        case .scheme: "the URL must begin with https://"
        case .user: "the URL must not hold a user or password"
        case .encodedHost: "the host must not be percent-encoded"
        case .noHost: "the URL has no host"
        case .host: "the host is not a valid name"
        case .port: "the port is not a number from 1 to 65535"
        }
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
