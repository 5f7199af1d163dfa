public import Router

/// Cards through the Stripe wire protocol.
///
/// The router never sees a card number, only tokens made in the browser.
public enum CardKind: ProviderKind {
    /// The settings of `providers.json`.
    public struct Settings: Decodable, Sendable {
        /// Which of the two interfaces; `payment_intents` if left out.
        public var api: API?
        /// The version of the interface to speak; `2026-10-28.endive` if left out.
        public var apiVersion: String?
        /// What cardholders read on their statement after the account's own name, at most 22 characters.
        public var statementDescriptorSuffix: String?
        /// The currencies to take; a general set if left out.
        public var currencies: [String]?

        enum CodingKeys: String, CodingKey {
            case api, currencies
            case apiVersion = "api_version"
            case statementDescriptorSuffix = "statement_descriptor_suffix"
        }
    }

    /// The two interfaces.
    public enum API: String, Decodable, Sendable {
        /// Create, then confirm: knows strong customer authentication, and can be asked about a lost answer. Takes `pm_...`.
        case paymentIntents = "payment_intents"
        /// One call that moves money at once; no strong customer authentication. Takes `tok_...`.
        case charges
    }

    /// The kind's name.
    public static let name = "card"

    /// The account's secret key and the webhook endpoint's signing secret.
    public static let secretNames = ["secret_key", "webhook_secret"]

    /// Makes a provider.
    ///
    /// Publishable keys, and keys of the other environment, are refused.
    public static func make(
        _ settings: Settings, _ setup: ProviderSetup
    ) throws(ProviderConfigurationError) -> any PaymentProvider {
        let version = settings.apiVersion ?? "2026-10-28.endive"
        guard (1...64).contains(version.utf8.count), version.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw ProviderConfigurationError(
                pointer: "/settings/api_version", "expected a version such as 2026-10-28.endive")
        }
        if let suffix = settings.statementDescriptorSuffix {
            let isPlain = suffix.utf8.allSatisfy { (0x20...0x7E).contains($0) && !"<>\\'\"*".utf8.contains($0) }
            guard (1...22).contains(suffix.utf8.count), isPlain else {
                throw ProviderConfigurationError(
                    pointer: "/settings/statement_descriptor_suffix",
                    "expected 1 to 22 printable ASCII characters without < > \\ ' \" *")
            }
        }
        return CardProvider(
            api: settings.api ?? .paymentIntents, root: try setup.root(standard: "https://api.stripe.com"),
            environment: setup.environment, version: version, suffix: settings.statementDescriptorSuffix,
            secretKey: try key(setup), webhookSecret: try setup.requiredKey("webhook_secret"),
            currencies: try limits(settings.currencies))
    }

    private static func key(_ setup: ProviderSetup) throws(ProviderConfigurationError) -> Secret {
        let key = try setup.requiredKey("secret_key")
        let mode = setup.environment == .production ? "live" : "test"
        guard ["sk_\(mode)_", "rk_\(mode)_"].contains(where: { key.reveal().hasPrefix($0) }) else {
            throw ProviderConfigurationError(
                pointer: "/secrets/secret_key",
                "expected a secret key (sk_\(mode)_...) or restricted key (rk_\(mode)_...) for this environment; a "
                    + "publishable key (pk_...) never belongs on a server")
        }
        return key
    }

    private static func limits(
        _ codes: [String]?
    ) throws(ProviderConfigurationError) -> [ProviderManifest.CurrencyLimits] {
        var result: [ProviderManifest.CurrencyLimits] = []
        for (index, code) in (codes ?? CardWire.standardCurrencies).enumerated() {
            let pointer = "/settings/currencies/\(index)"
            guard let currency = Currency(code: code), let limits = CardWire.limits(currency) else {
                throw ProviderConfigurationError(
                    pointer: pointer, "expected the ISO 4217 code, in upper case, of a currency cards are charged in")
            }
            guard !result.contains(limits) else {
                throw ProviderConfigurationError(pointer: pointer, "the currency \(code) stands twice")
            }
            result.append(limits)
        }
        guard !result.isEmpty else {
            throw ProviderConfigurationError(pointer: "/settings/currencies", "expected at least one currency")
        }
        return result
    }
}
