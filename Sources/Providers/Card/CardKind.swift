public import Router

/// Cards through the Stripe wire protocol.
///
/// The router never sees a card number, only tokens made in the browser.
public enum CardKind: ProviderKind {
    /// The settings of `providers.json`.
    public struct Settings: Decodable, Sendable {
        /// Which of the two interfaces; `payment_intents` if left out.
        public var api: API?
        /// How payers without a token pay; `token` if left out: not at all.
        public var flow: Flow?
        /// The version of the interface to speak; `2026-10-28.endive` if left out.
        public var apiVersion: String?
        /// What cardholders read on their statement after the account's own name, at most 22 characters.
        public var statementDescriptorSuffix: String?
        /// The currencies to take; a general set if left out.
        public var currencies: [String]?
        /// The account's id at the operator (`acct_...`), which stays when keys are changed.
        ///
        /// Two providers that name the same account share its references; without it, those with the same key do.
        public var account: String?
    }

    /// The two interfaces.
    public enum API: String, Decodable, Sendable, CaseIterable {
        /// Create, then confirm: knows strong customer authentication, and can be asked about a lost answer.
        ///
        /// Takes `pm_...`, and `tok_...`, of which the confirm makes a payment method.
        case paymentIntents = "payment_intents"
        /// One call that moves money at once; no strong customer authentication. Takes `tok_...`.
        case charges
    }

    /// What is done for a payment without a token.
    public enum Flow: String, Decodable, Sendable {
        /// It is refused: the shop makes a token in the browser.
        case token
        /// The payer types the card on the operator's own page (a Checkout Session).
        case checkout
    }

    /// The kind's name.
    public static let name = "card"

    /// The account's secret key and the webhook endpoint's signing secret.
    public static let secretNames = ["secret_key", "webhook_secret"]

    /// One account in one mode, live or test, by its secret key.
    ///
    /// Publishable keys, and keys of the other environment, are refused.
    public static func make(
        _ settings: Settings, _ setup: ProviderSetup
    ) throws(ProviderConfigurationError) -> any PaymentProvider {
        let require = ProviderConfigurationError.require
        let version = settings.apiVersion ?? "2026-10-28.endive"
        try require(
            version.consists(of: .visible, 1...64), "api_version", "expected a version such as 2026-10-28.endive")
        if let suffix = settings.statementDescriptorSuffix {
            try require(
                suffix.consists(of: .printable, 1...22) && !suffix.contains { "<>\\'\"*".contains($0) },
                "statement_descriptor_suffix", "expected 1 to 22 printable ASCII characters without < > \\ ' \" *")
        }
        try require(
            settings.account.map { $0.hasPrefix("acct_") && $0.consists(of: .word, 6...64) } ?? true, "account",
            "expected the account's id at the operator, acct_ and letters or digits")
        let api = settings.api ?? .paymentIntents
        let flow = settings.flow ?? .token
        try require(
            flow == .token || api == .paymentIntents, "flow",
            "expected token with the api charges; a page (checkout) makes payment intents")
        let secretKey = try key(setup)
        let manifest = CardProvider.manifest(
            api, flow, try limits(settings.currencies), account: settings.account ?? secretKey.accountName)
        return CardProvider(
            api: api, flow: flow, root: try setup.root(standard: "https://api.stripe.com"),
            environment: setup.environment,
            version: version, suffix: settings.statementDescriptorSuffix, secretKey: secretKey,
            webhookSecret: try setup.requiredKey("webhook_secret"),
            manifest: flow == .checkout ? manifest.returningPayers() : manifest)
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
            guard let currency = Currency(code: code), let limits = CardWire.limits(currency) else {
                throw .setting(
                    "currencies/\(index)",
                    "expected the ISO 4217 code, in upper case, of a currency cards are charged in")
            }
            try ProviderConfigurationError.require(
                !result.contains(limits), "currencies/\(index)", "the currency \(code) stands twice")
            result.append(limits)
        }
        try ProviderConfigurationError.require(!result.isEmpty, "currencies", "expected at least one currency")
        return result
    }
}

/// Amounts as the operator writes them.
///
/// Source: docs/protocols/card.md, 1.4. The operator's decimals differ from ISO 4217 for a few currencies.
enum CardWire {
    private static let noDecimals: Set = [
        "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF",
    ]
    private static let threeDecimals: Set = ["BHD", "JOD", "KWD", "OMR", "TND"]
    /// No decimals in daily life, sent with two that must be `00`.
    private static let twoZeroDecimals: Set = ["ISK", "UGX"]

    /// Smallest amounts on the wire, about half a US dollar; one unit where none is published.
    private static let minimums: [String: Int64] = [
        "AED": 200, "AUD": 50, "CAD": 50, "CHF": 50, "CZK": 1_500, "DKK": 250, "EUR": 50, "GBP": 30, "HKD": 400,
        "HUF": 17_500, "JPY": 50, "MXN": 1_000, "MYR": 200, "NOK": 300, "NZD": 50, "PLN": 200, "RON": 200,
        "SEK": 300, "SGD": 50, "THB": 1_000, "USD": 50,
    ]

    static let standardCurrencies = ["XOF", "XAF", "USD", "EUR", "GBP", "CAD", "CHF", "JPY", "TND", "THB"]

    /// Decimals on the wire; `nil` if it is not known how the operator writes the currency.
    private static func decimals(_ currency: Currency) -> Int? {
        if noDecimals.contains(currency.code) { return 0 }
        if threeDecimals.contains(currency.code) { return 3 }
        return twoZeroDecimals.contains(currency.code) || currency.exponent == 2 ? 2 : nil
    }

    /// Minor units as the operator counts them; `nil` if they cannot be written exactly.
    static func units(of money: Money) -> Int64? {
        guard let decimals = decimals(money.currency) else { return nil }
        return scaled(money.minorUnits, by: decimals - money.currency.exponent)
    }

    /// The operator's count as minor units; `nil` if it is no whole number of them.
    static func minorUnits(ofWire units: Int64, _ currency: Currency) -> Int64? {
        guard let decimals = decimals(currency) else { return nil }
        return scaled(units, by: currency.exponent - decimals)
    }

    private static func scaled(_ units: Int64, by digits: Int) -> Int64? {
        var factor: Int64 = 1
        for _ in 0..<abs(digits) { factor *= 10 }
        guard digits < 0 else {
            let (result, overflow) = units.multipliedReportingOverflow(by: factor)
            return overflow ? nil : result
        }
        return units.isMultiple(of: factor) ? units / factor : nil
    }

    /// The limits of a currency: the published minimum, eight digits, and whole hundredths where there are thousandths.
    static func limits(_ currency: Currency) -> ProviderManifest.CurrencyLimits? {
        guard let decimals = decimals(currency) else { return nil }
        let step: Int64 = decimals == 3 ? 10 : decimals < currency.exponent ? scaled(1, by: currency.exponent) ?? 1 : 1
        let largest: Int64 = 99_999_999
        let whole = decimals > currency.exponent ? largest - largest % 100 : largest
        let minimum = minimums[currency.code].flatMap { minorUnits(ofWire: $0, currency) } ?? step
        guard let maximum = minorUnits(ofWire: whole, currency) else { return nil }
        return .init(currency, minimum: minimum, maximum: maximum - maximum % step, step: step)
    }
}
