public import Router

/// Moov Money Togo (Flooz): a debit prompts the payer's phone by push USSD.
///
/// Neither payouts nor balances are known for Togo.
public enum FloozKind: ProviderKind {
    /// The settings of `providers.json`.
    public struct Settings: Decodable, Sendable {
        /// The user name at the operator.
        public var username: String
        /// The name payers read, unless the app has one of its own in `shops`; the app's name if left out.
        public var merchantName: String?
        /// The merchant's own wallet: 228 and eight digits.
        public var partnerNumber: String
        /// Which of the three layouts of paths on record; `current` if left out.
        public var layout: Layout?
        /// Where single calls are, if the layout has them elsewhere.
        public var paths: Paths?
        /// How amounts are written; `text` if left out.
        public var amountForm: AmountForm?
        /// How calls are authorized.
        public var authorization: Authorization?
        /// Smallest amount in francs; 100 if left out.
        public var minimum: Int64?
        /// Largest amount in francs; 2 000 000 if left out.
        public var maximum: Int64?
    }

    /// The layouts of paths on record.
    public enum Layout: String, Decodable, Sendable, CaseIterable {
        /// `/payment/HttpService/json/cv/…`.
        case current
        /// `/Flooz/DebitService/…`.
        case first
        /// `/floozdebitapi/flooz/…`.
        case production

        var paths: (debit: String, verify: String) {
            switch self {
            case .current: ("/payment/HttpService/json/cv/debit", "/payment/HttpService/json/cv/Verify")
            case .first: ("/Flooz/DebitService/Debit", "/Flooz/DebitService/Verify")
            case .production: ("/floozdebitapi/flooz/debitService", "/floozdebitapi/flooz/verify")
            }
        }
    }

    /// Paths below the base address.
    public struct Paths: Decodable, Sendable {
        /// Where a debit is posted, below the address or absolute.
        public var debit: String?
        /// Where a verification is posted, likewise.
        public var verify: String?
        /// Tokens; `/token` if left out.
        public var token: String?
    }

    /// How amounts are written.
    public enum AmountForm: String, Decodable, Sendable, CaseIterable {
        /// As digits in quotes.
        case text
        /// As a number.
        case number
    }

    /// How calls are authorized: the variants on record.
    public struct Authorization: Decodable, Sendable {
        /// Where the header's value comes from; `encrypted` if left out.
        public var mode: Mode?
        /// Where the number in an encrypted header comes from; `counter` if left out.
        public var index: IndexSource?
        /// The number, if it is constant; 0 if left out.
        public var indexValue: Int64?
        /// The initialization vector of an encrypted header; `zero` if left out.
        public var iv: IV?
        /// What stands before the value; nothing if left out.
        public var prefix: String?

        /// Where the header's value comes from.
        public enum Mode: String, Decodable, Sendable, CaseIterable {
            /// Number, user name and password, encrypted with the key that the operator issued.
            case encrypted
            /// A token that the operator hands out; its call carries a constant number and the password in its query.
            case tokenEndpoint = "token_endpoint"
            /// A fixed key.
            case apiKey = "api_key"
        }

        /// Where the number comes from.
        public enum IndexSource: String, Decodable, Sendable, CaseIterable {
            /// Always the same.
            case constant
            /// By chance, up to ten million.
            case random
            /// Larger with every call.
            case counter
        }

        /// The initialization vector.
        public enum IV: String, Decodable, Sendable, CaseIterable {
            /// Sixteen zero bytes, not sent.
            case zero
            /// By chance, sent in base64 with a colon before the encrypted part.
            case random
        }
    }

    /// The kind's name.
    public static let name = "flooz"

    /// The merchant's code, which every debit carries.
    public static let secretNames = ["merchant_key"]

    /// The password; the 32 bytes of the key, as they are or as 64 hexadecimal digits; the fixed key.
    public static let optionalSecretNames = ["password", "encryption_key", "api_key"]

    /// A partner's connection; layout and header as the settings say.
    ///
    /// There is no default address: hosts come from the operator's contract.
    public static func make(
        _ settings: Settings, _ setup: ProviderSetup
    ) throws(ProviderConfigurationError) -> any PaymentProvider {
        let require = ProviderConfigurationError.require
        try require(
            !settings.username.isEmpty && !settings.username.contains(":"), "username",
            "expected the user name at the operator, without a colon")
        try require(
            settings.merchantName.map { (1...150).contains($0.count) } ?? true, "merchant_name",
            "expected 1 to 150 characters")
        let number = settings.partnerNumber
        try require(
            number.consists(of: .digits, 11...11) && number.hasPrefix("228"), "partner_number",
            "expected 228 and eight digits")
        let root = try setup.root(standard: nil)
        let paths = (settings.layout ?? .current).paths
        let provider = FloozProvider(
            merchantName: settings.merchantName, partnerNumber: number,
            merchantKey: try setup.requiredSecret("merchant_key"),
            debitURL: try setup.path(settings.paths?.debit ?? paths.debit, below: root, "paths/debit"),
            verifyURL: try setup.path(settings.paths?.verify ?? paths.verify, below: root, "paths/verify"),
            amountForm: settings.amountForm ?? .text,
            authorization: try FloozAuthorization(settings.authorization, settings.username, setup),
            manifest: FloozProvider.manifest(
                try .init(
                    .xof, minimum: settings.minimum, maximum: settings.maximum, standard: 100...2_000_000),
                account: number))
        guard settings.authorization?.mode == .tokenEndpoint else { return provider }
        return FloozTokenProvider(
            base: provider, tokenURL: try setup.path(settings.paths?.token ?? "/token", below: root, "paths/token"))
    }
}
