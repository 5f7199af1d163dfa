public import Router

/// Flouci (Tunisia): the hosted page of API version 2, or the older QR and code that a merchant accepts.
public enum FlouciKind: ProviderKind {
    /// The settings of `providers.json`.
    public struct Settings: Decodable, Sendable {
        /// Which flow; `page` if left out.
        public var flow: Flow?
        /// Which generation of the page's interface, 2 or 1; 2 if left out.
        ///
        /// The first has no webhook, no refunds and cannot hold money.
        public var version: Int64?
        /// Whether the hosted page also takes bank cards; `false` if left out.
        public var acceptCard: Bool?
        /// Merchants that get a part of every payment; version 2 only.
        public var destinations: [Destination]?
        /// How the operator spells the wish to hold money; `pre_authorization` if left out.
        public var preAuthorizationField: PreAuthorizationField?
        /// How long money is held before it lapses, in seconds; a day if left out, because nothing is published.
        public var holdSeconds: Int64?
        /// Which spelling of the accept call the merchant's app speaks; `2021` if left out.
        public var bodyStyle: BodyStyle?
        /// The content of the QR code of the accept flow.
        ///
        /// Placeholders: `{checkout_url}`, `{public_key}`, `{amount}`, `{reference}`, `{description}`. Nothing public
        /// says what the operator's app reads: use what it gave you.
        public var qrTemplate: String?
        /// The merchant's own https page, for `{checkout_url}`.
        public var checkoutURL: String?
        /// How to ask which payment a typed code belongs to; without it a confirmation must bring the payment's id.
        public var codeRequest: CodeRequest?
        /// Smallest amount in millimes; 100 if left out.
        ///
        /// The operator publishes no limit.
        public var minimum: Int64?
        /// Largest amount in millimes; 1 000 000 000 if left out, a guard against slips.
        ///
        /// The operator publishes no limit.
        public var maximum: Int64?

        enum CodingKeys: String, CodingKey {
            case flow, version, destinations, minimum, maximum
            case preAuthorizationField = "pre_authorization_field"
            case holdSeconds = "hold_seconds"
            case acceptCard = "accept_card"
            case bodyStyle = "body_style"
            case qrTemplate = "qr_template"
            case checkoutURL = "checkout_url"
            case codeRequest = "code_request"
        }
    }

    /// The two flows.
    public enum Flow: String, Decodable, Sendable {
        /// A page of the operator; channel `flouci`.
        case page
        /// QR and code, accepted by our call; channel `flouci-code`.
        case accept
    }

    /// A merchant that gets a part of every payment.
    public struct Destination: Decodable, Sendable {
        /// The merchant's id at the operator.
        public var destination: String
        /// Its part, a text above 0 and at most 100 with at most two decimals; what is no whole millime stays with us.
        public var percent: String
    }

    /// The two spellings of the wish to hold money on record.
    public enum PreAuthorizationField: String, Decodable, Sendable {
        /// The newer page of the operator's documentation.
        case preAuthorization = "pre_authorization"
        /// The older page.
        case preAuth = "pre_auth"
    }

    /// The two spellings of the accept call on record.
    public enum BodyStyle: String, Decodable, Sendable {
        /// The operator's published example.
        case y2021 = "2021"
        /// The interface as first designed.
        case y2019 = "2019"
    }

    /// The call that tells the payment of a typed code; unpublished, so all of it is set.
    public struct CodeRequest: Decodable, Sendable {
        /// The path below `base_url`.
        public var path: String
        /// Names of the body's members and their values, with `{public_key}`, `{code}`, `{amount}`, `{reference}`.
        public var fields: [String: String]
        /// Where the payment's id stands in the answer, a JSON pointer.
        public var paymentID: String

        enum CodingKeys: String, CodingKey {
            case path, fields
            case paymentID = "payment_id"
        }
    }

    /// The kind's name.
    public static let name = "flouci"

    /// The app's two keys.
    public static let secretNames = ["public_key", "private_key"]

    /// Makes a provider for one of the flows; settings of the other flow are refused.
    public static func make(
        _ settings: Settings, _ setup: ProviderSetup
    ) throws(ProviderConfigurationError) -> any PaymentProvider {
        let connection = FlouciConnection(
            root: try setup.root(standard: "https://developers.flouci.com"), environment: setup.environment,
            publicKey: try key("public_key", setup), privateKey: try key("private_key", setup))
        let limits = try AmountRange(
            minimum: settings.minimum, maximum: settings.maximum, standard: 100...1_000_000_000)
        switch settings.flow ?? .page {
        case .page:
            try refuse(settings.bodyStyle != nil, "body_style", outside: "accept")
            try refuse(settings.qrTemplate != nil, "qr_template", outside: "accept")
            try refuse(settings.checkoutURL != nil, "checkout_url", outside: "accept")
            try refuse(settings.codeRequest != nil, "code_request", outside: "accept")
            return try page(settings, connection, limits)
        case .accept:
            try refuse(settings.acceptCard != nil, "accept_card", outside: "page")
            try refuse(settings.version != nil, "version", outside: "page")
            try refuse(settings.destinations != nil, "destinations", outside: "page")
            try refuse(settings.preAuthorizationField != nil, "pre_authorization_field", outside: "page")
            try refuse(settings.holdSeconds != nil, "hold_seconds", outside: "page")
            if let checkoutURL = settings.checkoutURL {
                try setup.requireAddress(checkoutURL, at: "/settings/checkout_url")
            }
            let template = try FlouciQRTemplate(
                settings.qrTemplate ?? FlouciQRTemplate.standard, checkoutURL: settings.checkoutURL,
                publicKey: connection.publicKey)
            var exchange: FlouciCodeExchange?
            if let codeRequest = settings.codeRequest {
                exchange = try FlouciCodeExchange(codeRequest, setup, root: connection.root)
            }
            return FlouciAcceptProvider(
                connection: connection, style: settings.bodyStyle ?? .y2021, template: template, exchange: exchange,
                limits: limits)
        }
    }

    private static func page(
        _ settings: Settings, _ connection: FlouciConnection, _ limits: AmountRange
    ) throws(ProviderConfigurationError) -> any PaymentProvider {
        switch settings.version ?? 2 {
        case 1:
            for (isSet, name) in [
                (settings.destinations != nil, "destinations"), (settings.holdSeconds != nil, "hold_seconds"),
                (settings.preAuthorizationField != nil, "pre_authorization_field"),
            ] where isSet {
                throw ProviderConfigurationError(
                    pointer: "/settings/\(name)", "\"\(name)\" belongs to version 2 only")
            }
            return FlouciFirstPageProvider(
                connection: connection, takesCards: settings.acceptCard ?? false, limits: limits)
        case 2:
            let hold = settings.holdSeconds ?? 86_400
            guard (3_600...2_592_000).contains(hold) else {
                throw ProviderConfigurationError(
                    pointer: "/settings/hold_seconds", "expected 3600 (an hour) to 2592000 (30 days)")
            }
            return FlouciPageProvider(
                connection: connection, takesCards: settings.acceptCard ?? false,
                shares: try FlouciShares(settings.destinations ?? []),
                holdField: (settings.preAuthorizationField ?? .preAuthorization).rawValue, holdSeconds: hold,
                limits: limits)
        default: throw ProviderConfigurationError(pointer: "/settings/version", "expected 2 or 1")
        }
    }

    private static func refuse(
        _ isSet: Bool, _ setting: String, outside flow: String
    ) throws(ProviderConfigurationError) {
        guard isSet else { return }
        throw ProviderConfigurationError(
            pointer: "/settings/\(setting)", "\"\(setting)\" belongs to the flow \"\(flow)\" only")
    }

    /// Keys are joined by a colon on the wire, so neither may hold one.
    private static func key(_ name: String, _ setup: ProviderSetup) throws(ProviderConfigurationError) -> Secret {
        let key = try setup.requiredKey(name)
        guard !key.reveal().contains(":") else {
            throw ProviderConfigurationError(
                pointer: "/secrets/\(name)", "the secret \"\(name)\" must not hold a colon")
        }
        return key
    }
}

/// Where the operator is and who we are there.
struct FlouciConnection: Sendable {
    let root: String
    let environment: Environment
    let publicKey: Secret
    let privateKey: Secret

    /// Whether a link from the operator may be shown to a payer: https on its own domain; in the sandbox also the
    /// practice operator itself.
    func mayShow(_ link: String) -> Bool {
        guard let address = WebAddress(link) else { return false }
        if environment == .sandbox, let root = WebAddress(root), address.hasSameOrigin(as: root) { return true }
        let isTheirs = address.host == "flouci.com" || address.host.hasSuffix(".flouci.com")
        return isTheirs && address.scheme == "https" && (address.port ?? 443) == 443
    }
}
