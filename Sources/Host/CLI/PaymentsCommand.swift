import ArgumentParser
import Router

/// `payrouter payments`: look at payments of all apps.
struct PaymentsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "payments", abstract: "List and show payments.", subcommands: [List.self, Show.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List payments, newest first.")
        @OptionGroup var common: AppsCommand.Common
        @Option(name: .long, help: "processing, awaiting_customer, succeeded, failed, cancelled or under_review.")
        var status: String?
        @Option(name: .long, help: "A channel's name.") var channel: String?
        @Option(name: .long, help: "A provider's name.") var provider: String?
        @Option(name: .long, help: "The caller's order number.") var reference: String?
        @Option(name: .long, help: "The payer's phone number.") var phone: String?
        @Option(name: .long, help: "1 to 100.") var limit = 20

        func run() async throws {
            try await reportingFailures {
                var query = "limit=\(limit)"
                let filters = [
                    ("status", status), ("channel", channel), ("provider", provider), ("reference", reference),
                    ("phone", phone),
                ]
                for case (let name, let value?) in filters { query += "&\(name)=\(encoded(value))" }
                let list = try await common.link.call("GET", "/payments?" + query)
                if common.output.json { return Terminal.out(Terminal.pretty(list)) }
                let payments = list["data"]?.arrayValue ?? []
                guard !payments.isEmpty else { return Terminal.out("No such payments.") }
                let rows = payments.map { payment in
                    [
                        payment["id"]?.stringValue ?? "", payment["created_at"]?.stringValue ?? "",
                        PaymentsCommand.amount(payment), payment["status"]?.stringValue ?? "",
                        payment["channel"]?.stringValue ?? "-", payment["provider"]?.stringValue ?? "-",
                        payment["reference"]?.stringValue ?? "-",
                    ]
                }
                Terminal.out(
                    Terminal.table(["ID", "CREATED", "AMOUNT", "STATUS", "CHANNEL", "PROVIDER", "REFERENCE"], rows))
                if list["has_more"] == true { Terminal.out("There are more; narrow the list or raise --limit.") }
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show one payment with its attempts and timeline, and its QR code if it has one.")
        @OptionGroup var common: AppsCommand.Common
        @Argument(help: "The payment's id.") var id: String

        func run() async throws {
            try await reportingFailures {
                let payment = try await common.link.call("GET", "/payments/\(encoded(id))")
                if common.output.json { return Terminal.out(Terminal.pretty(payment)) }
                Terminal.out(PaymentsCommand.text(payment))
            }
        }
    }

    static func amount(_ payment: JSONValue) -> String {
        guard let units = payment["amount"]?.integerValue,
            let currency = payment["currency"]?.stringValue.flatMap({ Currency(code: $0) })
        else { return "" }
        return "\(Money(units, currency))"
    }

    static func text(_ payment: JSONValue) -> String {
        var lines: [String] = []
        func line(_ name: String, _ value: String?) {
            if let value { lines.append(name + String(repeating: " ", count: max(1, 14 - name.count)) + value) }
        }
        line("payment", payment["id"]?.stringValue)
        line("amount", amount(payment))
        line("status", "\(payment["status"]?.stringValue ?? "") (\(payment["certainty"]?.stringValue ?? ""))")
        line("channel", payment["channel"]?.stringValue)
        line("provider", payment["provider"]?.stringValue)
        line("reference", payment["reference"]?.stringValue)
        line("created", payment["created_at"]?.stringValue)
        line("failure", payment["failure"]?["code"]?.stringValue)
        line("review", payment["review"]?["reason"]?.stringValue)
        let actions = [payment["next_action"]].compactMap { $0 } + (payment["next_action"]?["also"]?.arrayValue ?? [])
        for action in actions where action != .null {
            line("next", (action["type"]?.stringValue ?? "") + (action["url"]?.stringValue.map { " " + $0 } ?? ""))
        }
        lines.append("timeline")
        for entry in payment["timeline"]?.arrayValue ?? [] {
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
