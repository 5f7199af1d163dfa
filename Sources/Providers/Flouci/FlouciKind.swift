public import Router

/// Flouci (Tunisia): the hosted page of API version 2, or the older QR and code that a merchant accepts.
public enum FlouciKind: ProviderKind {
    /// The settings of `providers.json`.
    public struct Settings: Decodable, Sendable {
        /// Which flow; `page` if left out.
        public var flow: Flow?
        /// Whether the hosted page also takes bank cards; `false` if left out.
        public var acceptCard: Bool?
        /// Which spelling of the accept call the merchant's app speaks; `2021` if left out.
        public var bodyStyle: BodyStyle?
        /// The content of the QR code of the accept flow.
        ///
        /// Placeholders: `{checkout_url}`, `{public_key}`, `{amount}`, `{reference}`, `{description}`. Nothing public
        /// says what the operator's app reads: use what it gave you.
        public var qrTemplate: String?
        /// The merchant's own https page, for `{checkout_url}`.
        public var checkoutURL: String?
        /// Smallest amount in millimes; 100 if left out.
        ///
        /// The operator publishes no limit.
        public var minimum: Int64?
        /// Largest amount in millimes; 1 000 000 000 if left out, a guard against slips.
        ///
        /// The operator publishes no limit.
        public var maximum: Int64?

        enum CodingKeys: String, CodingKey {
            case flow, minimum, maximum
            case acceptCard = "accept_card"
            case bodyStyle = "body_style"
            case qrTemplate = "qr_template"
            case checkoutURL = "checkout_url"
        }
    }

    /// The two flows.
    public enum Flow: String, Decodable, Sendable {
        /// A page of the operator; channel `flouci`.
        case page
        /// QR and code, accepted by our call; channel `flouci-code`.
        case accept
    }

    /// The two spellings of the accept call on record.
    public enum BodyStyle: String, Decodable, Sendable {
        /// The operator's published example.
        case y2021 = "2021"
        /// The interface as first designed.
        case y2019 = "2019"
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
            return FlouciPageProvider(
                connection: connection, takesCards: settings.acceptCard ?? false, limits: limits)
        case .accept:
            try refuse(settings.acceptCard != nil, "accept_card", outside: "page")
            if let checkoutURL = settings.checkoutURL {
                try setup.requireAddress(checkoutURL, at: "/settings/checkout_url")
            }
            let template = try FlouciQRTemplate(
                settings.qrTemplate ?? FlouciQRTemplate.standard, checkoutURL: settings.checkoutURL,
                publicKey: connection.publicKey)
            return FlouciAcceptProvider(
                connection: connection, style: settings.bodyStyle ?? .y2021, template: template, limits: limits)
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
