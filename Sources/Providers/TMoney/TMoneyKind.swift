public import Router

/// Mixx by Yas Togo (TMoney), partner API version 2: a debit prompts the payer's phone by push USSD.
///
/// Source: `docs/unverified.md` lists what is known only from independent implementations; the operator gives its
/// document to contracted partners.
public enum TMoneyKind: ProviderKind {
    /// The settings of `providers.json`.
    public struct Settings: Decodable, Sendable {
        /// The partner's user name at the operator.
        public var username: String
        /// Where the three calls are, below the base address; the older layout if left out.
        public var paths: Paths?
        /// How the operator spells the request's id; `idRequete` if left out.
        public var requestIDField: RequestIDField?
        /// How the operator spells the request's time; `dateHeureRequete` if left out.
        public var requestTimeField: RequestTimeField?
        /// Smallest amount in francs; 100 if left out.
        public var minimum: Int64?
        /// Largest amount in francs; 2 000 000 if left out.
        public var maximum: Int64?

        enum CodingKeys: String, CodingKey {
            case username, paths, minimum, maximum
            case requestIDField = "request_id_field"
            case requestTimeField = "request_time_field"
        }
    }

    /// Paths below the base address, or absolute addresses where an operator spreads the calls over hosts.
    public struct Paths: Decodable, Sendable {
        /// Login; `/login` if left out.
        public var login: String?
        /// Debit; `/tmoney-middleware/debit` if left out.
        public var debit: String?
        /// Status of a debit; `/tmoney-middleware/transactionid` if left out.
        public var debitStatus: String?

        enum CodingKeys: String, CodingKey {
            case login, debit
            case debitStatus = "debit_status"
        }
    }

    /// The spellings of the id field on record.
    public enum RequestIDField: String, Decodable, Sendable {
        /// Every implementation on record.
        case idRequete
        /// The operator's document for credits.
        case idrequete
    }

    /// The spellings of the time field on record.
    public enum RequestTimeField: String, Decodable, Sendable {
        /// Every implementation on record.
        case dateHeureRequete
        /// The operator's document for credits.
        case dateheureRequete
    }

    /// The kind's name.
    public static let name = "tmoney"

    /// The partner's password.
    public static let secretNames = ["password"]

    /// Makes a provider.
    ///
    /// There is no default address: hosts come from the operator's contract.
    public static func make(
        _ settings: Settings, _ setup: ProviderSetup
    ) throws(ProviderConfigurationError) -> any PaymentProvider {
        guard !settings.username.isEmpty else {
            throw ProviderConfigurationError(pointer: "/settings/username", "expected the partner's user name")
        }
        let root = try setup.root(standard: nil)
        func address(_ path: String?, _ standard: String, _ name: String) throws(ProviderConfigurationError) -> String {
            let path = path ?? standard
            let full = path.hasPrefix("/") ? root + path : path
            try setup.requireAddress(full, at: "/settings/paths/\(name)")
            return full
        }
        return TMoneyProvider(
            username: settings.username,
            password: try setup.requiredSecret("password"),
            loginURL: try address(settings.paths?.login, "/login", "login"),
            debitURL: try address(settings.paths?.debit, "/tmoney-middleware/debit", "debit"),
            statusURL: try address(settings.paths?.debitStatus, "/tmoney-middleware/transactionid", "debit_status"),
            idField: (settings.requestIDField ?? .idRequete).rawValue,
            timeField: (settings.requestTimeField ?? .dateHeureRequete).rawValue,
            limits: try AmountRange(minimum: settings.minimum, maximum: settings.maximum, standard: 100...2_000_000))
    }
}
