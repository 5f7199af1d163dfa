import Router

/// The kind `wallet`: payments by, and payouts to, wallets of the platform's own.
enum PlatformWalletKind: ProviderKind {
    static let name = "wallet"
    static let secretNames: [String] = []
    static let hasOperator = false
    static let channel: PaymentChannel = "wallet"

    /// The settings of `providers.json`.
    struct Settings: Decodable, Sendable {
        /// ISO codes of the currencies in which there are wallets.
        var currencies: [String]
        /// For how long money is held for a later capture, in seconds; a week if left out.
        var holdSeconds: Int64?
    }

    static func make(
        _ settings: Settings, _ setup: ProviderSetup
    ) throws(ProviderConfigurationError) -> any PaymentProvider {
        guard setup.baseURL == nil else {
            throw ProviderConfigurationError(
                pointer: "/settings/base_url", "must be left out: wallets are in the router's own books")
        }
        guard !settings.currencies.isEmpty else {
            throw ProviderConfigurationError(
                pointer: "/settings/currencies", "must name at least one currency, such as \"XOF\"")
        }
        var currencies: [Currency] = []
        for (index, code) in settings.currencies.enumerated() {
            let pointer = "/settings/currencies/\(index)"
            guard let currency = Currency(code: code) else {
                throw ProviderConfigurationError(pointer: pointer, "must be an ISO 4217 code, such as \"XOF\"")
            }
            guard !currencies.contains(currency) else {
                throw ProviderConfigurationError(pointer: pointer, "names \(code) a second time")
            }
            currencies.append(currency)
        }
        let seconds = settings.holdSeconds ?? weekSeconds
        guard (60...longestHoldSeconds).contains(seconds) else {
            throw ProviderConfigurationError(
                pointer: "/settings/hold_seconds", "must be between 60 and \(longestHoldSeconds)")
        }
        return PlatformWalletProvider(manifest: PlatformWalletProvider.manifest(currencies, holdSeconds: seconds))
    }

    private static let weekSeconds: Int64 = 7 * 86_400
    private static let longestHoldSeconds: Int64 = 31 * 86_400
}
