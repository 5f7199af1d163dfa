import ArgumentParser
import Router
import WebText

/// By which metadata an app's lists can be filtered.
extension AppsCommand {
    struct Metadata: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "index-metadata",
            abstract: "Choose by which metadata an app's lists can be filtered, or show it.",
            discussion: """
                With order_id, GET /v1/payments?metadata[order_id]=17 and `payments list --metadata order_id=17` find the \
                payments with that value. The names given are all there are from then on, at most eight; names left out are \
                forgotten. Orders of before are indexed in the background while the router runs. Without names the command \
                shows what is chosen; --none forgets all.
                """)
        @OptionGroup var common: Common
        @Argument(help: "The app's id or name.") var app: String
        @Argument(help: "Names of metadata, such as order_id.") var names: [String] = []
        @Flag(name: .long, help: "Choose no names.") var none = false

        func validate() throws {
            if none, !names.isEmpty { throw ValidationError("give names, or --none, not both") }
        }

        func run() async throws {
            try await reportingFailures {
                let path = "/apps/\(PercentText.encoded(app))/metadata-index"
                let body: JSONValue = ["names": .array(names.map(JSONValue.string))]
                let isChange = none || !names.isEmpty
                let index = try await isChange ? common.link.call(.put, path, body) : common.link.call(.get, path)
                if common.output.json { return Terminal.out(Terminal.pretty(index)) }
                for line in Self.lines(index) { Terminal.out(line) }
            }
        }

        /// What is chosen, and how far it is.
        static func lines(_ index: JSONValue) -> [String] {
            var lines = (index["names"]?.arrayValue ?? []).map { entry in
                let times = (entry["complete_from"]?.objectValue?.members ?? []).compactMap { kind in
                    kind.value.stringValue.map { "\(kind.name) since \($0)" }
                }
                let state = times.isEmpty ? "all orders" : times.joined(separator: ", ") + "; older ones follow"
                return "\(entry["name"]?.stringValue ?? "")  \(state)"
            }
            if lines.isEmpty { lines = ["Lists of this app are not filtered by metadata."] }
            for name in index["leaving"]?.arrayValue ?? [] {
                lines.append("\(name.stringValue ?? "")  is being forgotten")
            }
            return lines
        }
    }
}
