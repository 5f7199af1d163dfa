import Router

/// An order as a person reads it in a terminal.
enum OrderText {
    /// An order's amount; what belongs to an order has the order's currency.
    static func amount(_ order: JSONValue, of whole: JSONValue? = nil) -> String {
        guard let units = order["amount"]?.integerValue,
            let currency = (whole ?? order)["currency"]?.stringValue.flatMap({ Currency(code: $0) })
        else { return "" }
        return "\(Money(units, currency))"
    }

    /// Everything about an order; its QR code too, if it shows one.
    static func whole(_ order: JSONValue) -> String {
        var lines: [String] = []
        func line(_ name: String, _ value: String?) {
            if let value { lines.append(name + String(repeating: " ", count: max(1, 14 - name.count)) + value) }
        }
        line(order["object"]?.stringValue ?? "order", order["id"]?.stringValue)
        line("of", order["payment"]?.stringValue ?? order["transfer"]?.stringValue)
        line("amount", amount(order))
        line("status", "\(order["status"]?.stringValue ?? "") (\(order["certainty"]?.stringValue ?? ""))")
        line("channel", order["channel"]?.stringValue)
        line("provider", order["provider"]?.stringValue)
        line("from wallet", order["source"]?["wallet"]?.stringValue)
        line("to wallet", (order["destination"] ?? order["party"])?["wallet"]?.stringValue)
        line("reference", order["reference"]?.stringValue)
        line("created", order["created_at"]?.stringValue)
        line("failure", order["failure"]?["code"]?.stringValue)
        line("review", order["review"]?["reason"]?.stringValue)
        let actions = [order["next_action"]].compactMap { $0 } + (order["next_action"]?["also"]?.arrayValue ?? [])
        for action in actions where action != .null {
            line("next", (action["type"]?.stringValue ?? "") + (action["url"]?.stringValue.map { " " + $0 } ?? ""))
        }
        for related in order["related"]?.arrayValue ?? [] {
            let words = [
                related["id"]?.stringValue ?? "", amount(related, of: order), related["status"]?.stringValue ?? "",
            ]
            line(related["object"]?.stringValue ?? "related", words.joined(separator: "  "))
        }
        lines.append("timeline")
        for entry in order["timeline"]?.arrayValue ?? [] {
            let words = ["what", "provider", "state", "source", "strength", "claim", "cause", "detail"]
                .compactMap { entry[$0]?.stringValue }.filter { !$0.isEmpty }
            lines.append("  \(entry["at"]?.stringValue ?? "")  \(words.joined(separator: "  "))")
        }
        for action in actions {
            if action["type"] == "show_qr", let content = action["content"]?.stringValue, let code = QRCode(content) {
                lines += ["", code.terminal()]
            }
        }
        return lines.joined(separator: "\n")
    }
}
