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
        let behaviour = tools.behaviours.settled(KsherBehaviour.refund(amount: amount))
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
