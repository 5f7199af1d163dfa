import Router

/// A trail as a person reads it in a terminal of eighty columns.
enum TraceText {
    static func whole(_ trail: JSONValue) -> String {
        var lines = head(trail)
        lines += section("asked", asked(trail["summary"]))
        lines += section("attempts", attempts(trail))
        lines += section("what happened", (trail["timeline"]?.arrayValue ?? []).flatMap(entry))
        lines += section("route", route(trail["route"]))
        lines += section("accounts", accounts(trail))
        lines += section("other orders", (trail["related"]?.arrayValue ?? []).flatMap(relative))
        lines += section("webhooks", (trail["webhooks"]?.arrayValue ?? []).flatMap(webhook))
        lines += section("signed", (trail["review"]?["signed"]?.arrayValue ?? []).flatMap(signature))
        return lines.joined(separator: "\n")
    }

    private static func head(_ trail: JSONValue) -> [String] {
        let summary = trail["summary"] ?? .null
        let state = summary["status"]?.stringValue.map { "\($0) (\(summary["certainty"]?.stringValue ?? ""))" }
        let words = [trail["id"]?.stringValue, amount(summary), state].compactMap(\.self).filter { !$0.isEmpty }
        var lines = [words.joined(separator: "  ")]
        lines += WrappedText.lines(trail["money"]?["text"]?.stringValue ?? "Where the money is cannot be read.")
        for part in trail["unreadable"]?.arrayValue ?? [] {
            lines += WrappedText.lines("cannot be read: \(part.stringValue ?? "")", first: "! ")
        }
        return lines
    }

    private static func section(_ name: String, _ lines: [String]) -> [String] {
        lines.isEmpty ? [] : ["", name] + lines
    }

    static func amount(_ value: JSONValue, _ name: String = "amount") -> String {
        OrderText.amount(["amount": value[name] ?? .null, "currency": value["currency"] ?? .null])
    }

    private static func asked(_ summary: JSONValue?) -> [String] {
        guard let summary, summary != .null else { return [] }
        func text(_ name: String) -> String? { summary[name]?.stringValue }
        let app = [text("app_name"), text("app"), text("environment")].compactMap(\.self).joined(separator: "  ")
        let key = text("idempotency_key")
        let metadata = (summary["metadata"]?.objectValue?.members ?? []).map {
            "\($0.name)=\($0.value.stringValue ?? "")"
        }
        let pairs: [(String, String?)] = [
            ("app", app), (summary["recipient"] == .null ? "customer" : "from", party(summary["party"])),
            ("to", party(summary["recipient"])), ("channel", text("channel")), ("provider", text("provider")),
            ("reference", text("reference")), ("description", text("description")),
            ("metadata", metadata.isEmpty ? nil : metadata.joined(separator: ", ")), ("failure", text("failure")),
            ("created", text("created_at")), ("changed", text("updated_at")), ("expires", text("expires_at")),
            ("next look", text("due_at")), ("request", text("request_id")), ("theirs", text("caller_request_id")),
            ("key", key),
        ]
        return pairs.flatMap { name, value in value.map { pair(name, $0) } ?? [] }
    }

    private static func party(_ party: JSONValue?) -> String? {
        let words = (party?.objectValue?.members ?? []).compactMap(\.value.stringValue)
        return words.isEmpty ? nil : words.joined(separator: "  ")
    }

    private static func pair(_ name: String, _ value: String) -> [String] {
        WrappedText.lines(value, first: "  " + name + String(repeating: " ", count: max(1, 13 - name.count)))
    }

    private static func entry(_ entry: JSONValue) -> [String] {
        let at = entry["at"]?.stringValue ?? ""
        var lines = WrappedText.lines(entry["text"]?.stringValue ?? "", first: "  \(at)  ", rest: "      ")
        for line in (entry["query"]?["lines"]?.arrayValue ?? []) + (entry["raw"]?["lines"]?.arrayValue ?? []) {
            lines += WrappedText.lines(line.stringValue ?? "", first: "      | ", rest: "      |   ")
        }
        return lines
    }
}
