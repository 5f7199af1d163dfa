import Router

/// How providers are, as a person reads it in a terminal.
enum HealthText {
    static func lines(_ list: JSONValue) -> [String] {
        let providers = list["data"]?.arrayValue ?? []
        let rows: [[String]] = providers.flatMap { provider -> [[String]] in
            (provider["operations"]?.arrayValue ?? []).map { row($0, of: provider) }
        }
        var lines = [Terminal.table(["PROVIDER", "OPERATION", "STATE", "MEDIAN", "OPEN"], rows)]
        for provider in providers { lines += details(provider) }
        return lines
    }

    private static func row(_ operation: JSONValue, of provider: JSONValue) -> [String] {
        let median = operation["median_milliseconds"]?.integerValue
        return [
            provider["id"]?.stringValue ?? "", operation["operation"]?.stringValue ?? "",
            operation["state"]?.stringValue ?? "", median.map { "\($0) ms" } ?? "-",
            String(operation["open_orders"]?.integerValue ?? 0),
        ]
    }

    /// What is not as it should be, and the money that is there or in doubt.
    private static func details(_ provider: JSONValue) -> [String] {
        let name = provider["id"]?.stringValue ?? ""
        var said: Set<String> = []
        var lines: [String] = []
        for operation in provider["operations"]?.arrayValue ?? [] {
            guard let reason = operation["reason"]?.stringValue, said.insert(reason).inserted else { continue }
            let since = operation["since"]?.stringValue.map { " (since \($0))" } ?? ""
            lines += WrappedText.lines("\(name): \(reason)\(since)", rest: "  ")
        }
        for part in provider["exposure"]?.arrayValue ?? [] where part["attempts"]?.integerValue ?? 0 > 0 {
            lines.append(
                "\(name): \(TraceText.amount(part)) in \(part["attempts"]?.integerValue ?? 0) attempts whose end is open"
            )
        }
        for balance in provider["balances"]?.arrayValue ?? [] {
            lines.append("\(name): balance \(TraceText.amount(balance)) at \(balance["at"]?.stringValue ?? "")")
        }
        return lines
    }
}
