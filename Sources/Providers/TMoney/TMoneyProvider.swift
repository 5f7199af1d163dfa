import Router

/// One configured connection to the operator: requests out, the debit's reply in.
struct TMoneyProvider: Collecting, LoggingIn {
    let username: String
    let password: Secret
    let loginURL: String
    let debitURL: String
    let statusURL: String
    let creditURL: String
    let creditStatusURL: String
    let legacy: TMoneyLegacyCredit?
    let idField: String
    let timeField: String
    let manifest: ProviderManifest

    init(
        username: String, password: Secret, loginURL: String, debitURL: String, statusURL: String, creditURL: String,
        creditStatusURL: String, legacy: TMoneyLegacyCredit?, idField: String, timeField: String, limits: AmountRange
    ) {
        self.username = username
        self.password = password
        self.loginURL = loginURL
        self.debitURL = debitURL
        self.statusURL = statusURL
        self.creditURL = creditURL
        self.creditStatusURL = creditStatusURL
        self.legacy = legacy
        self.idField = idField
        self.timeField = timeField
        let currency = ProviderManifest.CurrencyLimits(.xof, minimum: limits.minimum, maximum: limits.maximum)
        manifest = ProviderManifest(
            kind: TMoneyKind.name, channels: ["tmoney"], currencies: [currency], phoneCountries: ["TG"],
            requires: [.phone], payerActions: ["approve_on_phone"], referenceShape: .uuid, contract: Self.contract,
            mayReuseConnections: false,
            payout: PayoutFacts(
                channels: ["tmoney"], currencies: [currency], phoneCountries: ["TG"], requires: [.phone],
                contract: Self.payoutContract(legacy == nil ? .byOurReference : .none)),
            unverified: Self.unverified)
    }

    /// Pessimistic wherever only one source speaks: refusing duplicates (4001) is such a point, so the key counts as
    /// none.
    ///
    /// That a login failure and a gateway's 401/403 precede any execution is the operator page's own reading.
    private static let contract = ProviderContract(
        key: .none, keyWindowSeconds: 0, check: .byOurReference, absenceIsAuthoritative: false,
        visibilityLagSeconds: 60, maximumServerLifeSeconds: 86_400, absenceSpanSeconds: 600,
        promptLifetimeSeconds: 120, failureQuarantineSeconds: 60, authenticationPrecedesExecution: true,
        throttlingPrecedesExecution: false, resendPromptsPayerAgain: true, callback: .none, checksPerSecond: 5,
        checkLadder: CheckLadder(
            seconds: Array(repeating: 5, count: 6) + Array(repeating: 15, count: 8) + Array(repeating: 60, count: 10)
                + [120, 300, 600, 1_200, 1_200]),
        reviewAfterSeconds: 1_800)

    private static let unverified = [
        "hosts, paths and field spellings", "the code table and its types", "token lifetime", "prompt lifetime",
        "whether the status query lists a debit before the payer answers", "whether a repeated id is refused",
        "callback addresses and repetition", "amount limits", "credits: paths, codes, the form of the status query",
        "credits of the first version: everything",
    ]

    func prepare(_ order: CollectOrder, asking wire: any Asking) async throws(PreparationFailure) -> Prepared {
        try manifest.admit(order)
        let body = body(order.reference, order.customer, order.amount, order.createdAt, order.text)
        return .request(MoneyRequest(Self.post(debitURL, body)))
    }

    /// Debits and credits carry the same fields.
    func body(
        _ reference: String, _ customer: Customer, _ amount: Money, _ createdAt: Moment, _ text: String
    ) -> JSONValue {
        .object(
            JSONObject([
                .init(idField, .string(reference)),
                .init("numeroClient", .string(customer.phone?.international ?? "")),
                .init("montant", JSONValue(amount.minorUnits)),
                .init("refCommande", .string(reference)),
                .init(timeField, .string(Self.time(createdAt))),
                .init("description", .string(text.isEmpty ? "Paiement" : text)),
            ]))
    }

    func read(_ reply: WireReply, to order: CollectOrder) -> Answer {
        Self.read(reply, order.reference) { TMoneyCodes.debit($0, accepted: $1) }
    }

    /// Reads a reply to a debit or a credit: what the gateway says, and otherwise what the code table says.
    static func read(
        _ reply: WireReply, _ reference: String, _ table: (_ code: String, _ accepted: Bool) -> Answer
    ) -> Answer {
        let isAuthentication = reply.status == 401 || reply.status == 403
        guard reply.isSuccess || reply.isClientError, reply.status != 408 else {
            return .unknown(Doubt(.operatorError, providerCode: "HTTP \(reply.status)"))
        }
        if isAuthentication, reply.body.isEmpty {
            return .rejected(Refusal(.credentialsRefused, providerCode: "HTTP \(reply.status)"))
        }
        guard let body = reply.object else { return .unknown(Doubt(.unreadable)) }
        guard names(reference, in: body) else {
            return .unknown(Doubt(.unlisted, providerCode: "another idRequete"))
        }
        switch (body["fault"], body["code"]) {
        case (.object?, nil) where reply.isClientError:
            return TMoneyCodes.gatewayFault(status: reply.status, code: body["fault"]?["code"]?.codeText)
        case (nil, let code?):
            return table(code.codeText ?? "", reply.isSuccess)
        case (nil, nil) where isAuthentication:
            return .rejected(Refusal(.credentialsRefused, providerCode: "HTTP \(reply.status)"))
        default:
            return .unknown(Doubt(.unlisted, providerCode: "HTTP \(reply.status)"))
        }
    }

    /// Whether every request id in an answer is ours; an answer without one was bound by the call.
    static func names(_ reference: String, in body: JSONValue) -> Bool {
        ["idRequete", "idrequete"].allSatisfy { field in
            guard let stated = body[field], stated != .null else { return true }
            return stated.stringValue == reference
        }
    }

    func authorize(_ request: WireRequest, _ stamp: CallStamp) -> WireRequest {
        if let legacy, request.url.hasPrefix(legacy.url + "?") { return legacy.authorize(request) }
        guard let token = stamp.token else { return request }
        var request = request
        request.headers.append(.init("Authorization", "Bearer \(token)"))
        return request
    }

    func loginRequest(_ login: LoginName) -> WireRequest {
        Self.post(loginURL, ["nomUtilisateur": .string(username), "motDePasse": .string(password.reveal())])
    }

    func readLogin(_ reply: WireReply) -> LoginResult {
        if reply.status == 401 || reply.status == 403 { return .refused(providerCode: "HTTP \(reply.status)") }
        guard reply.isSuccess || reply.isClientError, let body = reply.object,
            let code = (body["statut"]?["code"] ?? body["status"]?["code"])?.codeText
        else { return .unreadable }
        return TMoneyCodes.login(code, token: reply.isSuccess ? body["data"]?["token"]?.stringValue : nil)
    }

    /// `yyyy-MM-dd HH:mm:ss` in UTC, which is Togo's time.
    private static func time(_ moment: Moment) -> String {
        String(moment.description.prefix(19).map { $0 == "T" ? " " : $0 })
    }

    static func post(_ url: String, _ body: JSONValue) -> WireRequest {
        WireRequest(
            .post, url,
            headers: [.init("Content-Type", "application/json"), .init("Accept", "application/json")],
            body: body.serialized())
    }
}
