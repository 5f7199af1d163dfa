public import Router

/// PayGate Global (Togo): both Togolese wallets behind one key, by a prompt on the phone or on a hosted page; payouts and
/// balances.
///
/// The operator has no test system.
public enum PayGateKind: ProviderKind {
    /// The settings of `providers.json`.
    public struct Settings: Decodable, Sendable {
        /// How payers pay; `push` if left out.
        public var flow: Flow?
        /// The wallets to serve; both if left out.
        public var networks: [Network]?
        /// Where single calls are; the published paths if left out.
        public var paths: Paths?
        /// Whether payouts and balances are used; `true` if left out.
        ///
        /// The operator answers them only to addresses on its list.
        public var paysOut: Bool?
        /// Smallest amount in francs; 100 if left out.
        public var minimum: Int64?
        /// Largest amount in francs; 2 000 000 if left out.
        public var maximum: Int64?
    }

    /// How the payer pays.
    public enum Flow: String, Decodable, Sendable, CaseIterable {
        /// A prompt on the payer's phone.
        case push
        /// A page of the operator.
        ///
        /// Its address carries the merchant's key, for every payer to read: prefer `push`.
        case page
    }

    /// The wallets, as the operator names them.
    public enum Network: String, Decodable, Sendable, CaseIterable {
        /// Moov Money; channel `flooz`.
        case flooz = "FLOOZ"
        /// Mixx by Yas; channel `tmoney`.
        case tmoney = "TMONEY"

        var channel: PaymentChannel {
            switch self {
            case .flooz: "flooz"
            case .tmoney: "tmoney"
            }
        }
    }

    /// Paths below the base address.
    public struct Paths: Decodable, Sendable {
        /// Payment by prompt; `/api/v1/pay` if left out.
        public var pay: String?
        /// Status by our identifier; `/api/v2/status` if left out.
        public var status: String?
        /// Balance; `/api/v1/check-balance` if left out.
        public var balance: String?
        /// Payout; `/api/v1/disburse` if left out.
        public var disburse: String?
        /// The page; `/v1/page` if left out.
        public var page: String?
    }

    /// The kind's name.
    public static let name = "paygate"

    /// The merchant's key.
    public static let secretNames = ["auth_token"]

    /// One merchant, for both wallets, by prompt or by page.
    public static func make(
        _ settings: Settings, _ setup: ProviderSetup
    ) throws(ProviderConfigurationError) -> any PaymentProvider {
        let root = try setup.root(standard: "https://paygateglobal.com")
        func address(_ path: String?, _ standard: String, _ name: String) throws(ProviderConfigurationError) -> String {
            try setup.path(path ?? standard, below: root, "paths/\(name)")
        }
        let networks = settings.networks ?? Network.allCases
        try ProviderConfigurationError.require(
            !networks.isEmpty && Set(networks).count == networks.count, "networks", "expected FLOOZ, TMONEY or both")
        let paths = settings.paths
        let flow = settings.flow ?? .push
        let token = try setup.requiredKey("auth_token")
        return PayGateProvider(
            flow: flow, networks: networks, token: token,
            payURL: try address(paths?.pay, "/api/v1/pay", "pay"),
            statusURL: try address(paths?.status, "/api/v2/status", "status"),
            balanceURL: try address(paths?.balance, "/api/v1/check-balance", "balance"),
            disburseURL: try address(paths?.disburse, "/api/v1/disburse", "disburse"),
            pageURL: try address(paths?.page, "/v1/page", "page"),
            manifest: PayGateProvider.manifest(
                flow, networks.map(\.channel),
                try .init(
                    .xof, minimum: settings.minimum, maximum: settings.maximum, standard: 100...2_000_000),
                paysOut: settings.paysOut ?? true, account: token.accountName))
    }
}
