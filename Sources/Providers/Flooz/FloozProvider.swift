import Router

/// One configured connection to the operator.
struct FloozProvider: Collecting, Checking, ReceivingCallbacks {
    let merchantName: String
    let partnerNumber: String
    let merchantKey: Secret
    let debitURL: String
    let verifyURL: String
    let amountForm: FloozKind.AmountForm
    let authorization: FloozAuthorization
    let manifest: ProviderManifest

    init(
        merchantName: String, partnerNumber: String, merchantKey: Secret, debitURL: String, verifyURL: String,
        amountForm: FloozKind.AmountForm, authorization: FloozAuthorization, limits: AmountRange
    ) {
        self.merchantName = merchantName
        self.partnerNumber = partnerNumber
        self.merchantKey = merchantKey
        self.debitURL = debitURL
        self.verifyURL = verifyURL
        self.amountForm = amountForm
        self.authorization = authorization
        manifest = ProviderManifest(
            kind: FloozKind.name, channels: ["flooz"],
            currencies: [.init(.xof, minimum: limits.minimum, maximum: limits.maximum)], phoneCountries: ["TG"],
            requires: [.phone], payerActions: ["approve_on_phone"], referenceShape: .uuid, contract: Self.contract,
            // The operator may hold the connection while the customer answers.
            wireLimits: WireLimits(totalMilliseconds: 130_000, lowSpeedSeconds: 130), mayReuseConnections: false,
            onePromptPerWallet: true, unverified: Self.unverified)
    }

    /// A prompt may be answerable after the push seemed to fail, and what a repeated reference does is told by one
    /// source only: pessimistic throughout.
    private static let contract = ProviderContract(
        key: .none, keyWindowSeconds: 0, check: .byOurReference, absenceIsAuthoritative: false,
        visibilityLagSeconds: 60, maximumServerLifeSeconds: 86_400, absenceSpanSeconds: 600,
        promptLifetimeSeconds: 900, failureQuarantineSeconds: 300, authenticationPrecedesExecution: true,
        throttlingPrecedesExecution: false, resendPromptsPayerAgain: true, callback: .none, checksPerSecond: 5,
        checkLadder: CheckLadder(
            seconds: Array(repeating: 5, count: 6) + Array(repeating: 15, count: 8) + Array(repeating: 60, count: 10)
                + [120, 300, 600, 1_200, 1_200]),
        reviewAfterSeconds: 1_800)

    private static let unverified = [
        "hosts and paths", "the recipe of the authorization header", "the form of amounts", "the code tables",
        "what a verification says before the end, and about an unknown reference", "prompt lifetime",
        "whether a repeated reference is refused", "callbacks: form, addresses, repetition", "amount limits",
    ]

    func prepare(_ order: CollectOrder, asking wire: any Asking) async throws(PreparationFailure) -> Prepared {
        try manifest.admit(order)
        let units = order.amount.minorUnits
        return .request(
            MoneyRequest(
                Self.post(
                    debitURL,
                    [
                        "msisdn": .string(order.customer.phone?.international ?? ""),
                        "mrchrefid": .string(order.reference), "mrchname": .string(merchantName),
                        "partnermsisdn": .string(partnerNumber),
                        "amount": amountForm == .text ? .string(String(units)) : JSONValue(units),
                    ])))
    }

    func read(_ reply: WireReply, to order: CollectOrder) -> Answer {
        guard reply.isSuccess || reply.isClientError, reply.status != 408 else {
            return .unknown(Doubt(.operatorError, providerCode: "HTTP \(reply.status)"))
        }
        if reply.status == 401 || reply.status == 403, reply.body.isEmpty {
            return .rejected(Refusal(.credentialsRefused, providerCode: "HTTP \(reply.status)"))
        }
        guard let body = reply.object else { return .unknown(Doubt(.unreadable)) }
        guard let code = body["status"]?.codeText else {
            return .unknown(Doubt(.unlisted, providerCode: "HTTP \(reply.status)"))
        }
        return FloozCodes.debit(
            code, accepted: reply.isSuccess, operatorReference: FloozCodes.operatorReference(body["mrorrefid"]))
    }

    func check(_ order: MoneyOrder, asking wire: any Asking) async -> Finding {
        guard case .collect(let order) = order else { return .couldNotAnswer("only collections can be asked about") }
        let reply: WireReply
        do throws(AskFailure) {
            reply = try await wire.ask(
                Self.post(
                    verifyURL, ["mrchrefid": .string(order.reference), "partnermsisdn": .string(partnerNumber)]))
        } catch {
            return .couldNotAnswer(error.text)
        }
        // The status outside the details is about the question. An unknown reference has no documented answer.
        guard reply.isSuccess, let details = reply.object?["details"], case .object = details else {
            return .couldNotAnswer("HTTP \(reply.status) without details")
        }
        if let stated = details["msisdn"], stated != .null {
            guard (try? MSISDN(parsing: stated.codeText ?? "", defaultCountry: "TG")) == order.customer.phone else {
                return .couldNotAnswer("the operator names another payer")
            }
        }
        if let stated = details["mrchreference"], stated != .null, stated.stringValue != order.reference {
            return .couldNotAnswer("another reference")
        }
        switch FloozCodes.details(details) {
        case .unknown(let doubt): return .couldNotAnswer(doubt.providerCode ?? doubt.kind.rawValue)
        case let answer: return .found(answer)
        }
    }

    /// Nothing is signed, so a notification is only a reason to ask; JSON and forms are on record.
    func receive(_ callback: InboundCallback, now: Moment) -> CallbackVerdict {
        guard callback.method == "POST", let reference = Self.reference(in: callback.body),
            (1...100).contains(reference.utf8.count)
        else { return .refused(.malformed) }
        return .about(
            CallbackFact(about: .reference(reference), claim: .unknown(Doubt(.unlisted)), isAuthentic: false))
    }

    private static func reference(in body: [UInt8]) -> String? {
        if let parsed = try? StrictJSON.parse(body) { return parsed["mrchrefid"]?.stringValue }
        let text = String(validating: body, as: UTF8.self) ?? ""
        let values = text.split(separator: "&").filter { $0.hasPrefix("mrchrefid=") }.map { $0.dropFirst(10) }
        // Our references have no character that a form encodes.
        guard values.count == 1, let value = values.first,
            value.utf8.allSatisfy({ $0 == 0x2D || (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
        else { return nil }
        return String(value)
    }

    func authorize(_ request: WireRequest, _ stamp: CallStamp) -> WireRequest {
        var request = request
        if request.url == debitURL, let body = try? StrictJSON.parse(request.body), var object = body.objectValue {
            object["key"] = .string(merchantKey.reveal())
            request.body = JSONValue.object(object).serialized()
        }
        if let value = authorization.value(stamp) { request.headers.append(.init("Authorization", value)) }
        return request
    }

    private static func post(_ url: String, _ body: JSONValue) -> WireRequest {
        WireRequest(
            .post, url,
            headers: [.init("Content-Type", "application/json"), .init("Accept", "application/json")],
            body: body.serialized())
    }
}

/// The same connection where the operator hands out the header's value.
struct FloozTokenProvider: Collecting, Checking, ReceivingCallbacks, LoggingIn {
    let base: FloozProvider
    let tokenURL: String

    /// Lifetime assumed for a token, in seconds; no source states it.
    static let lifetimeSeconds: Int64 = 300

    var manifest: ProviderManifest { base.manifest }

    func prepare(_ order: CollectOrder, asking wire: any Asking) async throws(PreparationFailure) -> Prepared {
        try await base.prepare(order, asking: wire)
    }
    func read(_ reply: WireReply, to order: CollectOrder) -> Answer { base.read(reply, to: order) }
    func check(_ order: MoneyOrder, asking wire: any Asking) async -> Finding { await base.check(order, asking: wire) }
    func receive(_ callback: InboundCallback, now: Moment) -> CallbackVerdict { base.receive(callback, now: now) }
    func authorize(_ request: WireRequest, _ stamp: CallStamp) -> WireRequest { base.authorize(request, stamp) }

    func loginRequest(_ login: LoginName) -> WireRequest {
        let fields = [
            ("index", String(base.authorization.indexValue)), ("username", base.authorization.username),
            ("password", base.authorization.password.reveal()),
        ]
        let query = fields.map { "\($0)=\(PercentEncoding.encode($1))" }.joined(separator: "&")
        return WireRequest(.get, tokenURL + "?" + query, headers: [.init("Accept", "application/json")])
    }

    func readLogin(_ reply: WireReply) -> LoginResult {
        if reply.status == 401 || reply.status == 403 { return .refused(providerCode: "HTTP \(reply.status)") }
        guard reply.isSuccess, let key = reply.object?["key"]?.nonEmptyText, key.utf8.count <= 8_192,
            key.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return .unreadable }
        return .token(key, lifetimeSeconds: Self.lifetimeSeconds)
    }
}
