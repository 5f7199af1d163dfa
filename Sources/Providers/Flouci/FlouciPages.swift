import Router
import WebText

/// The hosted page: opening it moves nothing, the payer pays there, and asking by payment id tells.
struct FlouciPageProvider: Collecting, Checking, ReceivingCallbacks {
    let connection: FlouciConnection
    let takesCards: Bool
    let shares: FlouciShares
    let holdField: String
    let manifest: ProviderManifest

    static func manifest(
        _ currency: ProviderManifest.CurrencyLimits, holdSeconds: Int64, account: String
    ) -> ProviderManifest {
        ProviderManifest(
            kind: FlouciKind.name, channels: ["flouci"], channelNames: ["flouci": "Flouci"], currencies: [currency],
            payerActions: [.redirect, .showQR], referenceShape: .uuid, contract: contract,
            mayReuseConnections: false,
            refund: RefundFacts(allowsPartial: false, allowsSeveral: false, contract: refundContract),
            authorization: AuthorizationFacts(
                lifetimeSeconds: holdSeconds, allowsPartialCapture: true, contract: contract),
            unverified: unverified, account: account, operatorReferencesAreUnique: false
        ).returningPayers()
    }

    /// No question tells what became of a refund: it has no reference of ours, and how a refunded payment reads is not
    /// documented.
    private static var refundContract: ProviderContract {
        var contract = contract
        contract.check = .none
        return contract
    }

    /// Asking too often gets the address banned, so it is asked slowly.
    ///
    /// The operator's pages prove no other field: not even how long a session may be, in which a failure may still
    /// turn.
    static let contract = ProviderContract.unproven(
        check: .byOperatorReference, promptLifetimeSeconds: 300, checksPerSecond: 1,
        checkLadder: CheckLadder(seconds: [5, 10, 20, 30, 60, 60, 120, 300, 300, 600, 1_200, 1_200]),
        reviewAfterSeconds: 1_800)

    private static let unverified = [
        "amount limits", "longest session", "answers to bad keys", "rate limits",
        "callback method, content and repetition", "whether FAILURE can still become SUCCESS in one session",
        "whether `success` is true beside FAILURE and EXPIRED", "PREAUTH_SUCCESS and how long money is held",
        "how a captured, released or refunded payment reads", "refusals of refund, capture and release",
    ]

    func preparation(of order: Instruction, confirmedBy confirmation: Confirmation?) -> Preparation {
        order.collection == nil ? .offline : .asksOperator
    }

    func prepare(_ order: CollectInstruction, asking wire: any Asking) async throws(PreparationFailure) -> Prepared {
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
        return try await connection.open("/api/v2/generate_payment", body, for: order, asking: wire)
    }

    /// This flow has no money request of ours, so there is no reply to read.
    func read(_ reply: WireReply, to order: CollectInstruction) -> ProviderOutcome { .unknown(Doubt(.unlisted)) }

    func check(_ order: Instruction, asking wire: any Asking) async -> StatusCheckResult {
        let paymentID: String?
        switch order {
        case .collect(let order): paymentID = order.operatorReference
        case .capture(let order), .void(let order): paymentID = order.original.operatorReference
        case .refund, .payout: return .couldNotAnswer("only payments, captures and releases can be asked about")
        }
        guard let paymentID else { return .couldNotAnswer("no payment id is known") }
        return await wire.ask(connection.question("/api/v2/verify_payment", paymentID)) { reply in
            switch order {
            case .capture(let order): FlouciHolds.foundCapture(reply, order: order)
            case .void(let order): FlouciHolds.foundRelease(reply, order: order)
            default:
                FlouciReplies.verdict(
                    reply, paymentID: paymentID, reference: order.reference,
                    isHeld: order.collection?.capturesLater ?? false)
            }
        }
    }

    func sign(_ request: WireRequest, _ context: SigningContext) -> WireRequest {
        let pair = connection.publicKey.reveal() + ":" + connection.privateKey.reveal()
        return request.with("Authorization", "Bearer " + pair)
    }

    /// Nothing is signed and the form is not documented: whatever names one payment id is a reason to ask.
    func receive(_ callback: InboundCallback, now: Moment) -> CallbackVerdict {
        var ids = FormText.values(of: "payment_id", in: callback.query)
        let content = ByteOrderMark.skipped(in: callback.body)
        if let first = content.first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) {
            if first == UInt8(ascii: "{") {
                guard let body = try? StrictJSON.parse(callback.body) else { return .refused(.malformed) }
                let places = [body, body["result"], body["data"]].compactMap { $0?["payment_id"] }
                ids += places.map { $0.stringValue ?? "" }
            } else {
                ids += FormText.values(of: "payment_id", in: String(decoding: content, as: UTF8.self))
            }
        }
        guard let id = ids.first, ids.allSatisfy({ $0 == id }), FlouciReplies.isPaymentID(id) else {
            return .refused(.malformed)
        }
        return .hint(.operatorReference(id))
    }
}

/// The hosted page of the first version: keys in the body of the opening call, and in two headers of the question.
///
/// Source: docs/protocols/flouci.md, 3; public code only. It has no webhook: the page's end is found by asking.
struct FlouciFirstPageProvider: Collecting, Checking {
    let connection: FlouciConnection
    let takesCards: Bool
    let manifest: ProviderManifest

    private static let opening = "/api/generate_payment"

    static func manifest(_ currency: ProviderManifest.CurrencyLimits, account: String) -> ProviderManifest {
        ProviderManifest(
            kind: FlouciKind.name, channels: ["flouci"], channelNames: ["flouci": "Flouci"], currencies: [currency],
            payerActions: [.redirect, .showQR], referenceShape: .uuid, contract: FlouciPageProvider.contract,
            mayReuseConnections: false,
            unverified: ["whether version 1 is still served", "its answers and error shapes", "amount limits"],
            account: account, operatorReferencesAreUnique: false
        ).returningPayers()
    }

    func preparation(of order: Instruction, confirmedBy confirmation: Confirmation?) -> Preparation { .asksOperator }

    func prepare(_ order: CollectInstruction, asking wire: any Asking) async throws(PreparationFailure) -> Prepared {
        try manifest.admit(order)
        guard !order.capturesLater else { throw .invalid("version 1 cannot hold money") }
        let back = try order.checkedReturnURLs(in: connection.environment)
        let body = JSONObject([
            .init("amount", JSONValue(order.amount.minorUnits)), .init("accept_card", .bool(takesCards)),
            .init("session_timeout_secs", JSONValue(order.sessionSeconds)),
            .init("success_link", .string(back.success)), .init("fail_link", .string(back.failure)),
            .init("developer_tracking_id", .string(order.reference)),
        ])
        return try await connection.open(Self.opening, body, for: order, asking: wire)
    }

    /// This flow has no money request of ours, so there is no reply to read.
    func read(_ reply: WireReply, to order: CollectInstruction) -> ProviderOutcome { .unknown(Doubt(.unlisted)) }

    func check(_ order: Instruction, asking wire: any Asking) async -> StatusCheckResult {
        guard case .collect(let order) = order else { return .couldNotAnswer("only collections can be asked about") }
        guard let paymentID = order.operatorReference else { return .couldNotAnswer("no payment id is known") }
        return await wire.ask(connection.question("/api/verify_payment", paymentID)) { reply in
            FlouciReplies.verdict(reply, paymentID: paymentID, reference: order.reference)
        }
    }

    /// The keys travel in the opening's body and in the question's headers, so they are put there at the last moment.
    func sign(_ request: WireRequest, _ context: SigningContext) -> WireRequest {
        let keys = (connection.publicKey.reveal(), connection.privateKey.reveal())
        guard request.method == .post else { return request.with("apppublic", keys.0).with("appsecret", keys.1) }
        guard request.url == connection.root + Self.opening else { return request }
        return request.with([.init("app_token", .string(keys.0)), .init("app_secret", .string(keys.1))])
    }
}
