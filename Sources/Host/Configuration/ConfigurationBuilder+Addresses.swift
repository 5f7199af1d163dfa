import Router
import WebText

/// Whose word counts for where a request comes from.
extension ConfigurationBuilder {
    /// The reverse proxies.
    ///
    /// Where only sandbox money is moved and nothing is said, they are on this machine. Where real money is, somebody
    /// has thought about it: `[]` is an answer.
    mutating func proxies(_ top: FileModel.Top) -> [NetworkRange] {
        guard let texts = top.trustedProxies else {
            if top.providers.contains(where: Self.isProduction) {
                fault(
                    "/trusted_proxies",
                    "must be stated where a provider is in production: the addresses or networks of the reverse proxies "
                        + "in front of this router, such as [\"127.0.0.1\", \"10.1.0.0/16\"], or [] if there is none")
            }
            return NetworkRange.loopback
        }
        var ranges: [NetworkRange] = []
        for (index, text) in texts.enumerated() {
            let place = "/trusted_proxies/\(index)"
            guard let range = NetworkRange(text) else {
                fault(
                    place,
                    "\"\(text)\" is no address: write one such as 10.0.0.2 or 2001:db8::2, or a network such as "
                        + "10.1.0.0/16 with no bits after its prefix")
                continue
            }
            guard range.length > 0 else {
                fault(
                    place, "\(range) is every address, and whoever is trusted may claim to be anybody; name the proxies"
                )
                continue
            }
            ranges.append(range)
        }
        return ranges
    }

    /// An operator that is known by its address must not share it with whoever comes through a proxy or from this machine.
    mutating func checkOperatorAddresses(_ providers: [JSONValue], _ proxies: [NetworkRange]) {
        for (index, provider) in providers.enumerated() where Self.isProduction(provider) {
            let addresses = provider["settings"]?["operator_addresses"]?.arrayValue ?? []
            for (number, address) in addresses.enumerated() {
                // What is no address at all is told by the kind.
                guard let range = address.stringValue.flatMap({ NetworkRange($0) }) else { continue }
                let place = "/providers/\(index)/settings/operator_addresses/\(number)"
                if let proxy = proxies.first(where: range.overlaps) {
                    fault(
                        place,
                        "\(range) overlaps the trusted proxy \(proxy), from which anybody's notifications come; give the "
                            + "address that the operator calls from")
                } else if NetworkRange.loopback.contains(where: range.overlaps) {
                    fault(
                        place,
                        "\(range) is this machine, where no operator is; give the address that the operator calls from")
                }
            }
        }
    }

    static func isProduction(_ provider: JSONValue) -> Bool { provider["environment"] == "production" }
}
