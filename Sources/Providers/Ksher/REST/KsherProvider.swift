import Router
import WebText

/// One merchant at the REST interface.
///
/// Redirect and QR orders are sessions: opening them moves nothing. A barcode charge is a money request. Every reply that
/// counts is signed; one that is not proves nothing.
struct KsherProvider: Collecting, Checking, Refunding, ReceivingCallbacks, CredentialProbing {
    let root: String
    let environment: PayEnvironment
    let wallets: ThaiWalletList
    let signature: KsherSignature
    let mid: String?
    let providerName: String?
    let webhookURL: String?
    let note: TextTemplate
    let manifest: ProviderManifest

    private var orders: String {
        switch wallets.flow {
        case .redirect: "/api/v1/redirect/orders"
        case .qr: "/api/v1/cscanb/orders"
        case .barcode: "/api/v1/bscanc/orders"
        }
    }

    /// A page is opened first, a barcode is charged at once; a refund of what was paid on a page needs the wallet that was chosen there.
    func preparation(of order: Instruction, confirmedBy confirmation: Confirmation?) -> Preparation {
        switch order {
        case .collect: wallets.flow == .barcode ? .offline : .asksOperator
        case .refund(let order): order.original.channel == ThaiWallets.page ? .asksOperator : .offline
        case .payout, .capture, .void: .offline
        }
    }

    func prepare(_ order: CollectInstruction, asking wire: any Asking) async throws(PreparationFailure) -> Prepared {
        try manifest.admit(order)
        let codes = try wallets.admit(order)
        var fields: [(String, JSONValue)] = [
            ("amount", JSONValue(order.amount.minorUnits)), ("merchant_order_id", .string(order.reference)),
            ("channel", .string(codes)),
        ]
        let note = note.filled(TextTemplate.Place.values(order.orderNumber, order.text, order.shop, order.customer))
        if !note.isEmpty { fields.append(("note", .string(note))) }
        switch wallets.flow {
        case .barcode: fields.append(("auth_code", .string(try wallets.barcode(of: order))))
        case .redirect:
            let back = try order.checkedReturnURLs(in: environment)
            fields += [("redirect_url", .string(back.success)), ("redirect_url_fail", .string(back.failure))]
        case .qr: break
        }
        let create = request(.post, orders, fields)
        guard wallets.flow != .barcode else { return .request(MoneyRequest(create)) }
        let reply = try await wire.askToPrepare(create)
        let action = try KsherReplies.created(
            reply, signature.verified(reply.object, orders), flow: wallets.flow, reference: order.reference,
            links: PayerLinks(environment: environment, root: root, domains: ThaiWallets.domains))
        return order.session([action])
    }

    func read(_ reply: WireReply, to order: CollectInstruction) -> ProviderOutcome {
        guard wallets.flow == .barcode else { return .unknown(Doubt(.unlisted)) }
        return KsherReplies.charged(
            reply, signature.verified(reply.object, orders), reference: order.reference)
    }

    func check(_ order: Instruction, asking wire: any Asking) async -> StatusCheckResult {
        let sale: String
        switch order {
        case .collect(let order): sale = order.reference
        case .refund(let order): sale = order.original.reference
        case .payout, .capture, .void: return .couldNotAnswer("this operation does not exist here")
        }
        let path = orders + "/" + PercentText.encoded(sale)
        return await wire.ask(request(.get, path, [])) { reply in
            let body = signature.verified(reply.object, path)
            return switch order {
            case .refund(let order): KsherReplies.foundRefund(reply, body, order: order)
            default: KsherReplies.foundSale(reply, body, reference: sale)
            }
        }
    }

    func prepareRefund(
        _ order: FollowUpInstruction, asking wire: any Asking
    ) async throws(PreparationFailure) -> MoneyRequest {
        try wallets.admit(order)
        if order.original.channel == ThaiWallets.page {
            try wallets.admitRefund(paidWith: await wallet(of: order, asking: wire))
        }
        let fields: [(String, JSONValue)] = [
            ("refund_amount", JSONValue(order.amount.minorUnits)), ("refund_order_id", .string(order.reference)),
        ]
        return MoneyRequest(request(.put, refundPath(order), fields))
    }

    /// The operator's code of the wallet with which a payer paid on the page; empty if it names none.
    private func wallet(
        of order: FollowUpInstruction, asking wire: any Asking
    ) async throws(PreparationFailure) -> String {
        let path = refundPath(order)
        let reply = try await wire.askToPrepare(request(.get, path, []))
        guard reply.status == 200, let body = signature.verified(reply.object, path),
            body["merchant_order_id"]?.stringValue == order.original.reference
        else { throw .notSent("no refund was asked for: the operator did not say how it was paid (\(reply.code))") }
        return body["channel"]?.stringValue ?? ""
    }

    func readRefund(_ reply: WireReply, to order: FollowUpInstruction) -> ProviderOutcome {
        KsherReplies.refunded(reply, signature.verified(reply.object, refundPath(order)), order: order)
    }

    private func refundPath(_ order: FollowUpInstruction) -> String {
        orders + "/" + PercentText.encoded(order.original.reference)
    }

    /// Asks for the channels; finance replies are not signed in an agreed way, so only the status counts.
    func probe(asking wire: any Asking) async -> ProbeFinding {
        await wire.ask(request(.get, "/api/v1/finance/settlements/channels", [])) { reply in
            switch reply.status {
            case 200 where reply.object != nil: .accepted("the list of channels was given")
            case 401, 403: .refused(reply.code)
            default: .unclear(reply.code)
            }
        }
    }

    /// Adds the time and the signature: to the query of a question, to the body of everything else.
    func sign(_ request: WireRequest, _ context: SigningContext) -> WireRequest {
        guard request.url.hasPrefix(root + "/") else { return request }
        let target = request.url.dropFirst(root.count).split(separator: "?", maxSplits: 1)
        let path = target.first.map(String.init) ?? ""
        let time = String(context.now.milliseconds / 1_000)
        if request.method == .get {
            let pairs = target.count == 2 ? FormText.pairs(String(target[1])) ?? [] : []
            var fields = pairs.map { ($0.name, $0.value) } + [("timestamp", time)]
            fields.append(("signature", signature.sign(path, fields)))
            var request = request
            request.url = root + path + "?" + FormText.encoded(fields)
            return request
        }
        let request = request.with([.init("timestamp", .string(time))])
        guard let body = JSONValue(objectIn: request.body)?.objectValue else { return request }
        let fields = body.members.map { ($0.name, $0.value.scalarText ?? "") }
        return request.with([.init("signature", .string(signature.sign(path, fields)))])
    }

    /// A verified notification names an order and no amount, so it is only a reason to ask.
    func receive(_ callback: InboundCallback, now: Moment) -> CallbackVerdict {
        guard callback.method == "GET", let webhookURL else { return .refused(.unverified) }
        guard let fields = FormText.fields(callback.query), let signed = fields["signature"] else {
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
        return .hint(.reference(reference), fields["message"].map { String($0.prefix(64)) })
    }

    private func request(_ method: WireRequest.Method, _ path: String, _ fields: [(String, JSONValue)]) -> WireRequest {
        var fields = fields
        if let mid { fields.append(("mid", .string(mid))) }
        if let providerName { fields.append(("provider", .string(providerName))) }
        guard method != .get else { return .question(root + path, fields.map { ($0.0, $0.1.scalarText ?? "") }) }
        let body = JSONObject(fields.map { JSONObject.Member($0.0, $0.1) })
        return .json(root + path, .object(body), method: method)
    }
}
