public import Router
import WebText

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
    }

    /// How the payer pays.
    public enum Flow: String, Decodable, Sendable, CaseIterable {
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
    public enum PreAuthorizationField: String, Decodable, Sendable, CaseIterable {
        /// The newer page of the operator's documentation.
        case preAuthorization = "pre_authorization"
        /// The older page.
        case preAuth = "pre_auth"
    }

    /// The two spellings of the accept call on record.
    public enum BodyStyle: String, Decodable, Sendable, CaseIterable {
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
        let limits = try ProviderManifest.CurrencyLimits(
            .tnd, minimum: settings.minimum, maximum: settings.maximum, standard: 100...1_000_000_000)
        switch settings.flow ?? .page {
        case .page:
            try refuse(
                [
                    ("body_style", settings.bodyStyle != nil), ("qr_template", settings.qrTemplate != nil),
                    ("checkout_url", settings.checkoutURL != nil), ("code_request", settings.codeRequest != nil),
                ], "the flow \"accept\"")
            return try page(settings, connection, limits)
        case .accept:
            try refuse(
                [("accept_card", settings.acceptCard != nil), ("version", settings.version != nil)]
                    + ofSecondPage(settings), "the flow \"page\"")
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
                manifest: FlouciAcceptProvider.manifest(limits, account: connection.publicKey.accountName))
        }
    }

    private static func page(
        _ settings: Settings, _ connection: FlouciConnection, _ limits: ProviderManifest.CurrencyLimits
    ) throws(ProviderConfigurationError) -> any PaymentProvider {
        let takesCards = settings.acceptCard ?? false
        switch settings.version ?? 2 {
        case 1:
            try refuse(ofSecondPage(settings), "version 2")
            return FlouciFirstPageProvider(
                connection: connection, takesCards: takesCards,
                manifest: FlouciFirstPageProvider.manifest(limits, account: connection.publicKey.accountName))
        case 2:
            let hold = settings.holdSeconds ?? 86_400
            try ProviderConfigurationError.require(
                (3_600...2_592_000).contains(hold), "hold_seconds", "expected 3600 (an hour) to 2592000 (30 days)")
            return FlouciPageProvider(
                connection: connection, takesCards: takesCards, shares: try FlouciShares(settings.destinations ?? []),
                holdField: (settings.preAuthorizationField ?? .preAuthorization).rawValue,
                manifest: FlouciPageProvider.manifest(
                    limits, holdSeconds: hold, account: connection.publicKey.accountName))
        default: throw .setting("version", "expected 2 or 1")
        }
    }

    private static func ofSecondPage(_ settings: Settings) -> [(String, Bool)] {
        [
            ("destinations", settings.destinations != nil),
            ("pre_authorization_field", settings.preAuthorizationField != nil),
            ("hold_seconds", settings.holdSeconds != nil),
        ]
    }

    private static func refuse(
        _ settings: [(name: String, isSet: Bool)], _ owner: String
    ) throws(ProviderConfigurationError) {
        for setting in settings {
            try ProviderConfigurationError.require(
                !setting.isSet, setting.name, "\"\(setting.name)\" belongs to \(owner) only")
        }
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
    let environment: PayEnvironment
    let publicKey: Secret
    let privateKey: Secret

    /// The question about one payment.
    func question(_ path: String, _ paymentID: String) -> WireRequest {
        .question(root + path + "/" + PercentText.encoded(paymentID))
    }

    /// Opens a page, which moves nothing.
    func open(
        _ path: String, _ body: JSONObject, for order: CollectInstruction, asking wire: any Asking
    ) async throws(PreparationFailure) -> Prepared {
        let reply = try await wire.askToPrepare(.json(root + path, .object(body)))
        let links = PayerLinks(environment: environment, root: root, domains: ["flouci.com"])
        let page = try FlouciReplies.created(reply, reference: order.reference, links: links)
        return order.session(
            [.redirect(url: page.link), .showQR(content: page.link)], operatorReference: page.paymentID)
    }
}

/// The parts of a payment that go to other merchants.
///
/// Source: docs/protocols/flouci.md, 4.1 (`destination`); the sum never exceeds the amount.
struct FlouciShares: Sendable, Hashable {
    private struct Share: Sendable, Hashable {
        let destination: String
        /// Hundredths of a percent.
        let basisPoints: Int64
    }

    private var shares: [Share] = []

    init(_ settings: [FlouciKind.Destination]) throws(ProviderConfigurationError) {
        for (index, setting) in settings.enumerated() {
            let place = "destinations/\(index)"
            let isNew = !shares.contains { $0.destination == setting.destination }
            try ProviderConfigurationError.require(
                setting.destination.consists(of: .visible, 1...64) && isNew, place + "/destination",
                "expected a merchant's id, 1 to 64 printable characters, once")
            guard let points = Self.basisPoints(setting.percent) else {
                throw .setting(place + "/percent", "expected a text above 0 and at most 100, such as \"12.5\"")
            }
            shares.append(Share(destination: setting.destination, basisPoints: points))
        }
        try ProviderConfigurationError.require(
            shares.reduce(0) { $0 + $1.basisPoints } <= 10_000, "destinations", "expected at most 100 percent together")
    }

    /// The member `destination` for an amount of millimes; `nil` if nobody gets a part.
    func of(_ amount: Int64) -> JSONValue? {
        let parts = shares.compactMap { share -> JSONValue? in
            let (product, overflow) = amount.multipliedReportingOverflow(by: share.basisPoints)
            guard !overflow, product >= 10_000 else { return nil }
            return ["amount": JSONValue(product / 10_000), "destination": .string(share.destination)]
        }
        guard !parts.isEmpty else { return nil }
        return .array(parts)
    }

    private static func basisPoints(_ text: String) -> Int64? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count),
            parts[0].consists(of: .digits, 1...3), let whole = Int64(parts[0])
        else { return nil }
        let decimals = parts.count == 2 ? parts[1] : "0"
        guard decimals.consists(of: .digits, 1...2), let rest = Int64((decimals + "00").prefix(2)) else { return nil }
        let points = whole * 100 + rest
        return (1...10_000).contains(points) ? points : nil
    }
}
