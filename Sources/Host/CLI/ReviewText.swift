import Router

/// A review as a person reads it in a terminal.
enum ReviewText {
    static func money(_ review: JSONValue, _ name: String) -> String {
        guard let units = review[name]?.integerValue,
            let currency = review["currency"]?.stringValue.flatMap({ Currency(code: $0) })
        else { return "" }
        return "\(Money(units, currency))"
    }

    private static func amount(_ leg: JSONValue, of review: JSONValue) -> String {
        OrderText.amount(leg, of: review)
    }

    static func age(_ review: JSONValue) -> String {
        let seconds = review["age_seconds"]?.integerValue ?? 0
        if seconds < 120 { return "\(seconds) s" }
        if seconds < 7_200 { return "\(seconds / 60) min" }
        return seconds < 172_800 ? "\(seconds / 3_600) h" : "\(seconds / 86_400) days"
    }

    static func whole(_ review: JSONValue) -> String {
        var lines: [String] = []
        func line(_ name: String, _ value: String?) {
            if let value { lines.append(name + String(repeating: " ", count: max(1, 16 - name.count)) + value) }
        }
        line("order", review["order"]?.stringValue)
        line("of", review["payment"]?.stringValue ?? review["transfer"]?.stringValue)
        line("reason", review["reason"]?.stringValue)
        line("since", "\(review["since"]?.stringValue ?? "") (\(age(review)))")
        line("status", "\(review["status"]?.stringValue ?? "") (\(review["certainty"]?.stringValue ?? ""))")
        line("amount", money(review, "amount"))
        line("at risk", money(review, "money_at_risk"))
        let attempt = review["attempt"]
        line("provider", attempt?["provider"]?.stringValue)
        if let attempt { line("attempt", "\(attempt["id"]?.stringValue ?? "") \(attempt["state"]?.stringValue ?? "")") }
        for leg in review["legs"]?.arrayValue ?? [] {
            let words = [leg["id"]?.stringValue, amount(leg, of: review), leg["status"]?.stringValue]
            line(leg["role"]?.stringValue ?? "leg", words.compactMap { $0 }.joined(separator: "  "))
        }
        line("our reference", attempt?["reference"]?.stringValue)
        line("operator's", attempt?["operator_reference"]?.stringValue)
        line("of payment", review["original"]?["reference"]?.stringValue)
        line("  operator's", review["original"]?["operator_reference"]?.stringValue)
        line("next step", review["next_step"]?.stringValue)
        line("ask", review["question"]?.stringValue)
        let evidence = review["evidence"]?.arrayValue ?? []
        if !evidence.isEmpty { lines.append("evidence") }
        for item in evidence {
            let words = ["source", "strength", "claim", "detail", "operator_reference"]
                .compactMap { item[$0]?.stringValue }.filter { !$0.isEmpty }
            lines.append("  \(item["at"]?.stringValue ?? "")  \(words.joined(separator: "  "))")
        }
        for item in review["discrepancies"]?.arrayValue ?? [] {
            lines.append(
                "  \(item["at"]?.stringValue ?? "")  \(item["kind"]?.stringValue ?? "") after \(item["recorded_state"]?.stringValue ?? "")"
            )
        }
        let signed = review["signed"]?.arrayValue ?? []
        if signed.isEmpty { line("signed by", "nobody yet") }
        for one in signed {
            line("signed by", "\(one["person"]?.stringValue ?? "") at \(one["at"]?.stringValue ?? "")")
            let amount = one["amount"]?.integerValue.map { " (\($0) in minor units)" } ?? ""
            line("  found", one["finding"]?.stringValue.map { $0 + amount })
            line("  because", one["because"]?.stringValue)
            line("  document", one["document"]?.stringValue)
            line("  operator's id", one["operator_reference"]?.stringValue)
        }
        return lines.joined(separator: "\n")
    }
}
