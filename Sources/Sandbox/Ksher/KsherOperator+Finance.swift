import WebText

/// The finance calls (2.2): what was paid on a day, and what is transferred for it.
///
/// Shapes after the operator's public collection of examples. `data` is nested; its signature spells it as the vendor's own
/// client for Python does.
extension KsherOperator {
    /// `GET /api/v1/finance/settlements/...`.
    func finance(_ parts: [String], _ asked: [String: String], _ request: SandboxRequest) -> Answer {
        let data: JSONValue?
        switch (parts.count, parts[0]) {
        case (1, "channels"): data = ["channels": "promptpay,truemoney,linepay,airpay,alipay,wechat,card"]
        case (1, "settlement_order"): data = orders(ofSettlement: asked["reference_id"] ?? "", asked)
        case (1, let day): data = settlement(day, asked)
        case (2, "order"): data = transactions(parts[1], asked)
        default: return Self.refusal(404, "Not Found")
        }
        guard let data else { return Self.refusal(400, "Bad Request") }
        return signed(
            request,
            [
                "error_code": "SUCCESS", "error_message": "Successful", "data": data,
                "mid": .text(asked["mid"] ?? "False"), "timestamp": .text(asked["timestamp"] ?? ""),
            ])
    }

    /// Every movement of a day; `nil` if the question is wrong.
    private func transactions(_ day: String, _ asked: [String: String]) -> JSONValue? {
        guard let day = CivilDate(ksher: day) else { return nil }
        return page(rows(day, asked["channel"]), asked, standard: ("0", "50"))
    }

    /// What is transferred on a day for one wallet: the movements of the day before.
    private func settlement(_ day: String, _ asked: [String: String]) -> JSONValue? {
        guard let before = CivilDate(ksher: day)?.before, let channel = asked["channel"], !channel.isEmpty else {
            return nil
        }
        let orders = paid(before, channel)
        let amount = orders.reduce(0) { $0 + $1.toldAmount }
        let refund = orders.reduce(0) { $0 + $1.refunded }
        let fee = amount / 100
        return [
            "transfer_amount": 0, "amount": .number(amount), "balance": 0, "other_fee": 0, "channel": .text(channel),
            "transfer": false, "refund": .number(refund), "count": .number(Int64(orders.count)), "fee": .number(fee),
            "currency": "THB", "refund_fee": 0, "end": .text(before.description), "net": .number(amount - fee - refund),
            "reference_id": .text("\(day)_\(asked["mid"] ?? "0")_\(channel.uppercased())"),
            "start": .text(before.description), "adjustment": 0, "time": .text(Timestamps.plain(tools.stage.now)),
        ]
    }

    /// The movements of a settlement, by the name that it was given.
    private func orders(ofSettlement reference: String, _ asked: [String: String]) -> JSONValue? {
        let channel = Self.wallets.filter { reference.hasSuffix("_\($0.uppercased())") }.max { $0.count < $1.count }
        guard let channel, let day = CivilDate(ksher: reference.prefix { $0 != "_" }) else { return nil }
        return page(rows(day.before, channel), asked, standard: nil)
    }

    private func page(
        _ rows: [JSONValue], _ asked: [String: String], standard: (offset: String, limit: String)?
    ) -> JSONValue? {
        guard let offset = Int(asked["offset"] ?? standard?.offset ?? ""), offset >= 0,
            let limit = Int(asked["limit"] ?? standard?.limit ?? ""), (1...50).contains(limit)
        else { return nil }
        return ["data": .list(Array(rows.dropFirst(offset).prefix(limit)))]
    }

    private func paid(_ day: CivilDate, _ channel: String?) -> [KsherOrder] {
        book.opened(on: day).filter { $0.state == .paid && (channel == nil || $0.wallet == channel) }
    }

    private func rows(_ day: CivilDate, _ channel: String?) -> [JSONValue] {
        paid(day, channel).flatMap { order in
            [row(order, "PAY", order.toldAmount, order.reference, order.gatewayID)]
                + order.refunds.enumerated().map { index, refund in
                    row(order, "REFUND", refund.amount, refund.number, order.refundID(index))
                }
        }
    }

    private func row(
        _ order: KsherOrder, _ type: String, _ amount: Int64, _ number: String, _ theirs: String
    ) -> JSONValue {
        [
            "amount": .number(amount), "transaction_time": .text(Timestamps.plain(order.createdAt)),
            "type": .text(type), "channel": .text(order.wallet), "device_id": "", "operator_id": 1,
            "operator_name": "sandbox", "currency": "THB", "order_id": .text(number), "ksher_order_id": .text(theirs),
        ]
    }
}

extension CivilDate {
    /// A day as these calls write it, `yyyymmdd`; `nil` if there is no such day.
    fileprivate init?(ksher text: some StringProtocol) {
        guard text.utf8.count == 8, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let year = Int64(text.prefix(4)), let month = Int64(text.dropFirst(4).prefix(2)),
            let day = Int64(text.suffix(2))
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// The day before.
    fileprivate var before: CivilDate { CivilDate(daysSinceEpoch: daysSinceEpoch - 1) }
}
