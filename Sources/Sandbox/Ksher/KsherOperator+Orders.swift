extension KsherOperator {
    static let wallets: Set = [
        "promptpay", "bbl_promptpay", "truemoney", "linepay", "airpay", "alipay", "alipayplus", "wechat", "card",
        "ktbcard", "ktccard", "atome", "scb_easy", "kplus",
    ]

    /// `POST /api/v1/{type}/orders` (2.3): opens a page or a code, or charges a barcode.
    func create(_ flow: String, _ fields: [String: String], _ request: SandboxRequest) async throws -> Answer {
        let reference = fields["merchant_order_id"] ?? ""
        let wallets = (fields["channel"] ?? "").split(separator: ",").map(String.init)
        guard let amount = Int64(fields["amount"] ?? ""), amount > 0, (1...32).contains(reference.utf8.count),
            Self.wallets.isSuperset(of: wallets), flow == "redirect" || wallets.count == 1
        else { return Self.refusal(400, "Bad Request") }
        if flow == "redirect" {
            for name in ["redirect_url", "redirect_url_fail"] {
                guard fields[name]?.hasPrefix("http") == true else { return Self.refusal(400, "Bad Request") }
            }
        }
        guard flow != "bscanc" || fields["auth_code"]?.isEmpty == false else { return Self.refusal(400, "Bad Request") }
        try tools.recorder.requests.log(.ksher, flow, reference)
        let chosen =
            flow == "bscanc"
            ? KsherBehaviour.barcode(fields["auth_code"] ?? "") : KsherBehaviour.order(amount: amount)
        let behaviour = tools.behaviour(chosen)
        if behaviour.answer == .page { return .gatewayPage }
        let now = tools.stage.now
        let order = KsherOrder(
            reference: reference, flow: flow, wallets: wallets.isEmpty ? ["promptpay", "truemoney"] : wallets,
            amount: amount, toldAmount: amount, number: 0, createdAt: now, expiresAt: now + 1_800_000,
            successURL: fields["redirect_url"] ?? "", failURL: fields["redirect_url_fail"] ?? "", note: fields["note"],
            mid: fields["mid"])
        // A charge that nobody will ever execute leaves nothing behind.
        if flow == "bscanc", behaviour.isLost {
            return await tools.leave(.dropped, behaviour.answer, error: Self.refusal(500, "Internal Server Error"))
        }
        guard let opened = try book.open(order, behaviour) else {
            let refusal: [String: JSONValue] = [
                "error_code": "FAIL", "error_message": "duplicate merchant_order_id",
                "mid": .text(order.mid ?? "False"),
            ]
            return signed(request, refusal, isForged: order.isForged)
        }
        if opened.isLost { return .dropped }
        let truth = flow == "bscanc" ? shown(request, opened, fields, charging: true) : created(request, opened, fields)
        return await tools.leave(truth, behaviour.answer, error: Self.refusal(500, "Internal Server Error"))
    }

    private func created(_ request: SandboxRequest, _ order: KsherOrder, _ asked: [String: String]) -> Answer {
        let link = "\(tools.address.url)/ksher/pay/\(order.reference)"
        var fields = facts(order, asked)
        fields["error_code"] = "SUCCESS"
        fields["status"] = "Available"
        fields["reference"] = .text(order.flow == "redirect" ? link : "")
        fields["reserved1"] = .text(order.flow == "cscanb" ? KsherPicture.dataURL(link) : "")
        return signed(request, fields, isForged: order.isForged)
    }

    /// `GET /api/v1/{type}/orders/{id}`.
    func query(
        _ flow: String, _ reference: String, _ fields: [String: String], _ request: SandboxRequest
    ) throws -> Answer {
        try tools.recorder.requests.log(.ksher, "query", reference)
        guard let (order, isFailing) = try book.ask(reference), order.flow == flow else {
            return Self.refusal(404, "Not Found")
        }
        return isFailing ? Self.refusal(500, "Internal Server Error") : shown(request, order, fields)
    }

    private func shown(
        _ request: SandboxRequest, _ order: KsherOrder, _ asked: [String: String], charging: Bool = false
    ) -> Answer {
        signed(request, standing(order, asked, charging: charging), isForged: order.isForged)
    }

    /// What an answer about an order holds, with how it stands.
    func standing(_ order: KsherOrder, _ asked: [String: String], charging: Bool = false) -> [String: JSONValue] {
        var fields = facts(order, asked)
        let (status, code): (String, String) =
            switch order.state(now: tools.stage.now) {
            case .open: ("Available", "PENDING")
            case .paid where order.refunded == order.toldAmount: ("Refunded", "REFUNDED")
            case .paid: ("Paid", "SUCCESS")
            case .failed where charging: ("Available", "FAIL")
            case .failed, .closed: ("Closed", "FAIL")
            }
        fields["status"] = .text(status)
        fields["error_code"] = .text(code)
        fields["error_message"] = .text(order.hasTooLittle ? "Insufficient balance" : code)
        return fields
    }

    /// What an answer about an order holds, without how it stands (2.4); what the partner said is said again.
    func facts(_ order: KsherOrder, _ asked: [String: String]) -> [String: JSONValue] {
        [
            "acquirer": "Ksher", "acquirer_order_id": "",
            "amount": .number(order.state == .paid ? order.toldAmount : order.amount),
            "api_name": "Redirect", "channel": .text(order.wallet), "channel_order_id": "", "cleared": false,
            "currency": "THB", "error_message": "", "force_clear": false, "gateway_order_id": .text(order.gatewayID),
            "id": .number(Int64(order.number)), "locked": false, "merchant_order_id": .text(order.reference),
            "mid": .text(order.mid ?? asked["mid"] ?? "False"), "note": .text(order.note ?? ""),
            "order_date": .text(Timestamps.plain(order.createdAt) + ".000000"), "order_type": "Sale", "reference": "",
            "reserved1": .text(order.gatewayID), "reserved2": "False", "reserved3": "False", "reserved4": "False",
            "timestamp": .text(asked["timestamp"] ?? ""),
        ]
    }

    /// An answer with its signature: over the path of the request, without the log's address.
    func signed(_ request: SandboxRequest, _ fields: [String: JSONValue], isForged: Bool = false) -> Answer {
        var fields = fields
        let token = isForged ? "another-token" : SandboxCredentials.ksherToken
        fields["signature"] = .text(Self.sign(request.path, fields.mapValues(PythonText.str), token: token))
        fields["log_entry_url"] = .text("\(tools.address.url)/_requests")
        return .json(.object(fields.sorted { $0.key < $1.key }.map { JSONValue.Member(name: $0.key, value: $0.value) }))
    }
}

/// What is done about an order that is open, or was paid.
extension KsherOperator {
    /// `PUT /api/v1/{type}/orders/{id}`: gives back; answers at once (2.7).
    func refund(
        _ flow: String, _ reference: String, _ fields: [String: String], _ request: SandboxRequest
    ) async throws -> Answer {
        let number = fields["refund_order_id"] ?? ""
        guard let amount = Int64(fields["refund_amount"] ?? ""), !number.isEmpty else {
            return Self.refusal(400, "Bad Request")
        }
        guard let order = book.find(reference), order.flow == flow else { return Self.refusal(404, "Not Found") }
        try tools.recorder.requests.log(.ksher, "refund", number)
        let behaviour = tools.behaviour(KsherBehaviour.refund(amount: amount))
        var answer = facts(order, fields)
        answer["merchant_order_id"] = .text(number)
        answer["reference"] = .text(reference)
        answer["order_type"] = "Refund"
        answer["api_name"] = "general"
        answer["amount"] = .number(-amount)
        answer["status"] = "Refunded"
        answer["error_code"] = "REFUNDED"
        if behaviour.result == .paid {
            let told = behaviour.callbacks != .never
            if case .refused(let why) = try book.refund(reference, number: number, amount: amount, told: told) {
                answer["error_code"] = "FAIL"
                answer["error_message"] = .text(why)
            }
        } else {
            answer["error_code"] = "FAIL"
            answer["error_message"] = "refund declined"
        }
        return await tools.leave(
            signed(request, answer, isForged: behaviour.isForged), behaviour.answer,
            error: Self.refusal(500, "Internal Server Error"))
    }

    /// `DELETE /api/v1/{type}/orders/{id}`: closes an order that nobody has paid (2.7).
    ///
    /// What the service answers is not on record; here it is the order as it then stands, and the code says whether the
    /// cancel did it.
    func cancel(
        _ flow: String, _ reference: String, _ fields: [String: String], _ request: SandboxRequest
    ) throws -> Answer {
        guard let order = book.find(reference), order.flow == flow else { return Self.refusal(404, "Not Found") }
        try tools.recorder.requests.log(.ksher, "cancel", reference)
        let wasOpen = order.state(now: tools.stage.now) == .open
        try book.end(order.reference, .closed, wallet: nil, at: tools.stage.now)
        let left = book.find(reference) ?? order
        let isCancelled = wasOpen && left.state == .closed
        var answer = standing(left, fields)
        answer["error_code"] = isCancelled ? "SUCCESS" : "FAIL"
        answer["error_message"] = isCancelled ? "Order cancelled" : "Order is not open"
        return signed(request, answer, isForged: left.isForged)
    }
}
