public import Router

/// A made-up wallet operator: it wants a login, prompts a phone, pays out, and signs what it notifies.
public struct PurseKind: ProviderKind {
    /// The settings of `providers.json`.
    public struct Settings: Decodable, Sendable {
        /// The merchant's number at the operator.
        public var merchant: String
    }

    /// `purse`.
    public static let name = "purse"
    /// The login's password, and the key that signs notifications.
    public static let secretNames = ["password", "webhook_key"]

    /// Makes a provider.
    public static func make(
        _ settings: Settings, _ setup: ProviderSetup
    ) throws(ProviderConfigurationError) -> any PaymentProvider {
        guard let base = setup.baseURL else {
            throw ProviderConfigurationError(pointer: "/base_url", "is required: the operator tells it")
        }
        return PurseProvider(
            merchant: settings.merchant, password: setup.secrets["password"] ?? Secret(""),
            webhookKey: setup.secrets["webhook_key"] ?? Secret(""), base: base)
    }
}

/// The translator.
struct PurseProvider: Collecting, Checking {
    let merchant: String
    let password: Secret
    let webhookKey: Secret
    let base: String

    var manifest: ProviderManifest {
        var contract = ProviderContract.unproven(
            check: .byOurReference, promptLifetimeSeconds: 120, checksPerSecond: 2, checkLadder: .standard,
            reviewAfterSeconds: 3_600)
        contract.callback = .signed
        return ProviderManifest(
            kind: PurseKind.name, channels: ["purse"], currencies: [.init(.xof, minimum: 100, maximum: 1_000_000)],
            phoneCountries: ["TG"], requires: [.phone], payerActions: [.approveOnPhone],
            referenceShape: .hexadecimal(length: 32), contract: contract, mayReuseConnections: false,
            payout: PayoutFacts(
                channels: ["purse"], currencies: [.init(.xof, minimum: 100, maximum: 500_000)],
                phoneCountries: ["TG"], requires: [.phone], contract: contract),
            account: merchant, operatorReferencesAreUnique: false)
    }

    /// The token of the login; the core hands it in.
    func sign(_ request: WireRequest, _ context: SigningContext) -> WireRequest {
        var request = request
        request.headers.append(.init("Authorization", "Bearer " + (context.token ?? "")))
        return request
    }

    func preparation(of order: Instruction, confirmedBy confirmation: Confirmation?) -> Preparation {
        .offline
    }

    func prepare(_ order: CollectInstruction, asking wire: any Asking) async throws(PreparationFailure) -> Prepared {
        .request(try request("/debits", order.reference, order.amount, order.customer.phone))
    }

    func read(_ reply: WireReply, to order: CollectInstruction) -> ProviderOutcome { answer(reply) }

    func check(_ order: Instruction, asking wire: any Asking) async -> StatusCheckResult {
        let place = order.collection == nil ? "/credits/" : "/debits/"
        return await wire.ask(WireRequest(.get, base + place + order.reference)) { reply in
            if reply.status == 404, (try? StrictJSON.parse(reply.body))?["state"] == "unknown" { return .absent }
            return StatusCheckResult(answer(reply))
        }
    }

    /// A debit or a credit, without credentials.
    func request(
        _ path: String, _ reference: String, _ amount: Money, _ phone: MSISDN?
    ) throws(PreparationFailure) -> MoneyRequest {
        guard let phone else { throw PreparationFailure(Refusal(.invalidRequest), "a phone number is needed") }
        let body: JSONValue = [
            "merchant": .string(merchant), "reference": .string(reference), "phone": .string(phone.e164),
            "amount": JSONValue(amount.minorUnits), "currency": .string(amount.currency.code),
        ]
        return MoneyRequest(
            WireRequest(
                .post, base + path, headers: [.init("Content-Type", "application/json")], body: body.serialized()))
    }

    /// What a reply proves: the operator sends the same object in every phase of debits and credits.
    func answer(_ reply: WireReply) -> ProviderOutcome {
        guard reply.status == 200, let value = try? StrictJSON.parse(reply.body) else {
            return .unknown(Doubt(.unlisted))
        }
        return answer(value)
    }

    func answer(_ value: JSONValue) -> ProviderOutcome {
        switch value["state"]?.stringValue {
        case "done":
            guard let statement = statement(value) else { return .unknown(Doubt(.arrived)) }
            return .succeeded(statement)
        case "open":
            return .pending(
                Progress(actions: [.approveOnPhone(hint: nil)], operatorReference: value["id"]?.stringValue))
        case "refused": return .rejected(Refusal(.declined, providerCode: "refused"))
        default: return .unknown(Doubt(.unlisted))
        }
    }

    /// What the operator says it did; `nil` without an amount, or in a currency that cannot be read.
    func statement(_ value: JSONValue) -> ReportedTransaction? {
        let amount = StatedAmount(value["amount"])
        guard amount != .absent, let reference = value["reference"]?.stringValue,
            let currency = value["currency"]?.stringValue.flatMap({ Currency(code: $0) })
        else { return nil }
        return ReportedTransaction(
            reference: reference, of: amount, currency, operatorReference: value["id"]?.stringValue)
    }
}
