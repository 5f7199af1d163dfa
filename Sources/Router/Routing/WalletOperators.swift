/// Which mobile operator's wallets a channel reaches, by country.
///
/// A wallet of a mobile operator hangs on one of its phone numbers; channels that are not listed here do not care whose
/// number it is. Operators are named as in the numbering plan.
package enum WalletOperators {
    private static let table: [PaymentChannel: [String: String]] = [
        "tmoney": ["TG": "togocom"],
        "tmoney-online": ["TG": "togocom"],
        "flooz": ["TG": "moov"],
        "mtn-momo": Dictionary(
            uniqueKeysWithValues: [
                "BJ", "CG", "CI", "CM", "GH", "GN", "LR", "NG", "RW", "SS", "SZ", "UG", "ZA", "ZM",
            ].map { ($0, "mtn") }),
    ]

    /// The operators of a channel by ISO code of the country; empty if it belongs to none.
    package static func of(_ channel: PaymentChannel) -> [String: String] { table[channel] ?? [:] }
}

extension ProviderManifest {
    /// The operators whose wallets a channel of this provider reaches, by ISO code of the country.
    package func walletOperators(_ channel: PaymentChannel) -> [String: String] {
        carriers[channel] ?? WalletOperators.of(channel)
    }

    /// The operator whose wallets a channel reaches among a country's numbers; `nil` if it does not depend on that.
    package func walletOperator(_ channel: PaymentChannel, _ country: String) -> String? {
        walletOperators(channel)[country]
    }
}

extension ProviderFacts {
    /// Why a channel is the wrong one by the phone's prefix; `nil` if it is not, or if the caller chose it: numbers are
    /// ported, and callers may know better.
    func contradiction(_ facts: RouteFacts, _ channel: PaymentChannel) -> RouteObjection? {
        guard facts.leavesChannelOpen, let phone = facts.phone, let hint = facts.phoneOperator,
            let owner = manifest.walletOperator(channel, phone.countryCode), owner != hint.name
        else { return nil }
        return .reachesWallets(channel, of: owner, prefixOf: hint.name)
    }
}

/// The wallets that a plan has chosen: those of one operator.
struct WalletChoice {
    let channel: PaymentChannel
    let operators: [String: String]

    /// `nil` for a channel that belongs to no operator.
    init?(_ provider: ProviderFacts, _ channel: PaymentChannel) {
        operators = provider.manifest.walletOperators(channel)
        guard !operators.isEmpty else { return nil }
        self.channel = channel
    }

    /// The channel on which another provider reaches the same operator's wallets, if it serves one that is allowed.
    func kept(by provider: ProviderFacts, _ facts: RouteFacts) -> PaymentChannel? {
        let served = provider.manifest.service(for: facts.operation)?.channels ?? []
        let allowed = served.filter { facts.channels.isEmpty || facts.channels.contains($0) }
        guard !allowed.contains(channel) else { return channel }
        return allowed.first { other in
            WalletChoice(provider, other)?.isOfSameOperator(as: self, in: facts.phone?.countryCode) ?? false
        }
    }

    /// Whether both reach the wallets of one operator, among the numbers of a country if that is known.
    func isOfSameOperator(as other: WalletChoice, in country: String?) -> Bool {
        guard let country else { return operators.contains { other.operators[$0.key] == $0.value } }
        guard let mine = operators[country], let others = other.operators[country] else { return true }
        return mine == others
    }
}
