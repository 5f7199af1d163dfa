public import Router
import WebText

/// Ksher (Thailand), the REST interface with a token (`*.vip.ksher.net`).
///
/// The operator has announced its end: new merchants need the kind `ksher-rsa`.
public enum KsherKind: ProviderKind {
    /// The settings of `providers.json`.
    public struct Settings: Decodable, Sendable {
        /// How payer and shop meet; `redirect` if left out.
        public var flow: ThaiWallets.Flow?
        /// The channels to offer; the usual wallets of the flow if left out.
        public var channels: [String]?
        /// Other codes for channels, such as `bbl_promptpay` for `promptpay` at older merchants.
        public var codes: [String: String]?
        /// The sub-merchant, where the token serves several.
        public var mid: String?
        /// What to send as `provider`; nothing if left out.
        public var provider: String?
        /// The notification address exactly as it stands in the gateway's settings.
        ///
        /// It is part of what notifications sign; without it none can be verified, and all are refused.
        public var webhookURL: String?
        /// Whether less than a whole payment can be given back; `false` if left out.
        ///
        /// Only some wallets can.
        public var partialRefunds: Bool?
        /// The order's note, with places for what is known of it: `{reference}`, `{description}`, `{shop}`, `{email}`,
        /// `{name}`; `{reference} {description}` if left out.
        public var note: String?
        /// Smallest amount in satang; 100 if left out.
        public var minimum: Int64?
        /// Largest amount in satang; 100 000 000 if left out, a guard against slips.
        public var maximum: Int64?
    }

    /// The kind's name.
    public static let name = "ksher"

    /// The merchant's token.
    public static let secretNames = ["token"]

    /// One merchant at its own host.
    ///
    /// There is no default address: each merchant has its own.
    public static func make(
        _ settings: Settings, _ setup: ProviderSetup
    ) throws(ProviderConfigurationError) -> any PaymentProvider {
        for (name, value) in [("mid", settings.mid), ("provider", settings.provider)] {
            try ProviderConfigurationError.require(
                value?.consists(of: .visible, 1...64) ?? true, name,
                "expected 1 to 64 printable ASCII characters without spaces")
        }
        if let text = settings.webhookURL {
            // Nothing is sent there: it is a text that both sides sign. Sandbox operators call wherever the router is.
            let address = try? WebURL(text)
            try ProviderConfigurationError.require(
                address.map { !$0.hasQueryOrFragment && ($0.isSecure || setup.environment == .sandbox) }
                    ?? false,
                "webhook_url",
                "expected the address from the gateway's settings, such as https://pay.example/callbacks/\(setup.id)")
        }
        let wallets = try ThaiWalletList(settings.flow, settings.channels, codes: settings.codes)
        let token = try setup.requiredKey("token")
        let manifest = try wallets.manifest(
            kind: name, minimum: settings.minimum, maximum: settings.maximum,
            partialRefunds: settings.partialRefunds, unverified: unverified,
            account: [token.accountName, settings.mid].compactMap(\.self).joined(separator: "/"))
        return KsherProvider(
            root: try setup.root(standard: nil), environment: setup.environment, wallets: wallets,
            signature: KsherSignature(token), mid: settings.mid,
            providerName: settings.provider, webhookURL: settings.webhookURL,
            note: try TextTemplate(settings.note ?? "{reference} {description}", setting: "note"),
            manifest: wallets.flow == .redirect ? manifest.returningPayers() : manifest)
    }

    private static let unverified = [
        "whether the interface still serves", "the code of a repeated order number", "the full list of statuses",
        "how long an unpaid order lives", "what a wrong signature is answered with", "limits of amounts",
        "which wallets refund a part", "how a refund shows when the sale is asked about", "cancelling an order",
    ]
}
