extension KsherRSAOperator {
    private static let wallets: Set = [
        "promptpay", "bbl_promptpay", "truemoney", "linepay", "airpay", "alipay", "alipayplus", "wechat", "card",
        "ktccard", "atome", "scb_easy", "kplus",
    ]
    private static let page = [
        "mch_code", "mch_redirect_url", "mch_redirect_url_fail", "product_name", "refer_url", "channel_list",
    ]

    /// `gateway_pay`, `native_pay` and `quick_pay` (3.4 to 3.6).
    func open(_ flow: String, _ fields: [String: String]) async throws -> Answer {
        let reference = fields["mch_order_no"] ?? ""
        let codes = (fields[flow == "redirect" ? "channel_list" : "channel"] ?? "").split(separator: ",").map(
            String.init)
        guard let amount = Int64(fields["total_fee"] ?? ""), amount >= 100, (1...32).contains(reference.utf8.count),
            fields["fee_type"] == "THB", !codes.isEmpty, Self.wallets.isSuperset(of: codes)
        else { return Self.failed("parameters") }
        switch flow {
        case "redirect":
            guard Self.page.allSatisfy({ fields[$0]?.isEmpty == false }),
                (fields["product_name"] ?? "").count <= 50, fields["expire_time"].map({ Int64($0) ?? 0 > 0 }) ?? true
            else { return Self.failed("parameters") }
        case "bscanc": guard fields["auth_code"]?.isEmpty == false else { return Self.failed("auth_code") }
        default: guard codes.count == 1 else { return Self.failed("channel") }
        }
        try tools.recorder.requests.log(.ksherRSA, flow, reference)
        let chosen =
            flow == "bscanc"
            ? KsherBehaviour.barcode(fields["auth_code"] ?? "") : KsherBehaviour.order(amount: amount)
        let behaviour = tools.behaviour(chosen)
        if behaviour.answer == .page { return .gatewayPage }
        let serverError = Answer.json(["code": 500, "msg": "error"], status: 500)
        if flow == "bscanc", behaviour.isLost {
            return await tools.leave(.dropped, behaviour.answer, error: serverError)
        }
        let now = tools.stage.now
        let minutes = fields["expire_time"].flatMap { Int64($0) } ?? 30
        let order = KsherOrder(
            reference: reference, flow: flow, wallets: codes, amount: amount, toldAmount: amount, number: 0,
            createdAt: now, expiresAt: now + minutes * 60_000, successURL: fields["mch_redirect_url"] ?? "",
            failURL: fields["mch_redirect_url_fail"] ?? "", notifyURL: fields["mch_notify_url"] ?? fields["notify_url"])
        guard let opened = try book.open(order, behaviour) else {
            let isPaid = book.find(reference)?.state == .paid
            return isPaid ? .json(["code": 1, "msg": "order paid", "data": [:]]) : Self.failed("mch_order_no was used")
        }
        if opened.isLost { return .dropped }
        return await tools.leave(
            Self.envelope(shown(opened), isForged: opened.isForged), behaviour.answer, error: serverError)
    }

    private func shown(_ order: KsherOrder) -> [(String, JSONValue)] {
        let link = "\(tools.address.url)/ksher-rsa/pay/\(order.reference)"
        switch order.flow {
        case "redirect": return [("pay_content", .text(link))]
        case "cscanb":
            return [
                ("result", "SUCCESS"), ("trade_type", "NATIVE"), ("mch_order_no", .text(order.reference)),
                ("ksher_order_no", .text(order.gatewayID)), ("fee_type", "THB"), ("total_fee", .number(order.amount)),
                ("imgdat", .text(KsherPicture.dataURL(link))), ("code_url", .text(link)),
            ]
        default: return Self.sale(order, now: tools.stage.now, charging: true)
        }
    }

    /// `gateway_order_query` and `order_query`; each knows its own orders only.
    func query(_ fields: [String: String], isPage: Bool) throws -> Answer {
        let reference = fields["mch_order_no"] ?? ""
        try tools.recorder.requests.log(.ksherRSA, "query", reference)
        guard let (order, isFailing) = try book.ask(reference), (order.flow == "redirect") == isPage else {
            return Self.envelope([
                ("result", "FAIL"), ("err_code", "ORDER_NOT_EXIST"), ("mch_order_no", .text(reference)),
                ("nonce_str", .text(Identifiers.token(32))),
            ])
        }
        if isFailing { return .json(["code": 500, "msg": "error"], status: 500) }
        return Self.envelope(Self.sale(order, now: tools.stage.now), isForged: order.isForged)
    }

    /// `order_refund` (3.8): names a page's payment by the number that the page gave it.
    func refund(_ fields: [String: String]) async throws -> Answer {
        let number = fields["mch_refund_no"] ?? ""
        guard let amount = Int64(fields["refund_fee"] ?? ""), !number.isEmpty, let order = sale(fields) else {
            return Self.envelope([("result", "FAIL"), ("err_code", "ORDER_NOT_EXIST")])
        }
        guard fields["total_fee"] == String(order.toldAmount), fields["fee_type"] == "THB" else {
            return Self.failed("parameters")
        }
        try tools.recorder.requests.log(.ksherRSA, "refund", number)
        let behaviour = tools.behaviour(KsherBehaviour.refund(amount: amount))
        var result: [(String, JSONValue)] = [
            ("mch_refund_no", .text(number)), ("refund_fee", .number(amount)), ("fee_type", "THB"),
            ("mch_order_no", .text(order.reference)), ("nonce_str", .text(Identifiers.token(32))),
        ]
        var refusal: String? = behaviour.result == .paid ? nil : "REFUND_DECLINED"
        if behaviour.result == .paid,
            case .refused(let why) = try book.refund(order.reference, number: number, amount: amount, told: false)
        {
            refusal = why
        }
        result.append(("result", .text(refusal == nil ? "SUCCESS" : "FAIL")))
        result.append(("err_code", .text(refusal ?? "")))
        return await tools.leave(
            Self.envelope(result, isForged: behaviour.isForged), behaviour.answer,
            error: .json(["code": 500, "msg": "error"], status: 500))
    }

    /// `refund_query`: not for PromptPay or Alipay.
    func refunds(_ fields: [String: String]) throws -> Answer {
        try tools.recorder.requests.log(.ksherRSA, "refund_query", fields["mch_refund_no"] ?? "")
        guard let order = sale(fields), !order.wallet.hasSuffix("promptpay"), !order.wallet.hasPrefix("alipay") else {
            return Self.envelope([("result", "FAIL"), ("err_code", "NOT_SUPPORTED")])
        }
        let list = order.refunds.enumerated().map { index, refund -> JSONValue in
            [
                "ksher_refund_no": .text(order.refundID(index)), "mch_refund_fee": .number(refund.amount),
                "mch_refund_no": .text(refund.number), "refund_state": "REFUNDSUCCESS",
                "refund_time": .text(Timestamps.plain(tools.stage.now)),
            ]
        }
        return Self.envelope([
            ("result", "SUCCESS"), ("refund_count", .number(Int64(list.count))), ("refund_orders", .list(list)),
            ("nonce_str", .text(Identifiers.token(32))),
        ])
    }

    /// The order that a refund call names.
    private func sale(_ fields: [String: String]) -> KsherOrder? {
        if let number = fields["ksher_order_no"] { return book.find(gatewayID: number) }
        guard let number = fields["mch_order_no"], let order = book.find(number), order.paymentID == number else {
            return nil
        }
        return order
    }
}
