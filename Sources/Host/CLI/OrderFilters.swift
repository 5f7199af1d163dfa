import Router
import WebText

/// What narrows a list of orders, as a call and as a command.
struct OrderFilters {
    /// Only what was created then or later.
    var from: Moment?
    /// Filters whose options are named like the call's parameters.
    var plain: [(name: String, value: String)] = []
    var metadata: [MetadataTerm] = []
    var limit = 20
    /// The end of the page before.
    var after: String?
    /// Where the router's data are; the control socket lies in it.
    var data = "./data"

    /// Reads `name=value`.
    static func term(_ pair: String) throws(CommandFailure) -> MetadataTerm {
        guard let sign = pair.firstIndex(of: "="), sign != pair.startIndex else {
            throw CommandFailure.wrongArgument("--metadata is name=value, such as order_id=17, not \"\(pair)\"")
        }
        return MetadataTerm(String(pair[..<sign]), String(pair[pair.index(after: sign)...]))
    }

    var query: String {
        var query = "limit=\(limit)"
        for (name, value) in plain { query += "&\(name)=\(PercentText.encoded(value))" }
        if let from { query += "&created_from=\(PercentText.encoded(from.description))" }
        for term in metadata {
            query += "&metadata%5B\(PercentText.encoded(term.name))%5D=\(PercentText.encoded(term.value))"
        }
        if let after { query += "&after=\(PercentText.encoded(after))" }
        // Without such a filter that would be all orders there ever were.
        if from != nil || !metadata.isEmpty { query += "&sums=true" }
        return query
    }

    /// The command for the page behind this one; a time back from now is a fixed one in it.
    func next(_ collection: String, cursor: String) -> String {
        var options = plain
        if data != "./data" { options.insert(("data", data), at: 0) }
        if let from { options.append(("since", from.description)) }
        for term in metadata { options.append(("metadata", term.name + "=" + term.value)) }
        if limit != 20 { options.append(("limit", String(limit))) }
        options.append(("after", cursor))
        let words = options.flatMap { ["--" + $0.name, Self.quoted($0.value)] }
        return (["payrouter", collection, "list"] + words).joined(separator: " ")
    }

    /// A word as a shell takes it.
    private static func quoted(_ word: String) -> String {
        let isPlain = word.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || "-_./:=+,@".utf8.contains(byte)
        }
        return isPlain && !word.isEmpty ? word : "'" + word.replacing("'", with: "'\\''") + "'"
    }
}
