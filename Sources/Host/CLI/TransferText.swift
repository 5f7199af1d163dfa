import Router

/// A transfer as a person follows it by hand: its orders with what operators said, what was booked, what is in suspense.
enum TransferText {
    /// One end in a few words.
    static func side(_ side: JSONValue?) -> String {
        if let wallet = side?["wallet"]?.stringValue { return wallet }
        return [side?["channel"]?.stringValue, side?["phone"]?.stringValue].compactMap { $0 }.joined(separator: " ")
    }

    static func whole(_ followed: JSONValue) -> String {
        let transfer = followed["transfer"] ?? .null
        var lines: [String] = []
        func line(_ name: String, _ value: String?) {
            if let value { lines.append(name + String(repeating: " ", count: max(1, 16 - name.count)) + value) }
        }
        line("transfer", transfer["id"]?.stringValue)
        line("from", side(transfer["from"]))
        line("to", side(transfer["to"]))
        line("amount", OrderText.amount(transfer))
        line(
            "fee",
            amount(transfer["fee"], transfer).map { "\($0), the \(transfer["fee_payer"]?.stringValue ?? "") pays it" })
        line("sender pays", amount(transfer["sender_pays"], transfer))
        line("recipient gets", amount(transfer["recipient_gets"], transfer))
        line("status", "\(transfer["status"]?.stringValue ?? "") (\(transfer["certainty"]?.stringValue ?? ""))")
        line("phase", transfer["phase"]?.stringValue)
        line("reference", transfer["reference"]?.stringValue)
        line("created", transfer["created_at"]?.stringValue)
        line("failure", transfer["failure"]?["code"]?.stringValue)
        line("review", transfer["review"]?["reason"]?.stringValue)
        line("next", transfer["next_action"]?["type"]?.stringValue)
        line("in suspense", amount(followed["suspense"], transfer))
        for (leg, order) in zip(transfer["legs"]?.arrayValue ?? [], followed["legs"]?.arrayValue ?? []) {
            lines += ["", "\(leg["role"]?.stringValue ?? "leg"): " + words(order, transfer)]
            lines += (order["attempts"]?.arrayValue ?? []).map { "  " + attempt($0) }
        }
        lines += ["", "postings"]
        lines += (followed["postings"]?.arrayValue ?? []).map { "  " + posting($0) }
        lines += ["", "timeline"]
        for entry in transfer["timeline"]?.arrayValue ?? [] {
            let said = ["order", "what", "provider", "state", "source", "strength", "claim", "cause", "detail"]
                .compactMap { entry[$0]?.stringValue }.filter { !$0.isEmpty }
            lines.append("  \(entry["at"]?.stringValue ?? "")  \(said.joined(separator: "  "))")
        }
        return lines.joined(separator: "\n")
    }

    private static func amount(_ units: JSONValue?, _ transfer: JSONValue) -> String? {
        let amount = OrderText.amount(["amount": units ?? .null], of: transfer)
        return amount.isEmpty ? nil : amount
    }

    private static func words(_ order: JSONValue, _ transfer: JSONValue) -> String {
        let review = order["review"]?["reason"]?.stringValue.map { "review: \($0)" }
        return [
            order["id"]?.stringValue, OrderText.amount(order, of: transfer), order["channel"]?.stringValue,
            "\(order["status"]?.stringValue ?? "") (\(order["certainty"]?.stringValue ?? ""))",
            order["failure"]?["code"]?.stringValue, review,
        ].compactMap { $0 }.joined(separator: "  ")
    }

    private static func attempt(_ attempt: JSONValue) -> String {
        [
            attempt["id"]?.stringValue, attempt["provider"]?.stringValue, attempt["state"]?.stringValue,
            attempt["refusal"]?["reason"]?.stringValue, attempt["reference"]?.stringValue.map { "ours \($0)" },
            attempt["operator_reference"]?.stringValue.map { "theirs \($0)" },
        ].compactMap { $0 }.joined(separator: "  ")
    }

    private static func posting(_ posting: JSONValue) -> String {
        [
            posting["at"]?.stringValue, posting["kind"]?.stringValue, OrderText.amount(posting),
            "\(posting["debit"]?.stringValue ?? "") -> \(posting["credit"]?.stringValue ?? "")",
            posting["order"]?.stringValue,
        ].compactMap { $0 }.joined(separator: "  ")
    }
}
