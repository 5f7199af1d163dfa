import Router

extension TraceText {
    static func attempts(_ trail: JSONValue) -> [String] {
        (trail["attempts"]?.arrayValue ?? []).flatMap { attempt in
            func text(_ name: String) -> String { attempt[name]?.stringValue ?? "" }
            let refusal = attempt["refusal"]?["reason"]?.stringValue
            let words = [text("provider"), text("channel"), text("state"), refusal ?? ""].filter { !$0.isEmpty }
            var lines = ["  \(attempt["ordinal"]?.integerValue ?? 0)  " + words.joined(separator: "  ")]
            lines += ["     ours    " + text("reference")]
            if let theirs = attempt["operator_reference"]?.stringValue { lines.append("     theirs  " + theirs) }
            for sent in attempt["transmissions"]?.arrayValue ?? [] {
                lines += WrappedText.lines(
                    sent["text"]?.stringValue ?? "", first: "     \(sent["started_at"]?.stringValue ?? "")  ",
                    rest: "       ")
            }
            return lines
        }
    }

    static func route(_ route: JSONValue?) -> [String] {
        guard let route, route != .null else { return [] }
        func joined(_ value: JSONValue?) -> String {
            (value?.arrayValue ?? []).compactMap(\.stringValue).joined(separator: "; ")
        }
        let choice = route["choice"] ?? .null
        let plan = choice["plan"] ?? route["plan"]
        var lines = WrappedText.lines("to be tried: " + joined(plan), first: "  ", rest: "    ")
        if choice != .null {
            let wallet = choice["wallet"]?.stringValue.map { "wallet \($0)" }
            let what = [choice["channel"]?.stringValue, wallet].compactMap(\.self).joined(separator: ", ")
            let at = choice["at"]?.stringValue.map { ", at \($0)" } ?? ""
            lines += WrappedText.lines("the payer chose later\(at): \(what)", first: "  ", rest: "    ")
            lines.append("  decided before, when the payment was made:")
        }
        if let version = route["configuration"]?.integerValue {
            lines.append("  decided on version \(version) of the configuration")
        }
        let rules = route["rules"]?.arrayValue ?? []
        // Behind the one that decided none was looked at.
        let last = rules.firstIndex { $0["decided"] == true } ?? rules.count - 1
        for rule in rules.prefix(last + 1) {
            let why = joined(rule["why_not"])
            let verdict = rule["decided"] == true ? "decided" : why
            lines += WrappedText.lines(
                "rule \(rule["name"]?.stringValue ?? ""): \(verdict)", first: "  ", rest: "    ")
        }
        for candidate in route["candidates"]?.arrayValue ?? [] {
            let reasons = [joined(candidate["why_not"]), candidate["note"]?.stringValue ?? ""].filter { !$0.isEmpty }
            let verdict = candidate["kept"] == true ? "kept" : "dropped"
            let words = ["\(candidate["provider"]?.stringValue ?? ""): \(verdict)"] + reasons
            lines += WrappedText.lines(words.joined(separator: "; "), first: "  ", rest: "    ")
        }
        return lines
    }

    static func accounts(_ trail: JSONValue) -> [String] {
        let effects = (trail["effects"]?.arrayValue ?? []).map { effect in
            "  \(effect["account"]?.stringValue ?? "")  \(amount(effect, "change"))"
        }
        let holds = (trail["holds"]?.arrayValue ?? []).map { hold in
            "  \(hold["account"]?.stringValue ?? "")  \(amount(hold)) set aside, \(hold["state"]?.stringValue ?? "")"
        }
        return effects + holds
    }

    static func relative(_ relative: JSONValue) -> [String] {
        func text(_ name: String) -> String? { relative[name]?.stringValue }
        let words = [text("role"), text("id"), amount(relative), text("status")].compactMap(\.self)
            .filter { !$0.isEmpty }
        let head = WrappedText.lines(words.joined(separator: "  "), first: "  ", rest: "    ")
        return head + (text("money").map { WrappedText.lines($0, first: "    ") } ?? [])
    }

    static func webhook(_ webhook: JSONValue) -> [String] {
        func text(_ name: String) -> String? { webhook[name]?.stringValue }
        let tries = webhook["attempts"]?.arrayValue ?? []
        let state = text("state") ?? "cannot be read"
        var lines = WrappedText.lines(
            "\(text("type") ?? "")  \(state), tried \(tries.count) times", first: "  ", rest: "    ")
        lines.append("    \(text("event") ?? "")")
        if let address = text("address") { lines += WrappedText.lines(address, first: "    ") }
        for attempt in tries {
            let status = attempt["status"]?.integerValue.map { "\($0)" } ?? "no answer"
            let words =
                "\(status) after \(attempt["milliseconds"]?.integerValue ?? 0) ms  "
                + (attempt["detail"]?.stringValue ?? "")
            lines += WrappedText.lines(words, first: "    \(attempt["at"]?.stringValue ?? "")  ", rest: "      ")
        }
        return lines
    }

    static func signature(_ signature: JSONValue) -> [String] {
        func text(_ name: String) -> String { signature[name]?.stringValue ?? "" }
        return WrappedText.lines(
            "\(text("person")) at \(text("at")): \(text("finding")), because \(text("because")) (\(text("document")))",
            first: "  ", rest: "    ")
    }

    /// What a text fits, several orders or none.
    static func lines(ofList list: JSONValue, _ typed: String) -> [String] {
        let orders = list["data"]?.arrayValue ?? []
        var lines: [String] = []
        if orders.isEmpty {
            lines = ["Nothing fits \"\(typed)\"."]
        } else {
            let rows = orders.map { order in
                [
                    order["id"]?.stringValue ?? "", order["created_at"]?.stringValue ?? "", OrderText.amount(order),
                    order["status"]?.stringValue ?? "",
                    (order["found_by"]?.arrayValue ?? []).compactMap(\.stringValue).joined(separator: ","),
                ]
            }
            lines = [Terminal.table(["ID", "CREATED", "AMOUNT", "STATUS", "FOUND BY"], rows)]
        }
        guard list["has_more"] == true, let cursor = list["next_cursor"]?.stringValue else { return lines }
        if let end = list["looked_to"]?.stringValue { lines.append("So far it was looked back to \(end).") }
        return lines + ["Next page: the same command with --after \(cursor)"]
    }
}
