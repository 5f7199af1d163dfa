public import Router
import WebText

/// Ksher (Thailand), the gateway interface with RSA signatures (`KsherPay` and `gateway.ksher.com`).
public enum KsherRSAKind: ProviderKind {
    /// The settings of `providers.json`.
    public struct Settings: Decodable, Sendable {
        /// The merchant's application, `mch` and digits.
        public var appid: String
        /// How payer and shop meet; `redirect` if left out.
        public var flow: ThaiWallets.Flow?
        /// The channels to offer; the usual wallets of the flow if left out.
        public var channels: [String]?
        /// Other codes for channels, such as `ktccard` for `card`.
        public var codes: [String: String]?
        /// Which of the operator's keys signs its answers; `V2` if left out.
        public var signVersion: SignVersion?
        /// The operator's public key (PEM or its base64); needed for `V2`, for `V1` the published one if left out.
        public var ksherPublicKey: String?
        /// Whether keys of less than 1024 bits may be used, as `V1` demands; `false` if left out.
        ///
        /// Such a signature can be forged: notifications then are hints only.
        public var allowShortKeys: Bool?
        /// The merchant's site, shown to the operator; the payment's return address if left out.
        public var referURL: String?
        /// Whether less than a whole payment can be given back; `false` if left out.
        ///
        /// The contract tells.
        public var partialRefunds: Bool?
        /// Where the two halves of the interface are, below `base_url` or absolute.
        public var paths: Paths?
        /// Smallest amount in satang; 100 if left out.
        public var minimum: Int64?
        /// Largest amount in satang; 100 000 000 if left out, a guard against slips.
        public var maximum: Int64?
    }

    /// The operator's generations of keys.
    public enum SignVersion: String, Decodable, Sendable, CaseIterable {
        /// A published key of 512 bits.
        case v1 = "V1"
        /// A key of 2048 bits.
        case v2 = "V2"
    }

    /// The two halves of the interface.
    public struct Paths: Decodable, Sendable {
        /// QR, barcode, refunds; `/KsherPay` if left out.
        public var pay: String?
        /// Hosted pages; `/api` if left out.
        public var gateway: String?
    }

    /// The kind's name.
    public static let name = "ksher-rsa"

    /// The merchant's private key, PEM or its base64.
    public static let secretNames = ["private_key"]

    /// The operator's published key of the first generation; docs/protocols/ksher.md, 3.2.
    static let publicKeyV1 =
        "MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAL7955OCuN4I8eYNL/mixZWIXIgCvIVEivlxqdpiHPcOLdQ2RPSx/pORpsUu/E9wz0mYS2PY7hNc2m"
        + "BgBOQT+wUCAwEAAQ=="

    /// One merchant; keys are read and their lengths judged here, so that `payrouter check` finds a wrong one.
    public static func make(
        _ settings: Settings, _ setup: ProviderSetup
    ) throws(ProviderConfigurationError) -> any PaymentProvider {
        let require = ProviderConfigurationError.require
        try require(settings.appid.consists(of: .lowerCase, 4...64), "appid", "expected mch and digits")
        try require(
            settings.referURL.map { (try? WebURL($0)) != nil } ?? true, "refer_url", "expected an absolute address")
        let version = settings.signVersion ?? .v2
        let root = try setup.root(standard: "https://api.mch.ksher.net")
        func place(
            _ path: String?, _ standard: String, _ below: String, _ name: String
        ) throws(ProviderConfigurationError) -> String {
            try setup.place(path ?? (setup.baseURL == nil ? standard : below), below: root, "paths/\(name)")
        }
        let connection = KsherRSAConnection(
            appid: settings.appid, environment: setup.environment,
            pay: try place(settings.paths?.pay, "https://api.mch.ksher.net/KsherPay", "/KsherPay", "pay"),
            gateway: try place(settings.paths?.gateway, "https://gateway.ksher.com/api", "/api", "gateway"),
            version: version, ours: try ours(setup, allowsShort: settings.allowShortKeys ?? false),
            theirs: try theirs(settings, version))
        let wallets = try ThaiWalletList(settings.flow, settings.channels, codes: settings.codes)
        var manifest = try wallets.manifest(
            kind: name, minimum: settings.minimum, maximum: settings.maximum,
            partialRefunds: settings.partialRefunds, callback: connection.isForgeryProof ? .signed : .none,
            unverified: unverified, account: settings.appid)
        // The operator's own plugin sends product names of at most 50 characters.
        manifest.description = DescriptionFacts(limit: 50)
        return KsherRSAProvider(
            connection: connection, wallets: wallets, referURL: settings.referURL, manifest: manifest.returningPayers())
    }

    private static let unverified = [
        "the list of error codes", "how long an unpaid order lives", "what a wrong signature is answered with",
        "the time zone of time_stamp", "what a repeated order number gives", "what order_refund states",
        "limits of amounts", "order_close, order_reverse and cancel_order", "the key of the second generation",
    ]

    private static func ours(
        _ setup: ProviderSetup, allowsShort: Bool
    ) throws(ProviderConfigurationError) -> RSASigningKey {
        let key = try setup.signingKey("private_key")
        try require(key.bits, allowsShort, "/secrets/private_key")
        return key
    }

    private static func theirs(
        _ settings: Settings, _ version: SignVersion
    ) throws(ProviderConfigurationError) -> RSAVerifyingKey {
        let name = "ksher_public_key"
        guard let text = settings.ksherPublicKey ?? (version == .v1 ? publicKeyV1 : nil) else {
            throw .setting(name, "the operator's public key is required for \"sign_version\" V2")
        }
        let key = try RSAVerifyingKey(text, setting: name)
        let fault = settings.ksherPublicKey == nil ? "allow_short_keys" : name
        try require(key.bits, settings.allowShortKeys ?? false, "/settings/\(fault)")
        return key
    }

    private static func require(
        _ bits: Int, _ allowsShort: Bool, _ pointer: String
    ) throws(ProviderConfigurationError) {
        guard bits < 1_024, !allowsShort else { return }
        throw ProviderConfigurationError(
            pointer: pointer, "a key of \(bits) bits can be broken; \"allow_short_keys\": true accepts that")
    }
}
