public import Router
import WebText

/// The hosted page of Mixx by Yas (Togo): the operator's own page, reached by a form that the payer's browser posts.
///
/// There is no status query: only the operator's notification tells how a payment ended. Source:
/// docs/protocols/tmoney.md, A; `docs/unverified.md` lists what has to be confirmed.
public enum TMoneyOnlineKind: ProviderKind {
    /// The settings of `providers.json`.
    public struct Settings: Decodable, Sendable {
        /// The merchant at the operator: 16 digits.
        public var merchantID: String
        /// The name shown on the operator's page, at most 150 characters, unless the app has one of its own in `shops`.
        ///
        /// The app's name if left out.
        public var brand: String?
        /// A text shown on top of the operator's page, at most 250 characters, unless the app has one of its own in
        /// `shops`.
        public var text: String?
        /// How long a session lives at the operator, in seconds; 180 if left out.
        public var sessionSeconds: Int64?
        /// The language of the page where the payer's is neither; `fr` if left out.
        public var language: Language?
        /// How the operator spells the field of the phone number; `phonennumber` if left out.
        public var phoneField: PhoneField?
        /// Where the page is, below the base address; `/online/online.php` if left out.
        public var path: String?
        /// The addresses that notifications come from.
        ///
        /// Nothing is signed, so only a notification from one of them ends a payment. Without the list, every
        /// payment ends with a person.
        public var operatorAddresses: [String]?
        /// Smallest amount in francs; 100 if left out.
        public var minimum: Int64?
        /// Largest amount in francs; 2 000 000 if left out.
        public var maximum: Int64?
    }

    /// What the operator's page can be shown in.
    public enum Language: String, Decodable, Sendable, CaseIterable {
        /// French.
        case fr
        /// English.
        case en
    }

    /// The spellings of the phone's field.
    public enum PhoneField: String, Decodable, Sendable, CaseIterable {
        /// As the operator's document prints it (docs/protocols/tmoney.md, A2).
        case phonennumber
        /// Without the doubled letter.
        case phonenumber
    }

    /// The kind's name.
    public static let name = "tmoney-online"

    /// None: the operator knows the merchant by the address the router calls from.
    public static let secretNames: [String] = []

    /// One merchant; without `operator_addresses` its payments end with people.
    ///
    /// There is no default address: it comes from the operator's contract.
    public static func make(
        _ settings: Settings, _ setup: ProviderSetup
    ) throws(ProviderConfigurationError) -> any PaymentProvider {
        let require = ProviderConfigurationError.require
        try require(settings.merchantID.consists(of: .digits, 16...16), "merchant_id", "expected 16 digits")
        try require(
            settings.brand.map { (1...150).contains($0.unicodeScalars.count) } ?? true, "brand",
            "expected 1 to 150 characters")
        try require(
            settings.text.map { (1...250).contains($0.unicodeScalars.count) } ?? true, "text",
            "expected 1 to 250 characters")
        let root = try setup.root(standard: nil)
        let addresses = try NetworkAddress.operators(settings.operatorAddresses)
        let seconds = settings.sessionSeconds ?? TMoneyOnlineProvider.standardSessionSeconds
        try require((1...86_400).contains(seconds), "session_seconds", "expected 1 to 86400 seconds")
        return TMoneyOnlineProvider(
            url: try setup.place(settings.path ?? "/online/online.php", below: root, "path"),
            merchant: settings.merchantID, brand: settings.brand, pageText: settings.text,
            language: (settings.language ?? .fr).rawValue,
            phoneField: (settings.phoneField ?? .phonennumber).rawValue, addresses: addresses,
            sessionSeconds: seconds,
            manifest: TMoneyOnlineProvider.manifest(
                try .init(
                    .xof, minimum: settings.minimum, maximum: settings.maximum, standard: 100...2_000_000),
                addresses.isEmpty ? .none : .addressOnly, account: settings.merchantID, sessionSeconds: seconds))
    }
}
