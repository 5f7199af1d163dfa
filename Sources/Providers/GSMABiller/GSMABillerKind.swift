public import Router

/// A biller that speaks the bill payments of the GSMA Mobile Money API 1.2: look up what is owed, pay it, get a receipt or a
/// token.
public enum GSMABillerKind: ProviderKind {
    /// The settings of `providers.json`.
    public struct Settings: Decodable, Sendable {
        /// The channel on which it is paid, for instance `electricity`.
        public var channel: String
        /// What customers call the channel; if left out, its name with a capital.
        public var channelName: String?
        /// The currency of its bills (ISO 4217).
        public var currency: String
        /// Smallest amount in minor units; 1 if left out.
        public var minimum: Int64?
        /// Largest amount in minor units; a guard against slips of 100 000 000 if left out.
        public var maximum: Int64?
        /// The customers' numbers.
        public var account: Account
        /// How the biller names the number in paths; `accountid` if left out.
        public var identifierType: IdentifierType?
        /// What is paid; `account` if left out.
        public var pays: Pays?
        /// The words of `billPaymentStatus` that mean paid: the standard lists none, so the biller's contract has to.
        public var paidStatuses: [String]
        /// The words that mean that it is still at work; none if left out.
        public var pendingStatuses: [String]?
        /// The key in `customData` of a payment under which the goods come, such as `token`; no goods if left out.
        public var goodsKey: String?
        /// For how long missing goods are asked for after the payment, in seconds; a day if left out.
        public var goodsWithinSeconds: Int64?
        /// The key in `customData` of a bill under which the customer's name comes; no name if left out.
        public var nameKey: String?
        /// Who we are, as `requestingOrganisation`; left out of requests if left out here.
        public var organisation: String?
        /// Our client id: sent as `X-Client-Id`, and the user of the login where there is one.
        public var clientID: String?
        /// Where access tokens are had, as a path below the address or an absolute address; with it the calls carry a
        /// bearer token instead of an API key.
        public var tokenPath: String?
    }

    /// The numbers that customers have at the biller.
    public struct Account: Decodable, Sendable {
        /// What customers call it, for instance `meter number`.
        public var name: String
        /// What it is made of; `digits` if left out.
        public var characters: BillAccountShape.Characters?
        /// Fewest characters.
        public var minimumLength: Int
        /// Most characters, at most 64.
        public var maximumLength: Int
    }

    /// How the biller names a customer's number in paths, as far as one number suffices.
    public enum IdentifierType: String, Decodable, Sendable, CaseIterable {
        /// The holder's number.
        case accountid
        /// The consumer's number.
        case consumerno
        /// A phone number.
        case msisdn
        /// A user name.
        case username
    }

    /// What a payment is for.
    public enum Pays: String, Decodable, Sendable, CaseIterable {
        /// The account, without a bill: prepaid meters.
        case account
        /// The bill that the amount names among those that are owed; it is looked for before each payment.
        case bill
    }

    /// The kind's name.
    public static let name = "gsma-biller"

    /// None that every biller has.
    public static let secretNames: [String] = []

    /// The API key or, with `token_path`, the login's password.
    public static let optionalSecretNames = ["api_key", "client_secret"]

    /// One biller; there is no default address, because the standard has none.
    public static func make(
        _ settings: Settings, _ setup: ProviderSetup
    ) throws(ProviderConfigurationError) -> any PaymentProvider {
        let calls = try GSMABillerCalls(settings, setup)
        guard let path = settings.tokenPath else {
            return GSMABillerByKey(
                calls: calls, clientID: settings.clientID, key: try setup.requiredKey("api_key"))
        }
        guard let client = settings.clientID, !client.contains(":") else {
            throw .setting("client_id", "is required beside token_path, and holds no colon")
        }
        return GSMABillerByLogin(
            calls: calls, tokenURL: try setup.place(path, below: calls.root, "token_path"), clientID: client,
            secret: try setup.requiredKey("client_secret"))
    }
}
