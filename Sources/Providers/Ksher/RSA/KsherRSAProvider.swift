import Router
import WebText

/// One merchant at the gateway interface.
///
/// Hosted pages and QR codes are sessions: opening them moves nothing. A barcode charge is a money request. Every reply
/// that counts is signed; one that is not proves nothing.
struct KsherRSAProvider: Collecting, Checking, ReceivingCallbacks, CredentialProbing {
    let connection: KsherRSAConnection
    let wallets: ThaiWalletList
    let referURL: String?
    let manifest: ProviderManifest

    /// Pages and QR codes are opened first, a barcode is charged at once; a refund of what was paid on a page needs the
    /// number of its sale.
    func preparation(of order: Instruction, confirmedBy confirmation: Confirmation?) -> Preparation {
        switch order {
        case .collect: wallets.flow == .barcode ? .offline : .asksOperator
        case .refund: wallets.flow == .redirect ? .asksOperator : .offline
        case .payout, .capture, .void: .offline
        }
    }

    func prepare(_ order: CollectInstruction, asking wire: any Asking) async throws(PreparationFailure) -> Prepared {
        try manifest.admit(order)
        let codes = try wallets.admit(order)
        let back = try order.checkedReturnURLs(in: connection.environment)
        var fields = [
            ("mch_order_no", order.reference), ("total_fee", String(order.amount.minorUnits)), ("fee_type", "THB"),
        ]
        let text = order.text
        switch wallets.flow {
        case .redirect:
            fields += [
                ("channel_list", codes), ("mch_code", order.orderNumber ?? order.reference),
                ("mch_redirect_url", back.success),
                ("mch_redirect_url_fail", back.failure), ("mch_notify_url", order.callbackURL),
                ("product_name", text.isEmpty ? "payment" : text), ("refer_url", referURL ?? back.success),
                // Whole minutes; never shorter than what the payer is told.
                ("expire_time", String(max(1, (order.sessionSeconds + 59) / 60))),
            ]
            if let name = order.shop.shown(nil) { fields.append(("shop_name", name)) }
            if let language = Self.languages[order.language ?? ""] { fields.append(("lang", language)) }
            let data = try await open("\(connection.gateway)/gateway_pay", fields, wire)
            guard let link = data["pay_content"]?.stringValue, connection.mayShow(link) else {
                throw .notSent("no page was opened: no usable link")
            }
            return order.session([.redirect(url: link)])
        case .qr:
            fields += [("channel", codes), ("notify_url", order.callbackURL)]
            if !text.isEmpty { fields.append(("product", text)) }
            let data = try await open("\(connection.pay)/native_pay", fields, wire)
            guard data["mch_order_no"]?.stringValue == order.reference, let content = data["code_url"]?.nonEmptyText,
                content.utf8.count <= 2_000, data["result"]?.stringValue.map(KsherRSACodes.isOpened) ?? true,
                data["total_fee"] == ""
                    || [.absent, .units(order.amount.minorUnits)].contains(StatedAmount(data["total_fee"]))
            else { throw .notSent("no QR code was made: the answer is not ours") }
            return order.session([.showQR(content: content)])
        case .barcode:
            fields += [
                ("channel", codes), ("auth_code", try wallets.barcode(of: order)), ("notify_url", order.callbackURL),
            ]
            if !text.isEmpty { fields.append(("product", text)) }
            return .request(MoneyRequest(connection.call("\(connection.pay)/quick_pay", fields)))
        }
    }

    private static let languages = ["en": "en", "zh": "cn", "th": "th"]

    /// Opens something that nobody has seen yet; whatever goes wrong, nothing can have moved.
    private func open(
        _ url: String, _ fields: [(String, String)], _ wire: any Asking
    ) async throws(PreparationFailure) -> JSONValue {
        let reply = try await wire.askToPrepare(connection.call(url, fields))
        if reply.status == 200, let data = connection.data(reply.object) { return data }
        throw KsherRSACodes.notOpened(reply)
    }

    func read(_ reply: WireReply, to order: CollectInstruction) -> ProviderOutcome {
        guard wallets.flow == .barcode else { return .unknown(Doubt(.unlisted)) }
        return read(reply) { KsherRSACodes.charged($0, reference: order.reference) }
    }

    /// Reads a reply to a money request: only signed data proves anything.
    private func read(_ reply: WireReply, _ table: (JSONValue) -> ProviderOutcome) -> ProviderOutcome {
        if reply.refusesOurCredentials { return reply.refusal(.credentialsRefused) }
        guard reply.status == 200 else { return reply.doubt }
        guard let data = connection.data(reply.object) else {
            return reply.arrived(.unknown(Doubt(.unreadable, providerCode: reply.object?["code"]?.codeText)))
        }
        return reply.arrived(table(data))
    }

    func check(_ order: Instruction, asking wire: any Asking) async -> StatusCheckResult {
        do throws(NoAnswer) {
            switch order {
            case .collect(let order):
                return KsherRSACodes.sale(
                    try await sale(order.reference, order.channel, wire), reference: order.reference)
            case .refund(let order): return try await checkRefund(order, wire)
            case .payout, .capture, .void: throw NoAnswer(text: "this operation does not exist here")
            }
        } catch {
            return .couldNotAnswer(error.text)
        }
    }

    /// Why a question got no usable answer.
    struct NoAnswer: Error {
        let text: String
    }

    /// Asks about a sale by our reference.
    private func sale(
        _ reference: String, _ channel: PaymentChannel, _ wire: any Asking
    ) async throws(NoAnswer) -> JSONValue {
        let isPage = wallets.flow == .redirect
        var fields = [("mch_order_no", reference)]
        if !isPage, let code = wallets.code(channel) { fields.append(("channel", code)) }
        let url = isPage ? "\(connection.gateway)/gateway_order_query" : "\(connection.pay)/order_query"
        return try await ask(url, fields, wire)
    }

    /// Asks one signed question.
    private func ask(
        _ url: String, _ fields: [(String, String)], _ wire: any Asking
    ) async throws(NoAnswer) -> JSONValue {
        let reply: WireReply
        do throws(AskFailure) { reply = try await wire.ask(connection.call(url, fields)) } catch {
            throw NoAnswer(text: error.text)
        }
        guard reply.status == 200 else { throw NoAnswer(text: reply.code) }
        guard let data = connection.data(reply.object) else {
            throw NoAnswer(text: "the answer is not signed by the operator, or the call failed")
        }
        return data
    }

    func sign(_ request: WireRequest, _ context: SigningContext) -> WireRequest {
        connection.sign(request, context)
    }

    /// Only successes are notified.
    ///
    /// A signature of a key that can be broken is no proof: such a notification is a hint.
    func receive(_ callback: InboundCallback, now: Moment) -> CallbackVerdict {
        guard callback.method == "POST" else { return .refused(.malformed) }
        var body = callback.body
        let content = ByteOrderMark.skipped(in: body)
        if content.first == UInt8(ascii: "%") || content.starts(with: Array("{%".utf8)) {
            guard let text = FormText.decoded(String(decoding: content, as: UTF8.self)) else {
                return .refused(.malformed)
            }
            body = Array(text.utf8)
        }
        guard let envelope = JSONValue(objectIn: body) else { return .refused(.malformed) }
        guard let data = connection.data(envelope) else { return .refused(.unverified) }
        guard let reference = data["mch_order_no"]?.nonEmptyText, reference.utf8.count <= 64 else {
            return .refused(.malformed)
        }
        let claim = data["result"] == "SUCCESS" ? KsherRSACodes.succeeded(data) : .unknown(Doubt(.unlisted))
        return .about(
            CallbackFact(
                about: .reference(reference), claim: claim,
                proof: claim.isSucceeded && connection.isForgeryProof ? .signature : .nothing,
                acknowledgement: CallbackAcknowledgement(
                    contentType: "application/json", body: Array(#"{"result":"SUCCESS","msg":"OK"}"#.utf8))))
    }

    /// Asks who we are.
    ///
    /// Of that answer other fields are signed than are given, so only the call's own code counts.
    func probe(asking wire: any Asking) async -> ProbeFinding {
        await wire.ask(connection.call("\(connection.pay)/merchant_info", [])) { reply in
            guard reply.status == 200, let body = reply.object else { return .unclear(reply.code) }
            return body["code"]?.codeText == "0" && body["data"]?["account_type"] != nil
                ? .accepted("the operator told who the merchant is") : .unclear("the call failed")
        }
    }
}

extension KsherRSAProvider: Refunding {
    func prepareRefund(
        _ order: FollowUpInstruction, asking wire: any Asking
    ) async throws(PreparationFailure) -> MoneyRequest {
        try wallets.admit(order)
        let sale: PaidSale
        do throws(NoAnswer) { sale = try await paidSale(order.original, wire) } catch {
            throw .notSent("no refund was asked for: \(error.text)")
        }
        try wallets.admitRefund(paidWith: sale.wallet)
        guard let number = sale.number else { throw .notSent("no refund was asked for: the sale names no payment") }
        let fields = [
            number, ("mch_refund_no", order.reference), ("total_fee", String(order.original.amount.minorUnits)),
            ("refund_fee", String(order.amount.minorUnits)), ("fee_type", "THB"),
        ]
        return MoneyRequest(connection.call("\(connection.pay)/order_refund", fields))
    }

    func readRefund(_ reply: WireReply, to order: FollowUpInstruction) -> ProviderOutcome {
        read(reply) { KsherRSACodes.refunded($0, order: order) }
    }

    /// Asks for the list of refunds; of payments that have none (Alipay), for the sale.
    private func checkRefund(
        _ order: FollowUpInstruction, _ wire: any Asking
    ) async throws(NoAnswer) -> StatusCheckResult {
        let original = order.original
        if original.channel == "alipay" {
            return KsherRSACodes.saleOfRefund(
                try await sale(original.reference, original.channel, wire), order: order)
        }
        guard let number = try await paidSale(original, wire).number else {
            throw NoAnswer(text: "the sale names no payment")
        }
        let fields = [number, ("mch_refund_no", order.reference)]
        return KsherRSACodes.refunds(try await ask("\(connection.pay)/refund_query", fields, wire), order: order)
    }

    /// A paid sale as the refund calls know it.
    private struct PaidSale {
        /// The operator's code of the wallet that the payer chose; empty where the channel is the wallet.
        var wallet = ""
        /// Name and value of its number; `nil` if the operator named none.
        let number: (String, String)?
    }

    /// Finds a sale: a page has given its payment a number of its own, and for cards only the operator's own number
    /// serves (docs/protocols/ksher.md, 3.8).
    private func paidSale(
        _ original: OriginalCollection, _ wire: any Asking
    ) async throws(NoAnswer) -> PaidSale {
        guard wallets.flow == .redirect else { return PaidSale(number: ("mch_order_no", original.reference)) }
        let data = try await sale(original.reference, original.channel, wire)
        guard data["mch_order_no"]?.stringValue == original.reference,
            ["SUCCESS", "REFUND"].contains(data["result"]?.stringValue),
            StatedAmount(data["total_fee"]).units == original.amount.minorUnits
        else { throw NoAnswer(text: "the operator does not show it as paid") }
        let wallet = data["channel"]?.stringValue ?? ""
        if wallet.hasSuffix("card"), let number = data["ksher_order_no"]?.nonEmptyText {
            return PaidSale(wallet: wallet, number: ("ksher_order_no", number))
        }
        return PaidSale(wallet: wallet, number: data["pay_mch_order_no"]?.nonEmptyText.map { ("mch_order_no", $0) })
    }
}
