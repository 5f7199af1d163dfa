public import Router
import WebText

/// Mixx by Yas Togo (TMoney), partner API version 2: a debit prompts the payer's phone by push USSD.
///
/// Source: `docs/unverified.md` lists what is known only from independent implementations; the operator gives its
/// document to contracted partners.
public enum TMoneyKind: ProviderKind {
    /// The settings of `providers.json`.
    public struct Settings: Decodable, Sendable {
        /// The partner's user name at the operator.
        public var username: String
        /// Which of the two layouts of paths on record; `older` if left out.
        public var layout: Layout?
        /// Where single calls are, if the layout has them elsewhere.
        public var paths: Paths?
        /// Pays out through the first version of the interface instead of the second.
        public var legacyCredit: LegacyCredit?
        /// The addresses that call backs come from.
        ///
        /// Nothing is signed, so only one from them ends a credit of the first version, or tells of money that a payer sent
        /// from the operator's own menu; about anything else the operator is asked in any case.
        public var operatorAddresses: [String]?
        /// How the operator spells the request's id; `idRequete` if left out.
        public var requestIDField: RequestIDField?
        /// How the operator spells the request's time; `dateHeureRequete` if left out.
        public var requestTimeField: RequestTimeField?
        /// Smallest amount in francs; 100 if left out.
        public var minimum: Int64?
        /// Largest amount in francs; 2 000 000 if left out.
        public var maximum: Int64?
    }

    /// The two layouts of paths on record.
    public enum Layout: String, Decodable, Sendable, CaseIterable {
        /// The pre-production hosts.
        case older
        /// The gateway.
        case newer
    }

    /// Paths below the base address, or absolute addresses where an operator spreads the calls over hosts.
    public struct Paths: Decodable, Sendable {
        /// Login; `/login` if left out.
        public var login: String?
        /// Debit; `/tmoney-middleware/debit`, newer `/push-api/v1/debit` if left out.
        public var debit: String?
        /// Status of a debit; `/tmoney-middleware/transactionid`, newer `/push-api/v1/transactionid` if left out.
        public var debitStatus: String?
        /// Credit; `/api/tpcredit`, newer `/m-banking/v1/api/tpcredit` if left out.
        public var credit: String?
        /// Status of a credit; the credit's own path and `/check-transaction-id` if left out.
        public var creditStatus: String?
    }

    /// Credits of the interface's first version: a GET with the password in its query.
    ///
    /// Every proxy on the way may log it: use it only if there is nothing else. What its `result` says is on no record:
    /// without ``results`` people decide about each credit.
    public struct LegacyCredit: Decodable, Sendable {
        /// Where the call is: a path below the base address, or an absolute address.
        public var path: String
        /// Whether we are a merchant or an agent.
        public var role: Role
        /// Our number at the operator.
        public var id: String
        /// The operator's `type` of such a credit; left out if there is none.
        public var type: String?
        /// The `sms` of a credit, with places as in ``email``; left out if there is none.
        public var sms: String?
        /// The `email` of a credit, with places for what is known of it: `{reference}`, `{description}`, `{shop}`,
        /// `{email}`, `{name}`; the payee's address if left out.
        public var email: String?
        /// What each `result` of the operator means, as it confirmed.
        ///
        /// A `refused` is believed at once: it must mean that nothing was and will be paid out.
        public var results: [String: Meaning]?

        /// What the platform was told that a value of `result` means; nothing is on record of them.
        public enum Meaning: String, Decodable, Sendable {
            /// The money is with the payee.
            case succeeded
            /// Nothing was and will be executed.
            case refused
            /// The operator is at work; a call back follows.
            case pending
        }

        /// How the operator names its partners.
        public enum Role: String, Decodable, Sendable, CaseIterable {
            /// `merchantid`.
            case merchant
            /// `agentid`.
            case agent
        }
    }

    /// The spellings of the id field on record.
    public enum RequestIDField: String, Decodable, Sendable, CaseIterable {
        /// Every implementation on record.
        case idRequete
        /// The operator's document for credits.
        case idrequete
    }

    /// The spellings of the time field on record.
    public enum RequestTimeField: String, Decodable, Sendable, CaseIterable {
        /// Every implementation on record.
        case dateHeureRequete
        /// The operator's document for credits.
        case dateheureRequete
    }

    /// The kind's name.
    public static let name = "tmoney"

    /// The partner's password.
    public static let secretNames = ["password"]

    /// The password of the interface's first version.
    public static let optionalSecretNames = ["legacy_password"]

    /// A partner's connection; layout and spellings as the settings say.
    ///
    /// There is no default address: hosts come from the operator's contract.
    public static func make(
        _ settings: Settings, _ setup: ProviderSetup
    ) throws(ProviderConfigurationError) -> any PaymentProvider {
        try ProviderConfigurationError.require(
            !settings.username.isEmpty, "username", "expected the partner's user name")
        let root = try setup.root(standard: nil)
        func address(_ path: String?, _ standard: String, _ name: String) throws(ProviderConfigurationError) -> String {
            try setup.place(path ?? standard, below: root, "paths/\(name)")
        }
        let isNewer = settings.layout == .newer
        let paths = settings.paths
        let debit = isNewer ? "/push-api/v1/debit" : "/tmoney-middleware/debit"
        let debitStatus = isNewer ? "/push-api/v1/transactionid" : "/tmoney-middleware/transactionid"
        let credit = isNewer ? "/m-banking/v1/api/tpcredit" : "/api/tpcredit"
        var legacy: TMoneyLegacyCredit?
        if let given = settings.legacyCredit {
            try ProviderConfigurationError.require(
                given.id.consists(of: .digits, 1...32), "legacy_credit/id", "expected 1 to 32 digits")
            legacy = TMoneyLegacyCredit(
                url: try setup.place(given.path, below: root, "legacy_credit/path"),
                idField: "\(given.role.rawValue)id", id: given.id, type: given.type,
                sms: try given.sms.map { text throws(ProviderConfigurationError) in
                    try TextTemplate(text, setting: "legacy_credit/sms")
                },
                email: try TextTemplate(given.email ?? "{email}", setting: "legacy_credit/email"),
                results: given.results ?? [:],
                password: try setup.requiredSecret("legacy_password"))
        }
        let addresses = try NetworkAddress.operators(settings.operatorAddresses)
        return TMoneyProvider(
            username: settings.username,
            password: try setup.requiredSecret("password"),
            loginURL: try address(paths?.login, "/login", "login"),
            debitURL: try address(paths?.debit, debit, "debit"),
            statusURL: try address(paths?.debitStatus, debitStatus, "debit_status"),
            creditURL: try address(paths?.credit, credit, "credit"),
            creditStatusURL: try address(
                paths?.creditStatus, (paths?.credit ?? credit) + "/check-transaction-id", "credit_status"),
            legacy: legacy, addresses: addresses,
            idField: (settings.requestIDField ?? .idRequete).rawValue,
            timeField: (settings.requestTimeField ?? .dateHeureRequete).rawValue,
            manifest: TMoneyProvider.manifest(
                try .init(
                    .xof, minimum: settings.minimum, maximum: settings.maximum, standard: 100...2_000_000),
                creditCheck: legacy == nil ? .byOurReference : .none,
                creditCallback: legacy == nil || addresses.isEmpty ? .none : .addressOnly,
                debitCallback: addresses.isEmpty ? .none : .addressOnly, account: settings.username))
    }
}
