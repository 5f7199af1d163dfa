import Router

/// The hosted page: opening it moves nothing, the payer pays there, and asking by payment id tells.
struct FlouciPageProvider: Collecting, Checking, ReceivingCallbacks {
    let connection: FlouciConnection
    let takesCards: Bool
    let shares: FlouciShares
    let holdField: String
    let manifest: ProviderManifest

    init(
        connection: FlouciConnection, takesCards: Bool, shares: FlouciShares, holdField: String, holdSeconds: Int64,
        limits: AmountRange
    ) {
        self.connection = connection
        self.takesCards = takesCards
        self.shares = shares
        self.holdField = holdField
        manifest = ProviderManifest(
            kind: FlouciKind.name, channels: ["flouci"],
            currencies: [.init(.tnd, minimum: limits.minimum, maximum: limits.maximum)],
            payerActions: ["redirect", "show_qr"], referenceShape: .uuid, contract: Self.contract,
            mayReuseConnections: false,
            refund: RefundFacts(allowsPartial: false, allowsSeveral: false, contract: Self.refundContract),
            authorization: AuthorizationFacts(
                lifetimeSeconds: holdSeconds, allowsPartialCapture: true, contract: Self.contract),
            unverified: Self.unverified)
    }

    /// No question tells what became of a refund: it has no reference of ours, and how a refunded payment reads is not
    /// documented.
    private static var refundContract: ProviderContract {
        var contract = contract
        contract.check = .none
        return contract
    }

    /// Asking too often gets the address banned, so it is asked slowly.
    static let contract = ProviderContract(
        key: .none, keyWindowSeconds: 0, check: .byOperatorReference, absenceIsAuthoritative: false,
        visibilityLagSeconds: 60, maximumServerLifeSeconds: 86_400, absenceSpanSeconds: 600,
        promptLifetimeSeconds: 300, failureQuarantineSeconds: 360, authenticationPrecedesExecution: true,
        throttlingPrecedesExecution: false, resendPromptsPayerAgain: true, callback: .none, checksPerSecond: 1,
        checkLadder: CheckLadder(seconds: [5, 10, 20, 30, 60, 60, 120, 300, 300, 600, 1_200, 1_200]),
        reviewAfterSeconds: 1_800)

    private static let unverified = [
        "amount limits", "longest session", "answers to bad keys", "rate limits",
        "callback method, content and repetition", "whether FAILURE can still become SUCCESS in one session",
        "whether `success` is true beside FAILURE and EXPIRED", "PREAUTH_SUCCESS and how long money is held",
        "how a captured, released or refunded payment reads", "refusals of refund, capture and release",
    ]

    func prepare(_ order: CollectOrder, asking wire: any Asking) async throws(PreparationFailure) -> Prepared {
        try manifest.admit(order)
        let back = try order.checkedReturnURLs(in: connection.environment)
        var body = JSONObject([
            .init("amount", JSONValue(order.amount.minorUnits)), .init("success_link", .string(back.success)),
            .init("fail_link", .string(back.failure)), .init("webhook", .string(order.callbackURL)),
            .init("developer_tracking_id", .string(order.reference)),
            .init("session_timeout_secs", JSONValue(order.sessionSeconds)), .init("accept_card", .bool(takesCards)),
        ])
        body["destination"] = shares.of(order.amount.minorUnits)
        if order.capturesLater { body[holdField] = true }
        let reply: WireReply
        do throws(AskFailure) {
            reply = try await wire.ask(
                WireRequest(
                    .post, connection.root + "/api/v2/generate_payment",
                    headers: [.init("Content-Type", "application/json"), .init("Accept", "application/json")],
                    body: JSONValue.object(body).serialized()))
        } catch {
            throw PreparationFailure(error)
        }
        let created = try FlouciReplies.created(
            reply, reference: order.reference, mayShow: { connection.mayShow($0) })
        return .session(
            Session(
                operatorReference: created.paymentID,
                actions: [.redirect(url: created.link), .showQR(content: created.link)],
                lifetimeSeconds: order.sessionSeconds))
    }

    /// This flow has no money request of ours, so there is no reply to read.
    func read(_ reply: WireReply, to order: CollectOrder) -> Answer { .unknown(Doubt(.unlisted)) }

    func check(_ order: MoneyOrder, asking wire: any Asking) async -> Finding {
        let paymentID: String?
        switch order {
        case .collect(let order): paymentID = order.operatorReference
        case .capture(let order), .void(let order): paymentID = order.original.operatorReference
        case .refund, .payout: return .couldNotAnswer("only payments, captures and releases can be asked about")
        }
        guard let paymentID else { return .couldNotAnswer("no payment id is known") }
        let reply: WireReply
        do throws(AskFailure) {
            reply = try await wire.ask(
                WireRequest(
                    .get, connection.root + "/api/v2/verify_payment/" + PercentEncoding.encode(paymentID),
                    headers: [.init("Accept", "application/json")]))
        } catch {
            return .couldNotAnswer(error.text)
        }
        return switch order {
        case .capture(let order): FlouciHolds.foundCapture(reply, order: order)
        case .void(let order): FlouciHolds.foundRelease(reply, order: order)
        default:
            FlouciReplies.verdict(
                reply, paymentID: paymentID, reference: order.reference,
                isHeld: order.collection?.capturesLater ?? false)
        }
    }

    func authorize(_ request: WireRequest, _ stamp: CallStamp) -> WireRequest {
        var request = request
        let pair = connection.publicKey.reveal() + ":" + connection.privateKey.reveal()
        request.headers.append(.init("Authorization", "Bearer " + pair))
        return request
    }

    /// Nothing is signed and the form is not documented: whatever names one payment id is a reason to ask.
    func receive(_ callback: InboundCallback, now: Moment) -> CallbackVerdict {
        var ids = FormReading.values(of: "payment_id", in: callback.query)
        if let first = callback.body.first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) {
            if first == UInt8(ascii: "{") {
                guard let body = try? StrictJSON.parse(callback.body) else { return .refused(.malformed) }
                let places = [body, body["result"], body["data"]].compactMap { $0?["payment_id"] }
                ids += places.map { $0.stringValue ?? "" }
            } else {
                ids += FormReading.values(of: "payment_id", in: String(decoding: callback.body, as: UTF8.self))
            }
        }
        guard let id = ids.first, ids.allSatisfy({ $0 == id }), FlouciReplies.isPaymentID(id) else {
            return .refused(.malformed)
        }
        return .about(
            CallbackFact(about: .operatorReference(id), claim: .unknown(Doubt(.unlisted)), isAuthentic: false))
    }
}
