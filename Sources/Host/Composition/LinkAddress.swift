import Router
import WebText

/// How the address at which a server listens is written in links.
package enum LinkAddress {
    /// The server's address for people and programs on this machine.
    ///
    /// A server that listens at every address (`0.0.0.0`, `::`) is linked to by the loopback address, because no client can
    /// connect to "every".
    ///
    /// - Parameters:
    ///   - host: A name or an address, IPv6 with brackets or without.
    ///   - port: The port.
    /// - Returns: For instance `http://[::1]:8080`.
    package static func url(host: String, port: Int) -> String {
        let bare = bare(host)
        let name = loopback(insteadOf: bare) ?? bare
        // The zone of a link-local address is percent-encoded (RFC 6874).
        return "http://\(name.contains(":") ? "[\(name.replacing("%", with: "%25"))]" : name):\(port)"
    }

    /// The host as a socket takes it: without brackets.
    package static func bare(_ host: String) -> String {
        host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
    }

    /// Whether a server there listens at every address of the machine.
    package static func isEverywhere(_ host: String) -> Bool { loopback(insteadOf: bare(host)) != nil }

    private static func loopback(insteadOf host: String) -> String? {
        switch NetworkAddress(host)?.unmapped {
        case .v4(0): return "127.0.0.1"
        case .v6(0, 0): return "::1"
        case .v4, .v6: return nil
        case nil:
            // The system's resolver reads "0" and its like as 0.0.0.0, too.
            let isZero = host.contains("0") && host.allSatisfy { "0x.".contains($0) }
            return isZero ? "127.0.0.1" : nil
        }
    }

    /// An address from outside, as a person gives it, without a slash at its end.
    ///
    /// - Throws: ``StartFailure`` if links made from it could not be followed.
    package static func outside(_ text: String) throws(StartFailure) -> String {
        let whole = text.hasSuffix("/") ? String(text.dropLast()) : text
        // Schemes are the same in any case (RFC 3986, section 3.1).
        let scheme = whole.firstRange(of: "://").map { whole[..<$0.lowerBound] } ?? ""
        let url = scheme.lowercased() + whole.dropFirst(scheme.count)
        let address: WebURL
        do throws(WebURL.Fault) { address = try WebURL(url) } catch {
            throw StartFailure(
                "--public-url \"\(text.prefix(100))\" is no address: \(error); write one such as https://pay.example")
        }
        guard !address.hasQueryOrFragment else {
            throw StartFailure(
                "--public-url \"\(text.prefix(100))\" has a ? or #: write an address such as https://pay.example")
        }
        guard !isEverywhere(address.host) else {
            throw StartFailure(
                "--public-url \(text.prefix(100)) leads nowhere: name the host at which payers and operators reach this "
                    + "router")
        }
        return url
    }

    /// Refuses an address from outside that real payers must not be sent to.
    ///
    /// Links with payers' names and codes go over TLS, and pages name each other from the root of their host.
    ///
    /// - Parameter text: What ``outside(_:)`` takes.
    /// - Throws: ``StartFailure`` that says what is wrong, and what would be right.
    static func checkProduction(_ text: String) throws(StartFailure) {
        let url = try outside(text)
        let shown = text.prefix(100)
        guard let address = try? WebURL(url), address.isSecure else {
            throw StartFailure(
                "--public-url \(shown) is not https: production takes an address such as https://pay.example, with TLS in the "
                    + "reverse proxy")
        }
        guard !address.rest.isEmpty else { return }
        throw StartFailure(
            "--public-url \(shown) has a path (\(address.rest.prefix(60))): the router takes a whole host, so write "
                + "\(address.origin.prefix(100))")
    }
}
