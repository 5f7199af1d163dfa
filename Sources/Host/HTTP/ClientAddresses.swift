package import Router
package import WebText

/// Finds the address a request really comes from, through the reverse proxies that the installation names.
///
/// Whoever is not one of them can write what he likes into forwarding headers, so only theirs are read; and of theirs only
/// what the outermost of them saw, because everything left of that came from outside.
package struct ClientAddresses: Sendable {
    /// The reverse proxies (`trusted_proxies`).
    private let proxies: [NetworkRange]
    private let alarm: @Sendable (_ alarm: Alarm, _ detail: String) -> Void
    /// Strangers who forward, told about.
    private let strangers = FirstTimes(limit: 16)
    /// Proxies that do not say for whom they forward, told about.
    private let silent = FirstTimes(limit: 16)

    /// Without proxies every client is the socket's peer.
    ///
    /// - Parameters:
    ///   - proxies: The reverse proxies in front of the router.
    ///   - alarm: Hears of headers that are not believed, once for each network they come from, a few in all.
    package init(
        proxies: [NetworkRange] = [],
        alarm: @escaping @Sendable (_ alarm: Alarm, _ detail: String) -> Void = { _, _ in }
    ) {
        self.proxies = proxies
        self.alarm = alarm
    }

    /// The client's address in its usual spelling, IPv4 mapped into IPv6 as IPv4; empty if it is not known.
    func client(of request: APIRequest) -> String {
        guard let peer = NetworkAddress(request.peer)?.unmapped else { return "" }
        let forwarded = request.values("x-forwarded-for")
        let hasOthers = request.headers.contains { $0.name == "forwarded" || $0.name == "x-real-ip" }
        guard isProxy(peer) else {
            if !forwarded.isEmpty || hasOthers, strangers.isFirst(peer.shortened) {
                alarm(
                    .untrustedForwarding, "\(peer.shortened) sends forwarding headers and is not in trusted_proxies")
            }
            return "\(peer)"
        }
        if forwarded.isEmpty {
            guard hasOthers else { return "\(peer)" }
            // It speaks for somebody, but not in the header we read: whoever that is, it is not the proxy.
            if silent.isFirst(peer.shortened) {
                alarm(
                    .forwardingUnread, "\(peer.shortened) forwards without X-Forwarded-For; its clients are not known"
                )
            }
            return ""
        }
        return outermost(forwarded).map { "\($0)" } ?? ""
    }

    /// From the right the first that is no proxy; the leftmost if all are.
    ///
    /// - Returns: `nil` as soon as an entry cannot be read: what stands left of it may be forged, and the proxy to the
    ///   right of it spoke for somebody else.
    private func outermost(_ lines: [String]) -> NetworkAddress? {
        var found: NetworkAddress?
        for entry in lines.joined(separator: ",").split(separator: ",", omittingEmptySubsequences: false).reversed() {
            guard let address = Self.address(entry) else { return nil }
            found = address
            if !isProxy(address) { break }
        }
        return found
    }

    private func isProxy(_ address: NetworkAddress) -> Bool { proxies.contains { $0.contains(address) } }

    /// An entry: an address, perhaps with a port, which IPv6 needs brackets for.
    private static func address(_ entry: Substring) -> NetworkAddress? {
        let text = entry.drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed()
        let whole = String(text)
        if let address = NetworkAddress(whole) { return address.unmapped }
        guard let colon = whole.lastIndex(of: ":") else { return nil }
        let (host, port) = (whole[..<colon], whole[whole.index(after: colon)...])
        let isPort = (1...5).contains(port.utf8.count) && port.utf8.allSatisfy { (0x30...0x39).contains($0) }
        let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
        guard isPort, isBracketed || !host.contains(":") else { return nil }
        return NetworkAddress(String(host))?.unmapped
    }
}
