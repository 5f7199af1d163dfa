import Router

/// One merchant at the REST interface.
///
/// Redirect and QR orders are sessions: opening them moves nothing. A barcode charge is a money request. Every reply that
/// counts is signed; one that is not proves nothing.
struct KsherProvider: Collecting, Checking, Refunding, ReceivingCallbacks, Probing {
    let root: String
    let environment: Environment
    let wallets: ThaiWalletList
    let signature: KsherSignature
    let mid: String?
    let providerName: String?
    let webhookURL: String?
    let manifest: ProviderManifest

    init(
        root: String, environment: Environment, wallets: ThaiWalletList, signature: KsherSignature, mid: String?,
        providerName: String?, webhookURL: String?, limits: AmountRange, allowsPartialRefunds: Bool
    ) {
        self.root = root
        self.environment = environment
        self.wallets = wallets
        self.signature = signature
        self.mid = mid
        self.providerName = providerName
        self.webhookURL = webhookURL
        let actions: [ThaiWallets.Flow: [String]] = [.redirect: ["redirect"], .qr: ["show_qr"], .barcode: []]
        manifest = ProviderManifest(
            kind: KsherKind.name, channels: wallets.channels,
            currencies: [.init(.thb, minimum: limits.minimum, maximum: limits.maximum)],
            requires: wallets.flow == .barcode ? [.sourceToken] : [], payerActions: actions[wallets.flow] ?? [],
            referenceShape: .hexadecimal(length: 32), contract: Self.contract, mayReuseConnections: false,
            refund: RefundFacts(
                allowsPartial: allowsPartialRefunds, allowsSeveral: allowsPartialRefunds,
                exceptChannels: wallets.withoutRefund, contract: Self.contract),
            unverified: Self.unverified)
    }

    /// A repeated order number "ends with error", but the error is not on record, so the key counts as none.
    private static let contract = ProviderContract(
        key: .none, keyWindowSeconds: 0, check: .byOurReference, absenceIsAuthoritative: false,
        visibilityLagSeconds: 60, maximumServerLifeSeconds: 86_400, absenceSpanSeconds: 600,
        promptLifetimeSeconds: 300, failureQuarantineSeconds: 300, authenticationPrecedesExecution: false,
        throttlingPrecedesExecution: false, resendPromptsPayerAgain: true, callback: .none, checksPerSecond: 2,
        checkLadder: CheckLadder(seconds: [5, 10, 15, 30, 60, 60, 120, 300, 300, 600, 1_200, 1_200]),
        reviewAfterSeconds: 1_800)

    private static let unverified = [
        "whether the interface still serves", "the code of a repeated order number", "the full list of statuses",
        "how long an unpaid order lives", "what a wrong signature is answered with", "limits of amounts",
        "which wallets refund a part", "how a refund shows when the sale is asked about", "cancelling an order",
    ]

    private var orders: String {
        switch wallets.flow {
        case .redirect: "/api/v1/redirect/orders"
        case .qr: "/api/v1/cscanb/orders"
        case .barcode: "/api/v1/bscanc/orders"
        }
    }

    func prepare(_ order: CollectOrder, asking wire: any Asking) async throws(PreparationFailure) -> Prepared {
        try manifest.admit(order)
        let codes = try wallets.admit(order)
        var fields: [(String, JSONValue)] = [
            ("amount", JSONValue(order.amount.minorUnits)), ("merchant_order_id", .string(order.reference)),
            ("channel", .string(codes)),
        ]
        if !order.text.isEmpty { fields.append(("note", .string(order.text))) }
        switch wallets.flow {
        case .barcode: fields.append(("auth_code", .string(try wallets.barcode(of: order))))
        case .redirect:
            let back = try order.checkedReturnURLs(in: environment)
            fields += [("redirect_url", .string(back.success)), ("redirect_url_fail", .string(back.failure))]
        case .qr: break
        }
        let create = request(.post, orders, fields)
        guard wallets.flow != .barcode else { return .request(MoneyRequest(create)) }
        let reply: WireReply
        do throws(AskFailure) { reply = try await wire.ask(create) } catch { throw PreparationFailure(error) }
        let body = signature.verified(reply.object, orders)
        let action = try KsherReplies.created(
            reply, body, flow: wallets.flow, reference: order.reference, mayShow: mayShow)
        return .session(
            Session(operatorReference: order.reference, actions: [action], lifetimeSeconds: order.sessionSeconds))
    }

    func read(_ reply: WireReply, to order: CollectOrder) -> Answer {
        guard wallets.flow == .barcode else { return .unknown(Doubt(.unlisted)) }
        return KsherReplies.charged(
            reply, signature.verified(reply.object, orders), reference: order.reference)
    }

    func check(_ order: MoneyOrder, asking wire: any Asking) async -> Finding {
        let sale: String
        switch order {
        case .collect(let order): sale = order.reference
        case .refund(let order): sale = order.original.reference
        case .payout, .capture, .void: return .couldNotAnswer("this operation does not exist here")
        }
        let path = orders + "/" + PercentEncoding.encode(sale)
        let reply: WireReply
        do throws(AskFailure) {
            reply = try await wire.ask(request(.get, path, []))
        } catch {
            return .couldNotAnswer(error.text)
        }
        let body = signature.verified(reply.object, path)
        return switch order {
        case .refund(let order): KsherReplies.foundRefund(reply, body, order: order)
        default: KsherReplies.foundSale(reply, body, reference: sale)
        }
    }

    func prepareRefund(
        _ order: FollowUpOrder, asking wire: any Asking
    ) async throws(PreparationFailure) -> MoneyRequest {
        let rest = order.original.amount.minorUnits - order.original.refundedMinorUnits
        guard order.amount.currency == order.original.amount.currency,
            order.amount.minorUnits >= 1, order.amount.minorUnits <= rest
        else { throw .invalid("the amount must be 1 satang to what is left of the payment") }
        guard manifest.refund?.exceptChannels.contains(order.original.channel) != true else {
            throw .invalid("this channel's payments cannot be given back by call")
        }
        return MoneyRequest(
            request(
                .put, refundPath(order),
                [
                    ("refund_amount", JSONValue(order.amount.minorUnits)),
                    ("refund_order_id", .string(order.reference)),
                ]))
    }

    func readRefund(_ reply: WireReply, to order: FollowUpOrder) -> Answer {
        KsherReplies.refunded(reply, signature.verified(reply.object, refundPath(order)), order: order)
    }

    private func refundPath(_ order: FollowUpOrder) -> String {
        orders + "/" + PercentEncoding.encode(order.original.reference)
    }

    /// Asks for the channels; finance replies are not signed in an agreed way, so only the status counts.
    func probe(asking wire: any Asking) async -> ProbeFinding {
        do throws(AskFailure) {
            let reply = try await wire.ask(request(.get, "/api/v1/finance/settlements/channels", []))
            return switch reply.status {
            case 200 where reply.object != nil: .accepted("the list of channels was given")
            case 401, 403: .refused("HTTP \(reply.status)")
            default: .unclear("HTTP \(reply.status)")
            }
        } catch {
            return .unclear(error.text)
        }
    }

    /// Adds the time and the signature: to the query of a question, to the body of everything else.
    func authorize(_ request: WireRequest, _ stamp: CallStamp) -> WireRequest {
        guard request.url.hasPrefix(root + "/") else { return request }
        let target = request.url.dropFirst(root.count).split(separator: "?", maxSplits: 1)
        let path = target.first.map(String.init) ?? ""
        let time = String(stamp.now.milliseconds / 1_000)
        var request = request
        if request.method == .get {
            var fields =
                (target.count == 2 ? FormReading.pairs(String(target[1])) : [])?.map { ($0.name, $0.value) } ?? []
            fields.append(("timestamp", time))
            fields.append(("signature", signature.sign(path, fields)))
            request.url = root + path + "?" + FormReading.encode(fields)
            return request
        }
        guard let parsed = try? StrictJSON.parse(request.body), var body = parsed.objectValue else { return request }
        body["timestamp"] = .string(time)
        let fields = body.members.map { ($0.name, $0.value.scalarText ?? "") }
        body["signature"] = .string(signature.sign(path, fields))
        request.body = JSONValue.object(body).serialized()
        return request
    }

    /// A verified notification names an order and no amount, so it is only a reason to ask.
    func receive(_ callback: InboundCallback, now: Moment) -> CallbackVerdict {
        guard callback.method == "GET", let webhookURL else { return .refused(.unverified) }
        guard let fields = FormReading.fields(callback.query), let signed = fields["signature"] else {
            return .refused(.malformed)
        }
        let rest = fields.filter { $0.key != "signature" }.map { ($0.key, $0.value) }
        guard signature.verifies(signed, webhookURL, rest) else { return .refused(.unverified) }
        guard fields["type"]?.lowercased() == "order", fields["code"]?.lowercased() == "statuschange" else {
            return .ignored(dedupKey: nil)
        }
        guard let reference = fields["instance"], (1...64).contains(reference.utf8.count) else {
            return .refused(.malformed)
        }
        let message = fields["message"].map { String($0.prefix(64)) }
        return .about(
            CallbackFact(
                about: .reference(reference), claim: .unknown(Doubt(.unlisted, providerCode: message)),
                isAuthentic: false))
    }

    private func request(_ method: WireRequest.Method, _ path: String, _ fields: [(String, JSONValue)]) -> WireRequest {
        var fields = fields
        if let mid { fields.append(("mid", .string(mid))) }
        if let providerName { fields.append(("provider", .string(providerName))) }
        guard method != .get else {
            let query = FormReading.encode(fields.map { ($0.0, $0.1.scalarText ?? "") })
            return WireRequest(
                .get, root + path + (query.isEmpty ? "" : "?" + query), headers: [.init("Accept", "application/json")])
        }
        let body = JSONValue.object(JSONObject(fields.map { JSONObject.Member($0.0, $0.1) }))
        return WireRequest(
            method, root + path,
            headers: [.init("Content-Type", "application/json"), .init("Accept", "application/json")],
            body: body.serialized())
    }

    /// Whether a payer may be sent to an address: https on the operator's domains; in the sandbox also the practice
    /// operator itself.
    private func mayShow(_ link: String) -> Bool {
        guard let address = WebAddress(link) else { return false }
        if environment == .sandbox, let root = WebAddress(root), address.hasSameOrigin(as: root) { return true }
        let isTheirs = ["ksher.com", "ksher.net", "ksher.cn"].contains {
            address.host == $0 || address.host.hasSuffix("." + $0)
        }
        return isTheirs && address.scheme == "https" && (address.port ?? 443) == 443
    }
}
