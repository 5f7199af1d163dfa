import FoundationEssentials

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
        guard Self.start(of: day) != nil else { return nil }
        return page(rows(day, asked["channel"]), asked, standard: ("0", "50"))
    }

    /// What is transferred on a day for one wallet: the movements of the day before.
    private func settlement(_ day: String, _ asked: [String: String]) -> JSONValue? {
        guard let start = Self.start(of: day), let channel = asked["channel"], !channel.isEmpty else { return nil }
        let before = Timestamps.plain(start - 86_400_000).prefix(10)
        let orders = paid(before.filter { $0 != "-" }, channel)
        let amount = orders.reduce(0) { $0 + $1.toldAmount }
        let refund = orders.reduce(0) { $0 + $1.refunded }
        let fee = amount / 100
        return [
            "transfer_amount": 0, "amount": .number(amount), "balance": 0, "other_fee": 0, "channel": .text(channel),
            "transfer": false, "refund": .number(refund), "count": .number(Int64(orders.count)), "fee": .number(fee),
            "currency": "THB", "refund_fee": 0, "end": .text(String(before)), "net": .number(amount - fee - refund),
            "reference_id": .text("\(day)_\(asked["mid"] ?? "0")_\(channel.uppercased())"),
            "start": .text(String(before)), "adjustment": 0, "time": .text(Timestamps.plain(tools.stage.now)),
        ]
    }

    /// The movements of a settlement, by the name that it was given.
    private func orders(ofSettlement reference: String, _ asked: [String: String]) -> JSONValue? {
        let channel = Self.wallets.filter { reference.hasSuffix("_\($0.uppercased())") }.max { $0.count < $1.count }
        guard let channel, let start = Self.start(of: String(reference.prefix { $0 != "_" })) else { return nil }
        let before = Timestamps.plain(start - 86_400_000).prefix(10).filter { $0 != "-" }
        return page(rows(before, channel), asked, standard: nil)
    }

    private func page(
        _ rows: [JSONValue], _ asked: [String: String], standard: (offset: String, limit: String)?
    ) -> JSONValue? {
        guard let offset = Int(asked["offset"] ?? standard?.offset ?? ""), offset >= 0,
            let limit = Int(asked["limit"] ?? standard?.limit ?? ""), (1...50).contains(limit)
        else { return nil }
        return ["data": .list(Array(rows.dropFirst(offset).prefix(limit)))]
    }

    private func paid(_ day: String, _ channel: String?) -> [KsherOrder] {
        book.opened(on: day).filter { $0.state == .paid && (channel == nil || $0.wallet == channel) }
    }

    private func rows(_ day: String, _ channel: String?) -> [JSONValue] {
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

    /// When a day (`yyyymmdd`) begins, in milliseconds; `nil` if there is no such day.
    private static func start(of day: String) -> Int64? {
        guard day.utf8.count == 8, day.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        let text = "\(day.prefix(4))-\(day.dropFirst(4).prefix(2))-\(day.suffix(2))T00:00:00Z"
        guard let date = try? Date(text, strategy: .iso8601) else { return nil }
        let start = Int64(date.timeIntervalSince1970) * 1_000
        // The 31st of February is read as some day of March.
        return Timestamps.plain(start).prefix(10) == text.prefix(10) ? start : nil
    }
}
