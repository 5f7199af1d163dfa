import Providers
import Router
import RouterTestKit
import Testing

/// Providers and orders to test with.
///
/// Every secret is a planted word that a test can search for.
enum Sample {
    static let reference = "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d"
    static let root = "http://127.0.0.1:8090/op"
    static let callbackURL = "https://pay.example/callbacks/some"
    static let createdAt = Moment(milliseconds: 1_795_253_405_678)

    static let secrets: [String: [String: String]] = [
        "tmoney": ["password": "planted-password", "legacy_password": "planted-legacy"],
        "flouci": ["public_key": "planted-public", "private_key": "planted-private"],
        "card": ["secret_key": "sk_test_planted", "webhook_secret": "whsec_test_router_0001"],
        "flooz": [
            "merchant_key": "planted-merchant", "password": "planted-password",
            "encryption_key": "planted-key-of-32-bytes-exactly!", "api_key": "planted-api-key",
        ],
        "paygate": ["auth_token": "planted-auth-token"],
        "mtn-momo": [
            "subscription_key": "planted-subscription", "api_key": "planted-api-key",
            "disbursement_subscription_key": "planted-second-subscription",
            "disbursement_api_key": "planted-second-api-key",
        ],
        "ksher": ["token": "test-token-0001"],
        "ksher-rsa": ["private_key": KsherKeys.text("merchant_private")],
        "tmoney-online": [:],
        "gsma-biller": ["api_key": "planted-api-key", "client_secret": "planted-client-secret"],
    ]

    /// Every configuration the tests go over, with the settings it needs.
    static let configurations: [(name: String, kind: String, settings: JSONValue)] = [
        ("tmoney", "tmoney", ["username": "demo"]),
        (
            "tmoney legacy", "tmoney",
            ["username": "demo", "legacy_credit": ["path": "/v1/credit", "role": "merchant", "id": "1234"]]
        ),
        ("flouci page", "flouci", [:]),
        ("flouci accept", "flouci", ["flow": "accept", "checkout_url": "https://pay.example/flouci"]),
        (
            "flouci accept 2019", "flouci",
            ["flow": "accept", "checkout_url": "https://pay.example/flouci", "body_style": "2019"]
        ),
        (
            "flouci accept with code request", "flouci",
            [
                "flow": "accept", "checkout_url": "https://pay.example/flouci",
                "code_request": [
                    "path": "/api/code", "payment_id": "/result/payment_id",
                    "fields": ["app": "{public_key}", "code": "{code}", "amount": "{amount}", "id": "{reference}"],
                ],
            ]
        ),
        ("card intents", "card", [:]),
        ("card charges", "card", ["api": "charges"]),
        (
            "mtn-momo", "mtn-momo",
            [
                "target_environment": "mtncameroon", "api_user": "7f3c1a52-0d4e-4c8b-9a61-5e2b7d90c4f1",
                "disbursement_api_user": "7f3c1a52-0d4e-4c8b-9a61-5e2b7d90c4f2",
            ]
        ),
        ("paygate", "paygate", [:]), ("paygate page", "paygate", ["flow": "page"]),
        ("flouci page 1", "flouci", ["version": 1]),
        ("ksher redirect", "ksher", ["webhook_url": "https://shop.example/webhook"]),
        ("ksher qr", "ksher", ["flow": "qr"]),
        ("ksher barcode", "ksher", ["flow": "barcode", "partial_refunds": true]),
        ("ksher-rsa redirect", "ksher-rsa", KsherKeys.settings(flow: "redirect")),
        ("ksher-rsa qr", "ksher-rsa", KsherKeys.settings(flow: "qr")),
        ("ksher-rsa barcode", "ksher-rsa", KsherKeys.settings(flow: "barcode")),
        (
            "tmoney-online", "tmoney-online",
            [
                "merchant_id": "1234567890123456", "brand": "Boutique Lomé", "text": "Merci",
                "operator_addresses": ["196.168.7.7"],
            ]
        ),
        ("flooz", "flooz", floozSettings), ("flooz token", "flooz", floozTokenSettings),
    ]

    /// The configurations that collect nothing, and are paid by an account number.
    static let billers: [(name: String, kind: String, settings: JSONValue)] = [
        ("gsma-biller", "gsma-biller", billerSettings),
        (
            "gsma-biller login", "gsma-biller",
            billerSettings.withMembers([
                "pays": "bill", "client_id": "planted-client", "token_path": "/oauth/accesstoken",
                "organisation": "Payrouter",
            ])
        ),
    ]
    private static let billerSettings: JSONValue = [
        "channel": "electricity", "currency": "XOF",
        "account": ["name": "meter number", "minimum_length": 11, "maximum_length": 11],
        "paid_statuses": ["approved"], "pending_statuses": ["received"], "goods_key": "token",
        "name_key": "customerName",
    ]

    static let floozSettings: JSONValue = [
        "username": "demo", "merchant_name": "Boutique", "partner_number": "22899999999",
    ]
    static let floozTokenSettings: JSONValue = [
        "username": "demo", "merchant_name": "Boutique", "partner_number": "22899999999",
        "authorization": ["mode": "token_endpoint", "index_value": 1_050],
    ]

    static func setup(
        _ kind: String, environment: PayEnvironment = .sandbox, baseURL: String? = root,
        secrets: [String: String]? = nil
    ) -> ProviderSetup {
        ProviderSetup(
            id: "under-test", environment: environment, baseURL: baseURL,
            secrets: (secrets ?? Sample.secrets[kind] ?? [:]).mapValues { Secret($0) })
    }

    static func kind(_ name: String) throws -> RegisteredKind {
        try #require(BuiltInKinds.all.first { $0.name == name })
    }

    static func provider<P>(
        _ kind: String, _ settings: JSONValue, as type: P.Type = P.self, setup: ProviderSetup? = nil
    ) throws -> P {
        let made = try Sample.kind(kind).make(settings: settings, setup: setup ?? Sample.setup(kind))
        return try #require(made as? P)
    }

    static func configured<P>(_ name: String, as type: P.Type = P.self) throws -> P {
        let row = try #require((configurations + billers).first { $0.name == name })
        return try provider(row.kind, row.settings)
    }

    /// The provider of a configuration, and an order that suits it.
    static func collecting<P>(_ name: String) throws -> (P, CollectInstruction) {
        (try configured(name), try order(for: name))
    }

    /// The provider of a configuration, and a payout that suits it.
    static func payingOut<P>(_ name: String) throws -> (P, PayoutInstruction) {
        (try configured(name), try payout(for: name))
    }

    /// What making a provider complains about.
    static func complaint(_ kind: String, _ settings: JSONValue, _ setup: ProviderSetup? = nil) -> String {
        do {
            _ = try Sample.kind(kind).make(settings: settings, setup: setup ?? Sample.setup(kind))
            return "none"
        } catch let error as ProviderConfigurationError {
            return error.description
        } catch let issues as JSONIssues {
            return issues.issues.map(\.description).joined(separator: "; ")
        } catch {
            return "unexpected: \(error)"
        }
    }

    static func order(
        _ amount: Money, channel: PaymentChannel, phone: String? = "+228 90 11 22 33", token: String? = nil,
        text: String = "Panier 15", returnURLs: ReturnURLs = ReturnURLs(), callbackURL: String = callbackURL,
        operatorReference: String? = nil
    ) throws -> CollectInstruction {
        CollectInstruction(
            attempt: AttemptID(at: createdAt, from: FixedRandom()), reference: reference, channel: channel,
            amount: amount, customer: Customer(phone: try phone.map { try MSISDN(parsing: $0) }),
            sourceToken: token.map { Secret($0) }, text: text, returnURLs: returnURLs, callbackURL: callbackURL,
            createdAt: createdAt, operatorReference: operatorReference)
    }

    /// An order that suits a configuration of ``configurations``.
    static func order(for configuration: String) throws -> CollectInstruction {
        switch configuration {
        case "tmoney", "tmoney legacy": try order(Money(5_000, .xof), channel: "tmoney")
        case "flouci page", "flouci page 1":
            try order(Money(1_250, .tnd), channel: "flouci", phone: nil, operatorReference: "FoPKKHqfQIKfBqhEj8M47A")
        case "flouci accept", "flouci accept 2019", "flouci accept with code request":
            try order(Money(1_250, .tnd), channel: "flouci-code", phone: nil)
        case "card intents":
            try order(
                Money(5_000, .usd), channel: "card", phone: nil, token: "pm_card_visa",
                returnURLs: ReturnURLs(success: "https://shop.example/done?a=b"), operatorReference: "pi_123")
        case "flooz", "flooz token":
            try order(Money(5_000, .xof), channel: "flooz", phone: "+228 99 11 22 33")
        case "paygate", "paygate page":
            try order(Money(5_000, .xof), channel: "flooz", phone: "+228 99 11 22 33")
        case "mtn-momo":
            try order(
                Money(5_000, try #require(Currency(code: "XAF"))), channel: "mtn-momo", phone: "+237 670 11 22 33")
        case "ksher redirect", "ksher-rsa redirect":
            try order(
                Money(15_050, .thb), channel: "truemoney", phone: nil,
                returnURLs: ReturnURLs(success: "https://shop.example/ok", failure: "https://shop.example/no"))
        case "ksher qr", "ksher-rsa qr": try order(Money(15_050, .thb), channel: "promptpay", phone: nil)
        case "ksher barcode", "ksher-rsa barcode":
            try order(Money(15_050, .thb), channel: "truemoney", phone: nil, token: "8812345678901234")
        case "tmoney-online": try order(Money(5_000, .xof), channel: "tmoney-online")
        default: try order(Money(5_000, .usd), channel: "card", phone: nil, token: "tok_visa")
        }
    }

    /// A payout that suits a configuration.
    static func payout(for configuration: String) throws -> PayoutInstruction {
        let order = try order(for: configuration)
        return PayoutInstruction(
            attempt: order.attempt, reference: reference, channel: order.channel, amount: order.amount,
            customer: order.customer, text: "Salaire 7", callbackURL: callbackURL, createdAt: createdAt)
    }

    /// A bill that suits a configuration of ``billers``.
    static func bill(for configuration: String, account: String = "37000000001") throws -> PayoutInstruction {
        PayoutInstruction(
            attempt: AttemptID(at: createdAt, from: FixedRandom()), reference: reference, channel: "electricity",
            amount: Money(5_000, .xof), customer: Customer(), billAccount: account, text: "Mai",
            callbackURL: callbackURL, createdAt: createdAt)
    }

    /// A refund of the whole collection of ``order(for:)``.
    static func refund(for configuration: String) throws -> FollowUpInstruction {
        let order = try order(for: configuration)
        return FollowUpInstruction(
            attempt: order.attempt, reference: "1b2c3d4e-4e5f-4a6b-8c7d-9e0f1a2b3c4d", amount: order.amount,
            original: OriginalCollection(
                reference: reference, operatorReference: order.operatorReference,
                // PromptPay has no refunds.
                channel: order.channel == "promptpay" ? "truemoney" : order.channel, amount: order.amount,
                customer: order.customer, createdAt: createdAt),
            text: "Retour", callbackURL: callbackURL, createdAt: createdAt)
    }

    /// A refund, capture or release of what ``order(for:)`` collected.
    static func followUp(
        for configuration: String, _ minorUnits: Int64? = nil, refunded: Int64 = 0,
        operatorReference: String? = nil
    ) throws -> FollowUpInstruction {
        let order = try order(for: configuration)
        var original = OriginalCollection(
            reference: order.reference, operatorReference: operatorReference ?? order.operatorReference,
            channel: order.channel, amount: order.amount, refundedMinorUnits: refunded, createdAt: createdAt)
        if original.operatorReference == nil { original.operatorReference = "ch_123" }
        return FollowUpInstruction(
            attempt: order.attempt, reference: followUpReference,
            amount: Money(minorUnits ?? order.amount.minorUnits, order.amount.currency), original: original,
            callbackURL: callbackURL, createdAt: createdAt)
    }

    static let followUpReference = "ffffeeee-dddd-4ccc-8bbb-aaaa99998888"
}

extension JSONValue {
    /// The object with more members, or with other values of those it has.
    func withMembers(_ members: KeyValuePairs<String, JSONValue>) -> JSONValue {
        guard var object = objectValue else { return self }
        for (name, value) in members { object[name] = value }
        return .object(object)
    }
}

extension JSONObject {
    /// Sets a member; `null` takes it away.
    mutating func change(_ name: String, _ value: JSONValue) {
        if value == .null {
            self[name] = Optional<JSONValue>.none
        } else {
            self[name] = value
        }
    }
}

/// The failure an operation throws.
func failure<T>(of operation: () async throws(PreparationFailure) -> T) async throws -> PreparationFailure {
    do throws(PreparationFailure) {
        _ = try await operation()
    } catch {
        return error
    }
    throw NothingThrown()
}

struct NothingThrown: Error {}

extension SigningContext {
    /// A context for one exchange.
    static func sample(token: String? = nil) -> SigningContext {
        SigningContext(token: token, now: Sample.createdAt, sequence: 1_764_590_400_000, random: 42)
    }
}
