import Router

/// One account at the operator, through one of the two interfaces.
///
/// With intents the id is known before money moves: create (asks, moves nothing), then confirm (the money request), each
/// under its own idempotency key derived from our reference. Charges are one money request.
struct CardProvider: Collecting, Checking, ReceivingCallbacks {
    let api: CardKind.API
    let root: String
    let environment: Environment
    let version: String
    let suffix: String?
    let secretKey: Secret
    let webhookSecret: Secret
    let manifest: ProviderManifest

    init(
        api: CardKind.API, root: String, environment: Environment, version: String, suffix: String?, secretKey: Secret,
        webhookSecret: Secret, currencies: [ProviderManifest.CurrencyLimits]
    ) {
        self.api = api
        self.root = root
        self.environment = environment
        self.version = version
        self.suffix = suffix
        self.secretKey = secretKey
        self.webhookSecret = webhookSecret
        manifest = ProviderManifest(
            kind: CardKind.name, channels: ["card"], currencies: currencies, requires: [.sourceToken],
            payerActions: api == .paymentIntents ? ["redirect"] : [], referenceShape: .uuid,
            contract: Self.contract(api), wireLimits: WireLimits(totalMilliseconds: 60_000), mayReuseConnections: true,
            refund: RefundFacts(allowsPartial: true, allowsSeveral: true, contract: Self.followUps),
            // An hour less than the seven days after which it lapses.
            authorization: AuthorizationFacts(
                lifetimeSeconds: 601_200, allowsPartialCapture: true, contract: Self.followUps),
            unverified: Self.unverified)
    }

    /// Protocol notes 5.7.
    ///
    /// The key is remembered for 24 h; 23 h are used.
    private static func contract(_ api: CardKind.API) -> ProviderContract {
        ProviderContract(
            key: .replays, keyWindowSeconds: 82_800,
            check: api == .paymentIntents ? .byOperatorReference : .byOurReference, absenceIsAuthoritative: false,
            visibilityLagSeconds: 60, maximumServerLifeSeconds: 86_400, absenceSpanSeconds: 600,
            promptLifetimeSeconds: 3_600, failureQuarantineSeconds: 0, authenticationPrecedesExecution: true,
            throttlingPrecedesExecution: true, resendPromptsPayerAgain: false, callback: .signed, checksPerSecond: 10,
            checkLadder: CheckLadder(seconds: [2, 5, 10, 30, 75, 180, 300, 600, 1_200, 1_200]),
            reviewAfterSeconds: 1_800)
    }

    /// Refunds are listed with our reference; captures and releases are asked about by their payment's id, which is known.
    private static let followUps: ProviderContract = {
        var facts = Self.contract(.charges)
        facts.check = .byOurReference
        return facts
    }()

    private static let unverified = [
        "the decimals of special currencies", "smallest amounts", "how soon a charge is listed by transfer_group",
        "whether a refused confirm with a lost answer is always visible as last_payment_error",
        "codes beyond the table", "that a charge's refund releases what it holds",
        "how soon a refund is listed", "that a captured intent's event carries the capture's metadata",
    ]

    func prepare(_ order: CollectOrder, asking wire: any Asking) async throws(PreparationFailure) -> Prepared {
        try manifest.admit(order)
        guard let token = order.sourceToken?.reveal(), CardToken.isUsable(token) else {
            throw PreparationFailure(
                Refusal(.tokenUnusable), "the source must be a token made in the browser, never a card number")
        }
        guard let amount = CardWire.units(of: order.amount) else {
            throw .invalid("the amount cannot be written exactly in this currency")
        }
        var common: [(String, FormValue)] = [
            ("amount", .integer(amount)), ("currency", .text(order.amount.currency.code.lowercased())),
        ]
        let details: [(String, FormValue)?] = [
            order.text.isEmpty ? nil : ("description", .text(order.text)),
            suffix.map { ("statement_descriptor_suffix", .text($0)) },
            ("metadata", .map([("reference", .text(order.reference))])),
        ]
        switch api {
        case .paymentIntents:
            common.append(("payment_method_types", .list([.text("card")])))
            if order.capturesLater { common.append(("capture_method", .text("manual"))) }
            let create = post("/v1/payment_intents", "\(order.reference)-create", common + details.compactMap { $0 })
            let reply: WireReply
            do throws(AskFailure) { reply = try await wire.ask(create) } catch { throw PreparationFailure(error) }
            let id = try CardReplies.created(reply, for: order)
            var confirm: [(String, FormValue)] = [("payment_method", .text(token))]
            // Without an address to come back to, a card that needs authentication is refused instead of left hanging.
            confirm.append(
                order.returnURLs.success.map { ("return_url", .text($0)) } ?? ("error_on_requires_action", .flag(true)))
            return .request(
                MoneyRequest(
                    post("/v1/payment_intents/\(id)/confirm", "\(order.reference)-confirm", confirm),
                    operatorReference: id))
        case .charges:
            common += [("source", .text(token)), ("capture", .flag(!order.capturesLater))]
            common += details.compactMap { $0 } + [("transfer_group", .text(order.reference))]
            return .request(MoneyRequest(post("/v1/charges", "\(order.reference)-charge", common)))
        }
    }

    func read(_ reply: WireReply, to order: CollectOrder) -> Answer {
        CardReplies.read(reply, api: api, order: order, mayShow: mayShow)
    }

    func check(_ order: MoneyOrder, asking wire: any Asking) async -> Finding {
        switch order {
        case .collect(let order): await checkCollection(order, asking: wire)
        case .refund(let order): await checkRefund(order, asking: wire)
        case .capture(let order): await checkHold(order, isCapture: true, asking: wire)
        case .void(let order): await checkHold(order, isCapture: false, asking: wire)
        case .payout: .couldNotAnswer("there are no payouts here")
        }
    }

    private func checkCollection(_ order: CollectOrder, asking wire: any Asking) async -> Finding {
        let path: String
        switch api {
        case .paymentIntents:
            guard let id = order.operatorReference else { return .couldNotAnswer("no intent is known") }
            path = "/v1/payment_intents/\(PercentEncoding.encode(id))?expand%5B%5D=latest_charge"
        case .charges: path = "/v1/charges?transfer_group=\(PercentEncoding.encode(order.reference))&limit=10"
        }
        return await ask(path, wire) { body in
            api == .paymentIntents
                ? CardReplies.foundIntent(body, order: order, mayShow: mayShow)
                : CardReplies.foundCharge(body, order: order)
        }
    }

    /// Asks about an object; only a whole answer with status 200 is one.
    func ask(_ path: String, _ wire: any Asking, _ read: (JSONValue) -> Finding) async -> Finding {
        do throws(AskFailure) {
            let reply = try await wire.ask(
                WireRequest(.get, root + path, headers: [.init("Stripe-Version", version)]))
            guard reply.status == 200, let body = reply.object else { return .couldNotAnswer("HTTP \(reply.status)") }
            return read(body)
        } catch {
            return .couldNotAnswer(error.text)
        }
    }

    func authorize(_ request: WireRequest, _ stamp: CallStamp) -> WireRequest {
        var request = request
        request.headers.append(.init("Authorization", "Bearer " + secretKey.reveal()))
        return request
    }

    func receive(_ callback: InboundCallback, now: Moment) -> CallbackVerdict {
        if let refusal = CardEvents.verify(callback, secret: webhookSecret, now: now) { return .refused(refusal) }
        return CardEvents.read(callback.body, api: api, isLive: environment == .production, mayShow: mayShow)
    }

    /// Whether the payer's browser may be sent to an address: https; in the sandbox also the practice operator itself.
    private func mayShow(_ link: String) -> Bool {
        guard let address = WebAddress(link) else { return false }
        if environment == .sandbox, let root = WebAddress(root), address.hasSameOrigin(as: root) { return true }
        return address.scheme == "https"
    }

    func post(_ path: String, _ key: String, _ fields: [(String, FormValue)]) -> WireRequest {
        WireRequest(
            .post, root + path,
            headers: [
                .init("Content-Type", "application/x-www-form-urlencoded"), .init("Stripe-Version", version),
                .init("Idempotency-Key", key),
            ], body: FormValue.encode(fields))
    }
}
