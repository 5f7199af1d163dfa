import Router

/// One configured connection to the operator: requests out, replies in.
struct PayGateProvider: Collecting, PayingOut {
    let flow: PayGateKind.Flow
    let networks: [PayGateKind.Network]
    let token: Secret
    let payURL: String
    let statusURL: String
    let balanceURL: String
    let disburseURL: String
    let pageURL: String
    let manifest: ProviderManifest

    init(
        flow: PayGateKind.Flow, networks: [PayGateKind.Network], token: Secret, payURL: String, statusURL: String,
        balanceURL: String, disburseURL: String, pageURL: String, paysOut: Bool, limits: AmountRange
    ) {
        self.flow = flow
        self.networks = networks
        self.token = token
        self.payURL = payURL
        self.statusURL = statusURL
        self.balanceURL = balanceURL
        self.disburseURL = disburseURL
        self.pageURL = pageURL
        let channels = networks.map(\.channel)
        let currency = ProviderManifest.CurrencyLimits(.xof, minimum: limits.minimum, maximum: limits.maximum)
        manifest = ProviderManifest(
            kind: PayGateKind.name, channels: channels, currencies: [currency], phoneCountries: ["TG"],
            requires: flow == .push ? [.phone] : [], payerActions: [flow == .push ? "approve_on_phone" : "redirect"],
            referenceShape: .uuid, contract: Self.contract, mayReuseConnections: false, onePromptPerWallet: true,
            payout: paysOut
                ? PayoutFacts(
                    channels: channels, currencies: [currency], phoneCountries: ["TG"], requires: [.phone],
                    contract: Self.payoutContract) : nil,
            unverified: Self.unverified)
    }

    /// That a known identifier is refused (6) is on record, but not whether that refusal comes before the prompt.
    private static let contract = ProviderContract(
        key: .none, keyWindowSeconds: 0, check: .byOurReference, absenceIsAuthoritative: false,
        visibilityLagSeconds: 60, maximumServerLifeSeconds: 86_400, absenceSpanSeconds: 600,
        promptLifetimeSeconds: 900, failureQuarantineSeconds: 60, authenticationPrecedesExecution: true,
        throttlingPrecedesExecution: false, resendPromptsPayerAgain: true, callback: .none, checksPerSecond: 2,
        checkLadder: CheckLadder(
            seconds: [20] + Array(repeating: 20, count: 9) + Array(repeating: 60, count: 12)
                + Array(repeating: 600, count: 6)),
        reviewAfterSeconds: 1_800)

    /// No key and no query: after an unclear answer only people can tell.
    private static let payoutContract = ProviderContract(
        key: .none, keyWindowSeconds: 0, check: .none, absenceIsAuthoritative: false, visibilityLagSeconds: 0,
        maximumServerLifeSeconds: 86_400, absenceSpanSeconds: 600, promptLifetimeSeconds: 0,
        failureQuarantineSeconds: 0, authenticationPrecedesExecution: true, throttlingPrecedesExecution: false,
        resendPromptsPayerAgain: false, callback: .none, checksPerSecond: 1, checkLadder: CheckLadder(seconds: [60]),
        reviewAfterSeconds: 60)

    private static let unverified = [
        "everything: there is no test system", "the smallest amount", "how long a prompt or a page can be answered",
        "codes and timing of payouts", "what a repeated payout does",
        "which addresses may ask for payouts and balances",
        "callbacks: addresses, repetition", "when an unknown identifier proves anything",
    ]

    func prepare(_ order: CollectOrder, asking wire: any Asking) async throws(PreparationFailure) -> Prepared {
        try manifest.admit(order)
        let network = try network(order.channel)
        let text = order.text.isEmpty ? "Paiement" : order.text
        switch flow {
        case .push:
            return .request(
                MoneyRequest(
                    Self.post(
                        payURL,
                        [
                            "phone_number": .string(order.customer.phone?.national ?? ""),
                            "amount": JSONValue(order.amount.minorUnits), "description": .string(text),
                            "identifier": .string(order.reference), "network": .string(network.rawValue),
                        ])))
        case .page:
            return .session(
                Session(
                    operatorReference: order.reference,
                    actions: [.redirect(url: page(order, network, text))], lifetimeSeconds: order.sessionSeconds))
        }
    }

    /// The page's address; it names no session, and opening it moves nothing.
    private func page(_ order: CollectOrder, _ network: PayGateKind.Network, _ text: String) -> String {
        var fields = [
            ("token", token.reveal()), ("amount", String(order.amount.minorUnits)), ("description", text),
            ("identifier", order.reference), ("url", order.returnURLs.success ?? order.callbackURL + "/return"),
        ]
        if let phone = order.customer.phone { fields.append(("phone", phone.national)) }
        fields.append(("network", network.rawValue))
        return pageURL + "?" + fields.map { "\($0)=\(PercentEncoding.encode($1))" }.joined(separator: "&")
    }

    func read(_ reply: WireReply, to order: CollectOrder) -> Answer {
        guard flow == .push else { return .unknown(Doubt(.unlisted)) }
        guard reply.isSuccess || reply.isClientError else {
            return .unknown(Doubt(.operatorError, providerCode: "HTTP \(reply.status)"))
        }
        guard let body = reply.object else { return .unknown(Doubt(.unreadable)) }
        guard body["error_code"] == nil, Self.names(order.reference, in: body), let code = body["status"]?.codeText
        else {
            return .unknown(Doubt(.unlisted, providerCode: body["error_code"]?.codeText ?? "HTTP \(reply.status)"))
        }
        return PayGateCodes.registered(
            code, accepted: reply.isSuccess, operatorReference: body["tx_reference"]?.codeText)
    }

    func preparePayout(
        _ order: PayoutOrder, asking wire: any Asking
    ) async throws(PreparationFailure) -> MoneyRequest {
        try manifest.admit(order)
        return MoneyRequest(
            Self.post(
                disburseURL,
                [
                    "phone_number": .string(order.customer.phone?.national ?? ""),
                    "amount": JSONValue(order.amount.minorUnits),
                    "reason": .string(order.text.isEmpty ? "Versement" : order.text),
                    "reference": .string(order.reference), "network": .string(try network(order.channel).rawValue),
                ]))
    }

    func readPayout(_ reply: WireReply, to order: PayoutOrder) -> Answer {
        guard reply.isSuccess || reply.isClientError else {
            return .unknown(Doubt(.operatorError, providerCode: "HTTP \(reply.status)"))
        }
        guard let body = reply.object else { return .unknown(Doubt(.unreadable)) }
        guard let code = (body["error_code"] ?? body["status"])?.codeText else {
            return .unknown(Doubt(.unlisted, providerCode: "HTTP \(reply.status)"))
        }
        return PayGateCodes.payout(code, status: reply.status, Self.statement(body, reference: "reference"))
    }

    /// What an answer states, compared later with what was asked.
    static func statement(_ body: JSONValue, reference: String) -> Statement {
        let amount = StatedAmount(body["amount"])
        return Statement(
            reference: body[reference].flatMap { $0 == .null ? nil : $0.stringValue ?? "" }, minorUnits: amount.units,
            operatorReference: body["tx_reference"]?.codeText, amountIsUnreadable: amount == .unreadable)
    }

    /// Whether an answer names our identifier or none.
    static func names(_ reference: String, in body: JSONValue) -> Bool {
        guard let stated = body["identifier"], stated != .null else { return true }
        return stated.stringValue == reference
    }

    private func network(_ channel: Channel) throws(PreparationFailure) -> PayGateKind.Network {
        guard let network = networks.first(where: { $0.channel == channel }) else {
            throw .invalid("the channel \(channel.text) is not served here")
        }
        return network
    }

    /// The key travels in the body of every call, so it is put there at the last moment.
    func authorize(_ request: WireRequest, _ stamp: CallStamp) -> WireRequest {
        guard request.method == .post, let body = try? StrictJSON.parse(request.body), var object = body.objectValue
        else { return request }
        object["auth_token"] = .string(token.reveal())
        var request = request
        request.body = JSONValue.object(object).serialized()
        return request
    }

    static func post(_ url: String, _ body: JSONValue) -> WireRequest {
        WireRequest(
            .post, url,
            headers: [.init("Content-Type", "application/json"), .init("Accept", "application/json")],
            body: body.serialized())
    }
}
