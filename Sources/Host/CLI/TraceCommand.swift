import ArgumentParser
import Router
import WebText

/// `payrouter trace`: where the money of an order is, and everything that happened to it.
struct TraceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trace", abstract: "Show where the money of an order is, and everything that happened to it.",
        discussion: """
            Takes an id of any kind, or whatever is known: a phone number, an order number, the operator's reference, ours, \
            an idempotency key, a request id, an event, an amount such as "5000 XOF", or metadata such as cart=17. What \
            fits several orders lists them.
            """)
    @OptionGroup var common: AppsCommand.Common
    @Argument(help: "An id, or a text to look for.") var text: [String]
    @Option(name: .long, help: "1 to 100 orders, where several fit.") var limit = 20
    @Option(name: .long, help: "The page behind an earlier one; that one says how.") var after: String?

    func run() async throws {
        try await reportingFailures {
            let typed = text.joined(separator: " ")
            try TracedText.check(typed)
            if let id = OrderID(typed) { return try await show(id.text) }
            let cursor = after.map { "&after=\(PercentText.encoded($0))" } ?? ""
            let list = try await common.link.call(
                .get, "/orders?limit=\(limit)&text=\(PercentText.encoded(typed))\(cursor)")
            let found = list["data"]?.arrayValue ?? []
            if found.count == 1, list["has_more"] != true, after == nil, let id = found[0]["id"]?.stringValue {
                return try await show(id)
            }
            if common.output.json { return Terminal.out(Terminal.pretty(list)) }
            if found.isEmpty, after == nil, let hint = TracedText.hint(typed) {
                throw CommandFailure(description: hint)
            }
            for line in TraceText.lines(ofList: list, typed) { Terminal.out(line) }
        }
    }

    private func show(_ id: String) async throws {
        let trail = try await common.link.call(.get, "/orders/\(PercentText.encoded(id))/trail")
        Terminal.out(common.output.json ? Terminal.pretty(trail) : TraceText.whole(trail))
    }
}
