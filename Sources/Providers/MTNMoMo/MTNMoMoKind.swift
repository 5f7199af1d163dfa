public import Router

/// MTN Mobile Money, Open API version 1.0: a collection prompts the payer's phone; payouts and refunds leave from the
/// disbursement account.
public enum MTNMoMoKind: ProviderKind {
    /// The settings of `providers.json`.
    public struct Settings: Decodable, Sendable {
        /// The country's `X-Target-Environment`, for instance `mtncameroon`.
        public var targetEnvironment: String
        /// The API user of the collection product, a UUID.
        public var apiUser: String
        /// The API user of the disbursement product; without it there are no payouts and no refunds.
        public var disbursementAPIUser: String?
        /// The currency (ISO 4217); the target environment's own if left out.
        public var currency: String?
        /// Countries of the phones (ISO 3166); the target environment's own if left out.
        public var countries: [String]?
        /// Smallest amount in minor units; 1 if left out.
        public var minimum: Int64?
        /// Largest amount in minor units; 100 000 000 if left out, a guard against slips.
        public var maximum: Int64?
        /// Whether requests name our callback address; `false` if left out.
        ///
        /// Its host must be the registered one, or the operator refuses the request.
        public var sendsCallbackURL: Bool?
        /// Whether a refund may be less than the collection, and follow another; `false` if left out.
        public var partialRefunds: Bool?
        /// Where the refund call is; `/disbursement/v1_0/refund` if left out.
        public var refundPath: String?
        /// Whether names are asked for when a number is looked up; `true` if left out.
        public var looksUpNames: Bool?
    }

    /// The kind's name.
    public static let name = "mtn-momo"

    /// Key and subscription of the collection product.
    public static let secretNames = ["subscription_key", "api_key"]

    /// Key and subscription of the disbursement product.
    public static let optionalSecretNames = ["disbursement_subscription_key", "disbursement_api_key"]

    /// Target environments whose country this router can read phone numbers of.
    private static let markets: [String: (currency: String, country: String)] = [
        "mtncameroon": ("XAF", "CM"), "mtnbenin": ("XOF", "BJ"), "mtnivorycoast": ("XOF", "CI"),
        "mtnghana": ("GHS", "GH"),
    ]

    /// Makes a provider.
    ///
    /// There is no default address: hosts come from the operator's contract.
    public static func make(
        _ settings: Settings, _ setup: ProviderSetup
    ) throws(ProviderConfigurationError) -> any PaymentProvider {
        let require = ProviderConfigurationError.require
        let target = settings.targetEnvironment
        try require(
            !target.isEmpty && target.utf8.allSatisfy { (0x61...0x7A).contains($0) }, "target_environment",
            "expected small letters, for instance mtncameroon")
        let market = markets[target]
        guard let code = settings.currency ?? market?.currency else {
            throw .setting("currency", "\"currency\" is required for this target environment")
        }
        guard let currency = Currency(code: code) else { throw .setting("currency", "expected an ISO 4217 code") }
        let countries = settings.countries ?? market.map { [$0.country] } ?? []
        try require(
            !countries.isEmpty && countries.allSatisfy { NumberingPlan.builtIn.country(code: $0) != nil }, "countries",
            "expected countries whose phone numbers the router knows, for instance [\"CM\"]")
        let refundPath = settings.refundPath ?? "/disbursement/v1_0/refund"
        try require(
            refundPath.hasPrefix("/disbursement/"), "refund_path", "expected a path that begins with /disbursement/")
        let root = try setup.root(standard: nil)
        _ = try setup.place(refundPath, below: root, "refund_path")
        let collection = try account(settings.apiUser, "", setup)
        var disbursement: MTNMoMoAccount?
        if let user = settings.disbursementAPIUser { disbursement = try account(user, "disbursement_", setup) }
        return MTNMoMoProvider(
            root: root, target: target, collection: collection, disbursement: disbursement, refundPath: refundPath,
            sendsCallbackURL: settings.sendsCallbackURL ?? false, looksUpNames: settings.looksUpNames ?? true,
            manifest: MTNMoMoProvider.manifest(
                try .init(
                    currency, minimum: settings.minimum, maximum: settings.maximum, standard: 1...100_000_000),
                countries, account: "\(target)/\(collection.user)",
                payoutAccount: disbursement.map { "\(target)/\($0.user)" },
                partialRefunds: settings.partialRefunds ?? false))
    }

    private static func account(
        _ user: String, _ prefix: String, _ setup: ProviderSetup
    ) throws(ProviderConfigurationError) -> MTNMoMoAccount {
        try ProviderConfigurationError.require(
            MTNMoMoProvider.isUUID(user), prefix + "api_user", "expected a UUID, in small letters")
        return MTNMoMoAccount(
            user: user, key: try setup.requiredKey(prefix + "api_key"),
            subscription: try setup.requiredKey(prefix + "subscription_key"))
    }
}

/// Who we are at one of the operator's products.
struct MTNMoMoAccount: Sendable {
    let user: String
    let key: Secret
    let subscription: Secret
}
