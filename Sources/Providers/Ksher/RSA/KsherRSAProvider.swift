import Router

/// One merchant at the gateway interface.
///
/// Hosted pages and QR codes are sessions: opening them moves nothing. A barcode charge is a money request. Every reply
/// that counts is signed; one that is not proves nothing.
struct KsherRSAProvider: Collecting, Checking, ReceivingCallbacks, Probing {
    let connection: KsherRSAConnection
    let wallets: ThaiWalletList
    let referURL: String?
    let manifest: ProviderManifest

    init(
        connection: KsherRSAConnection, wallets: ThaiWalletList, referURL: String?, limits: AmountRange,
        allowsPartialRefunds: Bool
    ) {
        self.connection = connection
        self.wallets = wallets
        self.referURL = referURL
        let actions: [ThaiWallets.Flow: [String]] = [.redirect: ["redirect"], .qr: ["show_qr"], .barcode: []]
        let contract = Self.contract(callback: connection.isForgeryProof ? .signed : .none)
        manifest = ProviderManifest(
            kind: KsherRSAKind.name, channels: wallets.channels,
            currencies: [.init(.thb, minimum: limits.minimum, maximum: limits.maximum)],
            requires: wallets.flow == .barcode ? [.sourceToken] : [], payerActions: actions[wallets.flow] ?? [],
            referenceShape: .hexadecimal(length: 32), contract: contract, mayReuseConnections: false,
            refund: RefundFacts(
                allowsPartial: allowsPartialRefunds, allowsSeveral: allowsPartialRefunds,
                exceptChannels: wallets.withoutRefund, contract: Self.contract(callback: .none)),
            unverified: Self.unverified)
    }

    /// What a repeated order number gives is not documented for unpaid orders, so the key counts as none.
    private static func contract(callback: ProviderContract.CallbackTrust) -> ProviderContract {
        ProviderContract(
            key: .none, keyWindowSeconds: 0, check: .byOurReference, absenceIsAuthoritative: false,
            visibilityLagSeconds: 60, maximumServerLifeSeconds: 86_400, absenceSpanSeconds: 600,
            promptLifetimeSeconds: 300, failureQuarantineSeconds: 300, authenticationPrecedesExecution: false,
            throttlingPrecedesExecution: false, resendPromptsPayerAgain: true, callback: callback, checksPerSecond: 2,
            checkLadder: CheckLadder(seconds: [5, 10, 15, 30, 60, 60, 120, 300, 300, 600, 1_200, 1_200]),
            reviewAfterSeconds: 1_800)
    }

    private static let unverified = [
        "the list of error codes", "how long an unpaid order lives", "what a wrong signature is answered with",
        "the time zone of time_stamp", "what a repeated order number gives", "what order_refund states",
        "limits of amounts", "order_close, order_reverse and cancel_order", "the key of the second generation",
    ]

    func prepare(_ order: CollectOrder, asking wire: any Asking) async throws(PreparationFailure) -> Prepared {
        try manifest.admit(order)
        let codes = try wallets.admit(order)
        let back = try order.checkedReturnURLs(in: connection.environment)
        var fields = [
            ("mch_order_no", order.reference), ("total_fee", String(order.amount.minorUnits)), ("fee_type", "THB"),
        ]
        let text = String(order.text.prefix(50))
        switch wallets.flow {
        case .redirect:
            fields += [
                ("channel_list", codes), ("mch_code", order.reference), ("mch_redirect_url", back.success),
                ("mch_redirect_url_fail", back.failure), ("mch_notify_url", order.callbackURL),
                ("product_name", text.isEmpty ? "payment" : text), ("refer_url", referURL ?? back.success),
                // Whole minutes; never shorter than what the payer is told.
                ("expire_time", String(max(1, (order.sessionSeconds + 59) / 60))),
            ]
            if let language = Self.languages[order.language ?? ""] { fields.append(("lang", language)) }
            let data = try await open("\(connection.gateway)/gateway_pay", fields, wire)
            guard let link = data["pay_content"]?.stringValue, connection.mayShow(link) else {
                throw PreparationFailure(Refusal(.notSent), "no page was opened: no usable link")
            }
            return session(order, .redirect(url: link))
        case .qr:
            fields += [("channel", codes), ("notify_url", order.callbackURL)]
            if !text.isEmpty { fields.append(("product", text)) }
            let data = try await open("\(connection.pay)/native_pay", fields, wire)
            guard data["mch_order_no"]?.stringValue == order.reference, let content = data["code_url"]?.nonEmptyText,
                content.utf8.count <= 2_000, data["result"]?.stringValue.map(KsherRSACodes.isOpened) ?? true,
                StatedAmount(data["total_fee"]).units.map({ $0 == order.amount.minorUnits }) ?? true
            else { throw PreparationFailure(Refusal(.notSent), "no QR code was made: the answer is not ours") }
            return session(order, .showQR(content: content))
        case .barcode:
            fields += [
                ("channel", codes), ("auth_code", try wallets.barcode(of: order)), ("notify_url", order.callbackURL),
            ]
            if !text.isEmpty { fields.append(("product", text)) }
            return .request(MoneyRequest(connection.call("\(connection.pay)/quick_pay", fields)))
        }
    }

    private static let languages = ["en": "en", "zh": "cn", "th": "th"]

    private func session(_ order: CollectOrder, _ action: CustomerAction) -> Prepared {
        .session(
            Session(operatorReference: order.reference, actions: [action], lifetimeSeconds: order.sessionSeconds))
    }

    /// Opens something that nobody has seen yet; whatever goes wrong, nothing can have moved.
    private func open(
        _ url: String, _ fields: [(String, String)], _ wire: any Asking
    ) async throws(PreparationFailure) -> JSONValue {
        let reply: WireReply
        do throws(AskFailure) { reply = try await wire.ask(connection.call(url, fields)) } catch {
            throw PreparationFailure(error)
        }
        if reply.status == 200, let data = connection.data(reply.object) { return data }
        throw KsherRSACodes.notOpened(reply)
    }

    func read(_ reply: WireReply, to order: CollectOrder) -> Answer {
        guard wallets.flow == .barcode else { return .unknown(Doubt(.unlisted)) }
        guard reply.status == 200 else {
            return .unknown(
                Doubt(reply.isClientError ? .unlisted : .operatorError, providerCode: "HTTP \(reply.status)"))
        }
        guard let data = connection.data(reply.object) else {
            return .unknown(Doubt(.unreadable, providerCode: reply.object?["code"]?.codeText))
        }
        return KsherRSACodes.charged(data, reference: order.reference)
    }

    func check(_ order: MoneyOrder, asking wire: any Asking) async -> Finding {
        switch order {
        case .collect(let order):
            let data: JSONValue
            switch await sale(order.reference, order.channel, wire) {
            case .success(let found): data = found
            case .failure(let why): return .couldNotAnswer(why.text)
            }
            return KsherRSACodes.sale(data, reference: order.reference)
        case .refund(let order): return await checkRefund(order, asking: wire)
        case .payout, .capture, .void: return .couldNotAnswer("this operation does not exist here")
        }
    }

    /// Why a question got no usable answer.
    struct NoAnswer: Error {
        let text: String
        /// Whether asking again could not help.
        var isFinal = false
    }

    /// Asks about a sale by our reference.
    func sale(_ reference: String, _ channel: Channel, _ wire: any Asking) async -> Result<JSONValue, NoAnswer> {
        let isPage = wallets.flow == .redirect
        var fields = [("mch_order_no", reference)]
        if !isPage, let code = wallets.codes(channel) { fields.append(("channel", code)) }
        let url = isPage ? "\(connection.gateway)/gateway_order_query" : "\(connection.pay)/order_query"
        return await ask(url, fields, wire)
    }

    /// Asks one signed question.
    func ask(
        _ url: String, _ fields: [(String, String)], _ wire: any Asking
    ) async -> Result<JSONValue, NoAnswer> {
        do throws(AskFailure) {
            let reply = try await wire.ask(connection.call(url, fields))
            guard reply.status == 200 else { return .failure(NoAnswer(text: "HTTP \(reply.status)")) }
            guard let data = connection.data(reply.object) else {
                return .failure(NoAnswer(text: "the answer is not signed by the operator, or the call failed"))
            }
            return .success(data)
        } catch {
            return .failure(NoAnswer(text: error.text))
        }
    }

    func authorize(_ request: WireRequest, _ stamp: CallStamp) -> WireRequest {
        connection.authorize(request, stamp)
    }

    /// Only successes are notified.
    ///
    /// A signature of a key that can be broken is no proof: such a notification is a hint.
    func receive(_ callback: InboundCallback, now: Moment) -> CallbackVerdict {
        guard callback.method == "POST" else { return .refused(.malformed) }
        var body = callback.body
        if body.first == UInt8(ascii: "%") || body.starts(with: Array("{%".utf8)) {
            guard let text = FormReading.decoded(String(decoding: body, as: UTF8.self)) else {
                return .refused(.malformed)
            }
            body = Array(text.utf8)
        }
        guard let envelope = try? StrictJSON.parse(body), case .object = envelope else { return .refused(.malformed) }
        guard let data = connection.data(envelope) else { return .refused(.unverified) }
        guard let reference = data["mch_order_no"]?.nonEmptyText, reference.utf8.count <= 64 else {
            return .refused(.malformed)
        }
        let claim = data["result"] == "SUCCESS" ? KsherRSACodes.settled(data) : .unknown(Doubt(.unlisted))
        var isSuccess = false
        if case .settled = claim { isSuccess = true }
        return .about(
            CallbackFact(
                about: .reference(reference), claim: claim, isAuthentic: isSuccess && connection.isForgeryProof,
                acknowledgement: CallbackAcknowledgement(
                    contentType: "application/json", body: Array(#"{"result":"SUCCESS","msg":"OK"}"#.utf8))))
    }

    /// Asks who we are.
    ///
    /// Of that answer other fields are signed than are given, so only the call's own code counts.
    func probe(asking wire: any Asking) async -> ProbeFinding {
        do throws(AskFailure) {
            let reply = try await wire.ask(connection.call("\(connection.pay)/merchant_info", []))
            guard reply.status == 200, let body = reply.object else { return .unclear("HTTP \(reply.status)") }
            return body["code"]?.codeText == "0" && body["data"]?["account_type"] != nil
                ? .accepted("the operator told who the merchant is") : .unclear("the call failed")
        } catch {
            return .unclear(error.text)
        }
    }
}
