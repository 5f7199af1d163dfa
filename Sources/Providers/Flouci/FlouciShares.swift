import Router

/// The parts of a payment that go to other merchants.
///
/// Source: protocol notes 4.1 (`destination`); the sum never exceeds the amount.
struct FlouciShares: Sendable, Hashable {
    private struct Share: Sendable, Hashable {
        let destination: String
        /// Hundredths of a percent.
        let basisPoints: Int64
    }

    private var shares: [Share] = []

    init(_ settings: [FlouciKind.Destination]) throws(ProviderConfigurationError) {
        for (index, setting) in settings.enumerated() {
            let pointer = "/settings/destinations/\(index)"
            guard (1...64).contains(setting.destination.utf8.count),
                setting.destination.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
                !shares.contains(where: { $0.destination == setting.destination })
            else {
                throw ProviderConfigurationError(
                    pointer: pointer + "/destination", "expected a merchant's id, 1 to 64 printable characters, once")
            }
            guard let points = Self.basisPoints(setting.percent) else {
                throw ProviderConfigurationError(
                    pointer: pointer + "/percent", "expected a text above 0 and at most 100, such as \"12.5\"")
            }
            shares.append(Share(destination: setting.destination, basisPoints: points))
        }
        guard shares.reduce(0, { $0 + $1.basisPoints }) <= 10_000 else {
            throw ProviderConfigurationError(pointer: "/settings/destinations", "expected at most 100 percent together")
        }
    }

    /// The member `destination` for an amount of millimes; `nil` if nobody gets a part.
    func of(_ amount: Int64) -> JSONValue? {
        let parts = shares.compactMap { share -> JSONValue? in
            let (product, overflow) = amount.multipliedReportingOverflow(by: share.basisPoints)
            guard !overflow, product >= 10_000 else { return nil }
            return ["amount": JSONValue(product / 10_000), "destination": .string(share.destination)]
        }
        guard !parts.isEmpty else { return nil }
        return .array(parts)
    }

    private static func basisPoints(_ text: String) -> Int64? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count),
            parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            parts[0].utf8.count <= 3, let whole = Int64(parts[0])
        else { return nil }
        let decimals = parts.count == 2 ? String(parts[1]) : ""
        guard decimals.utf8.count <= 2, let rest = Int64((decimals + "00").prefix(2)) else { return nil }
        let points = whole * 100 + rest
        return (1...10_000).contains(points) ? points : nil
    }
}
