public import Router

/// MTN Mobile Money, Open API version 1.0: a collection prompts the payer's phone; payouts and refunds leave from the
/// disbursement account.
public enum MTNMoMoKind: ProviderKind {
    /// The settings of `providers.json`.
    public struct Settings: Decodable, Sendable {
        /// The country's `X-Target-Environment`, for instance `mtncameroon`.
        public var targetEnvironment: String
        /// The API user of the collection product: a UUID, or on the operator's newer platform any text without a colon.
        public var apiUser: String
        /// The API user of the disbursement product; without it there are no payouts and no refunds.
        public var disbursementAPIUser: String?
        /// Where the products are, if not both at `base_url`.
        public var hosts: Hosts?
        /// The currency (ISO 4217); the target environment's own if left out.
        public var currency: String?
        /// Countries of the phones (ISO 3166); the target environment's own if left out.
        public var countries: [String]?
        /// Smallest amount in minor units; 1 if left out.
        public var minimum: Int64?
        /// Largest amount in minor units; if left out, the guard against slips of ``MTNMoMoMarket``.
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

    /// The addresses of the products; `base_url` is that of those left out.
    public struct Hosts: Decodable, Sendable {
        /// Where collections, and questions about numbers, go.
        public var collection: String?
        /// Where payouts and refunds go, and the question for the balance that they draw on.
        public var disbursement: String?
    }

    /// The kind's name.
    public static let name = "mtn-momo"

    /// Key and subscription of the collection product.
    public static let secretNames = ["subscription_key", "api_key"]

    /// Needed with `disbursement_api_user` only: payouts and refunds have credentials of their own.
    public static let optionalSecretNames = ["disbursement_subscription_key", "disbursement_api_key"]

    /// One country's collections and, with the disbursement product's credentials, payouts and refunds.
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
        let market = MTNMoMoMarket.all[target]
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
        let hosts = try hosts(settings.hosts, setup)
        _ = try setup.place(refundPath, below: hosts.disbursement, "refund_path")
        let collection = try account(settings.apiUser, "", setup)
        var disbursement: MTNMoMoAccount?
        if let user = settings.disbursementAPIUser { disbursement = try account(user, "disbursement_", setup) }
        return MTNMoMoProvider(
            hosts: hosts, target: target, collection: collection, disbursement: disbursement, refundPath: refundPath,
            sendsCallbackURL: settings.sendsCallbackURL ?? false, looksUpNames: settings.looksUpNames ?? true,
            manifest: MTNMoMoProvider.manifest(
                try .init(
                    currency, minimum: settings.minimum, maximum: settings.maximum,
                    standard: 1...(market?.maximum ?? MTNMoMoMarket.usualMaximum)),
                countries, account: "\(target)/\(collection.user)",
                payoutAccount: disbursement.map { "\(target)/\($0.user)" },
                partialRefunds: settings.partialRefunds ?? false))
    }

    private static func hosts(
        _ named: Hosts?, _ setup: ProviderSetup
    ) throws(ProviderConfigurationError) -> MTNMoMoHosts {
        let root = try setup.root(standard: nil)
        func host(_ text: String?, _ name: String) throws(ProviderConfigurationError) -> String {
            guard let text else { return root }
            try setup.requireAddress(text, at: "/settings/hosts/\(name)")
            return text.hasSuffix("/") ? String(text.dropLast()) : text
        }
        return MTNMoMoHosts(
            collection: try host(named?.collection, "collection"),
            disbursement: try host(named?.disbursement, "disbursement"))
    }

    private static func account(
        _ user: String, _ prefix: String, _ setup: ProviderSetup
    ) throws(ProviderConfigurationError) -> MTNMoMoAccount {
        // User and key are joined by a colon at login.
        try ProviderConfigurationError.require(
            user.consists(of: .visible, 1...255) && !user.contains(":"), prefix + "api_user",
            "expected the user id of the partner portal, as it stands there: 1 to 255 printable characters without "
                + "spaces and colons")
        return MTNMoMoAccount(
            user: user, key: try setup.requiredKey(prefix + "api_key"),
            subscription: try setup.requiredKey(prefix + "subscription_key"))
    }
}

/// Where the operator's products are, each without a trailing slash.
struct MTNMoMoHosts: Sendable {
    let collection: String
    let disbursement: String

    /// The address of a path, which begins with its product's name.
    func url(_ path: String) -> String { (path.hasPrefix("/disbursement/") ? disbursement : collection) + path }
}

/// Who we are at one of the operator's products.
struct MTNMoMoAccount: Sendable {
    let user: String
    let key: Secret
    let subscription: Secret
}
