import Router

/// Versions of the configuration as a person reads them in a terminal.
enum ConfigText {
    static let columns = ["NO.", "MADE", "BY", "FROM", "TRIED ON", "ACTIVATED", "BECAUSE"]

    static func row(_ version: JSONValue) -> [String] {
        let activated = version["activated_at"]?.stringValue ?? "-"
        return [
            "\(version["number"]?.integerValue ?? 0)", version["made_at"]?.stringValue ?? "",
            version["by"]?.stringValue ?? "", version["source"]?.stringValue ?? "",
            "\(version["tried_on"]?.integerValue ?? 0)",
            version["active"] == true ? activated + " (active)" : activated,
            version["because"]?.stringValue ?? "",
        ]
    }

    /// The text of a file.
    static func file(_ path: String) throws -> String {
        guard let text = String(validating: try readConfiguration(path), as: UTF8.self) else {
            throw CommandFailure(description: "\(path) is no text in UTF-8", exit: .configuration)
        }
        return text
    }

    static func lines(_ version: JSONValue, file: String) -> [String] {
        var lines = [
            "Version \(version["number"]?.integerValue ?? 0)" + (version["active"] == true ? ", worked with now" : ""),
            "  made       \(version["made_at"]?.stringValue ?? "") by \(version["by"]?.stringValue ?? "") from "
                + (version["source"]?.stringValue ?? ""),
        ]
        if let because = version["because"]?.stringValue { lines.append("  because    \(because)") }
        lines.append("  sha-256    \(version["hash"]?.stringValue ?? "")")
        lines.append("  tried on   \(version["tried_on"]?.integerValue ?? 0) recorded decisions")
        for activation in version["activations"]?.arrayValue ?? [] {
            let what = activation["rollback"] == true ? "taken back" : "activated "
            let because = activation["because"]?.stringValue.map { ": \($0)" } ?? ""
            lines.append(
                "  \(what) \(activation["at"]?.stringValue ?? "") by \(activation["by"]?.stringValue ?? "")\(because)")
        }
        lines += (version["warnings"]?.arrayValue ?? []).compactMap(\.stringValue).map { "  warning    \($0)" }
        return lines + ["", file]
    }

    /// What trying a file has shown.
    static func trial(_ answer: JSONValue) -> [String] {
        let number = answer["version"]?["number"]?.integerValue ?? 0
        let active = answer["active"]?.integerValue
        var lines = (answer["warnings"]?.arrayValue ?? []).compactMap(\.stringValue).map { "warning: \($0)" }
        let difference = answer["difference"].map { ConfigurationDifference.lines($0) } ?? []
        let name =
            active.map { "version \($0), which is worked with" } ?? "nothing, because no version is worked with yet"
        lines.append(difference.isEmpty ? "Nothing differs from \(name)." : "Compared with \(name):")
        lines += difference
        lines.append(
            answer["is_new"] == true
                ? "It is version \(number). Nothing is worked with otherwise until `payrouter config activate \(number)`."
                : "It is version \(number), which was there already.")
        return lines
    }

    /// Shows that a version was activated, and what of it is still to come.
    static func show(_ answer: JSONValue, _ common: AppsCommand.Common) {
        if common.output.json { return Terminal.out(Terminal.pretty(answer)) }
        let number = answer["number"]?.integerValue ?? 0
        let previous = answer["previous"]?.integerValue.map { " after version \($0)" } ?? ""
        guard answer["running"] == true else {
            return Terminal.out("No router runs; the next start runs version \(number)\(previous).")
        }
        Terminal.out(
            answer["previous"] == answer["number"]
                ? "Version \(number) goes on, with its secrets read again."
                : "Version \(number) is worked with from now on\(previous).")
        func texts(_ name: String) -> [String] { (answer[name]?.arrayValue ?? []).compactMap(\.stringValue) }
        let removed = texts("removed_providers")
        if !removed.isEmpty {
            Terminal.out("No longer named, and finishing what they began: \(removed.joined(separator: ", ")).")
        }
        let waiting = texts("at_next_start")
        if !waiting.isEmpty { Terminal.out("Takes effect at the next start: \(waiting.joined(separator: ", ")).") }
        for warning in texts("warnings") { Terminal.out("warning: \(warning)") }
    }
}
