import Router
import WebText

/// One account at the operator, through one of the two interfaces.
///
/// With intents the id is known before money moves: create (asks, moves nothing), then confirm (the money request), each
/// under its own idempotency key derived from our reference. Charges are one money request. With the flow `checkout` a payer
/// without a token pays on the operator's own page.
struct CardProvider: Collecting, Checking, ReceivingCallbacks {
    let api: CardKind.API
    let flow: CardKind.Flow
    let root: String
    let environment: PayEnvironment
    let version: String
    let suffix: String?
    let secretKey: Secret
    let webhookSecret: Secret
    let manifest: ProviderManifest

    /// The facts of one interface.
    static func manifest(
        _ api: CardKind.API, _ flow: CardKind.Flow, _ currencies: [ProviderManifest.CurrencyLimits], account: String
    ) -> ProviderManifest {
        ProviderManifest(
            kind: CardKind.name, channels: ["card"], channelNames: ["card": "Visa / Mastercard"],
            currencies: currencies, requires: flow == .checkout ? [] : [.sourceToken],
            payerActions: api == .paymentIntents ? [.redirect] : [], referenceShape: .uuid, contract: contract(api),
            wireLimits: WireLimits(totalMilliseconds: 60_000), mayReuseConnections: true,
            refund: RefundFacts(allowsPartial: true, allowsSeveral: true, contract: followUps),
            // An hour less than the seven days after which it lapses.
            authorization: AuthorizationFacts(
                lifetimeSeconds: 601_200, allowsPartialCapture: true, contract: followUps),
            unverified: unverified, account: account,
            // Every object's `id` is its "unique identifier" in the operator's reference (docs.stripe.com/api).
            operatorReferencesAreUnique: true)
    }

    /// Protocol notes 5.7.
    ///
    /// The key is remembered for 24 h; 23 h are used.
    private static func contract(_ api: CardKind.API) -> ProviderContract {
        ProviderContract(
            key: .replays, keyWindowSeconds: 82_800,
            check: api == .paymentIntents ? .byOperatorReference : .byOurReference, absenceIsAuthoritative: false,
            visibilityLagSeconds: 86_400, maximumServerLifeSeconds: 86_400, absenceSpanSeconds: 600,
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
        "that nobody can be charged on an expired page, also not by an authentication begun before",
    ]

    func preparation(of order: Instruction, confirmedBy confirmation: Confirmation?) -> Preparation {
        guard case .collect(let order) = order else { return .offline }
        let isPage = flow == .checkout && order.sourceToken == nil
        return isPage || api == .paymentIntents ? .asksOperator : .offline
    }

    func prepare(_ order: CollectInstruction, asking wire: any Asking) async throws(PreparationFailure) -> Prepared {
        try manifest.admit(order)
        if flow == .checkout, order.sourceToken == nil { return try await openPage(order, asking: wire) }
        guard let token = order.sourceToken?.reveal(), CardToken.isUsable(token) else {
            throw PreparationFailure(
                Refusal(.tokenUnusable), "the source must be a token made in the browser, never a card number")
        }
        let amount = try Self.units(of: order.amount)
        var common: [(String, FormValue)] = [
            ("amount", .integer(amount)), ("currency", .text(order.amount.currency.code.lowercased())),
        ]
        let details: [(String, FormValue)?] = [
            order.text.isEmpty ? nil : ("description", .text(order.text)),
            suffix.map { ("statement_descriptor_suffix", .text($0)) },
            ("metadata", .map(Self.metadata(order))),
            order.customer.email.flatMap { EmailShape.isUsable($0) ? ("receipt_email", .text($0)) : nil },
        ]
        switch api {
        case .paymentIntents:
            common.append(("payment_method_types", .list([.text("card")])))
            if order.capturesLater { common.append(("capture_method", .text("manual"))) }
            let create = post("/v1/payment_intents", "\(order.reference)-create", common + details.compactMap { $0 })
            let id = try CardReplies.created(try await wire.askToPrepare(create), for: order)
            var confirm = [Self.instrument(token)]
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

    /// Our reference, by which events find the attempt, and the shop's order number.
    static func metadata(_ order: CollectInstruction) -> [(String, FormValue)] {
        let number = order.orderNumber.map { ("order_id", FormValue.text($0)) }
        return [("reference", .text(order.reference))] + [number].compactMap(\.self)
    }

    /// What a confirm pays with: a card token becomes a payment method within the call, everything else is one already.
    ///
    /// The operator refuses a token as `payment_method` (its reference, "Confirm a PaymentIntent": `payment_method` is the
    /// id of a PaymentMethod, Card or Source; `payment_method_data` makes one).
    private static func instrument(_ token: String) -> (String, FormValue) {
        guard token.hasPrefix("tok_") else { return ("payment_method", .text(token)) }
        return (
            "payment_method_data", .map([("type", .text("card")), ("card", .map([("token", .text(token))]))])
        )
    }

    func read(_ reply: WireReply, to order: CollectInstruction) -> ProviderOutcome {
        CardReplies.read(reply, api: api, order: order, links: links)
    }

    func check(_ order: Instruction, asking wire: any Asking) async -> StatusCheckResult {
        switch order {
        case .collect(let order): await checkCollection(order, asking: wire)
        case .refund(let order): await checkRefund(order, asking: wire)
        case .capture(let order): await checkHold(order, isCapture: true, asking: wire)
        case .void(let order): await checkHold(order, isCapture: false, asking: wire)
        case .payout: .couldNotAnswer("there are no payouts here")
        }
    }

    private func checkCollection(_ order: CollectInstruction, asking wire: any Asking) async -> StatusCheckResult {
        let path: String
        switch api {
        case .paymentIntents:
            guard let id = order.operatorReference else { return .couldNotAnswer("no intent is known") }
            if CardPages.isPage(id) { return await checkPage(id, order, asking: wire) }
            path = "/v1/payment_intents/\(PercentText.encoded(id))?expand%5B%5D=latest_charge"
        case .charges: path = "/v1/charges?transfer_group=\(PercentText.encoded(order.reference))&limit=10"
        }
        return await ask(path, wire) { body in
            api == .paymentIntents
                ? CardReplies.foundIntent(body, order: order, links: links)
                : CardReplies.foundCharge(body, order: order)
        }
    }

    private func checkPage(
        _ id: String, _ order: CollectInstruction, asking wire: any Asking
    ) async -> StatusCheckResult {
        let path = "/v1/checkout/sessions/\(PercentText.encoded(id))?expand%5B%5D=payment_intent"
        return await ask(path, wire) { CardPages.found($0, order: order, links: links) }
    }

    /// Asks about an object; only a whole answer with status 200 is one.
    func ask(_ path: String, _ wire: any Asking, _ read: (JSONValue) -> StatusCheckResult) async -> StatusCheckResult {
        await wire.ask(WireRequest(.get, root + path, headers: [.init("Stripe-Version", version)])) { reply in
            guard reply.status == 200, let body = reply.object else { return .couldNotAnswer(reply.code) }
            return read(body)
        }
    }

    func sign(_ request: WireRequest, _ context: SigningContext) -> WireRequest {
        request.with("Authorization", "Bearer " + secretKey.reveal())
    }

    func receive(_ callback: InboundCallback, now: Moment) -> CallbackVerdict {
        if let refusal = CardEvents.verify(callback, secret: webhookSecret, now: now) { return .refused(refusal) }
        return CardEvents.read(callback.body, api: api, isLive: environment == .production, links: links)
    }

    /// Where the payer's browser may be sent: the bank's page has any address.
    var links: PayerLinks { PayerLinks(environment: environment, root: root, domains: nil) }

    static func units(of amount: Money) throws(PreparationFailure) -> Int64 {
        guard let units = CardWire.units(of: amount) else {
            throw .invalid("the amount cannot be written exactly in this currency")
        }
        return units
    }

    /// A call with fields; without a key it is never answered from the operator's memory.
    func post(_ path: String, _ key: String?, _ fields: [(String, FormValue)]) -> WireRequest {
        WireRequest(
            .post, root + path,
            headers: [
                .init("Content-Type", "application/x-www-form-urlencoded"), .init("Stripe-Version", version),
            ] + (key.map { [.init("Idempotency-Key", $0)] } ?? []), body: FormValue.encode(fields))
    }
}

/// What an e-mail address looks like.
enum EmailShape {
    /// Whether the operator can be given it: one that is malformed would be refused together with the payment.
    static func isUsable(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, let local = parts.first, let domain = parts.last, text.consists(of: .visible, 3...254)
        else { return false }
        let labels = domain.split(separator: ".", omittingEmptySubsequences: false)
        return (1...64).contains(local.utf8.count) && !local.contains { "()<>[]\\,;:\"".contains($0) }
            && labels.count >= 2
            && labels.allSatisfy { label in
                !label.isEmpty && label.first != "-" && label.last != "-"
                    && label.utf8.allSatisfy { byte in
                        byte == 0x2D || (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
                    }
            }
    }
}

/// What a card token may look like.
enum CardToken {
    /// Whether a text can be a token: an opaque word that starts with a letter and hides no card number.
    static func isUsable(_ text: String) -> Bool {
        guard let first = text.utf8.first, (0x61...0x7A).contains(first | 0x20) else { return false }
        return text.consists(of: .word, 4...255) && !holdsCardNumber(text)
    }

    /// Twelve to nineteen digits in a row, hyphens and underscores not counted, with a right check digit.
    private static func holdsCardNumber(_ text: String) -> Bool {
        let runs = text.utf8.filter { $0 != 0x2D && $0 != 0x5F }.split { !(0x30...0x39).contains($0) }
        return runs.contains { run in
            guard (12...19).contains(run.count) else { return false }
            let sum = run.reversed().enumerated().reduce(0) { sum, digit in
                let value = Int(digit.element - 0x30) * (digit.offset.isMultiple(of: 2) ? 1 : 2)
                return sum + (value > 9 ? value - 9 : value)
            }
            return sum.isMultiple(of: 10)
        }
    }
}
