import Router

/// Snapshots and comparisons of them as people read them.
enum SnapshotsText {
    static let columns = [
        "DAY", "APP", "KIND", "CHANNEL", "CURRENCY", "ACCEPTED", "SUCCEEDED", "FAILED", "GROSS", "REFUNDS", "PAYOUTS",
        "FEES",
    ]

    static func row(_ snapshot: JSONValue) -> [String] {
        func text(_ name: String) -> String { snapshot[name]?.stringValue ?? "" }
        let currency = Currency(code: text("currency"))
        func count(_ name: String) -> String { digits(snapshot[name]) }
        func money(_ name: String) -> String {
            guard let units = snapshot[name]?.integerValue, let currency else { return digits(snapshot[name]) }
            return Money(units, currency).decimalText
        }
        let channel = text("channel").isEmpty ? "-" : text("channel")
        return [
            text("day"), text("app"), text("kind"), channel, text("currency"), count("accepted"), count("succeeded"),
            count("failed"), money("gross"), money("refunds"), money("payouts"), money("fees"),
        ]
    }

    /// A number as it stands there, which may be longer than any that is computed with.
    private static func digits(_ value: JSONValue?) -> String {
        if case .number(let digits)? = value { digits } else { "0" }
    }

    /// How far a comparison or a rebuilding is.
    static func progress(_ state: JSONValue, of work: SnapshotRun.Work) -> String {
        func count(_ name: String) -> Int64 { state[name]?.integerValue ?? 0 }
        return switch work {
        case .comparison: "comparing snapshots: \(count("units")) steps, \(count("orders")) orders"
        case .rebuilding: "making snapshots anew: \(count("unit")) of \(count("newest")) steps"
        }
    }

    static func comparison(_ result: JSONValue, _ data: String) -> [String] {
        func count(_ name: String) -> Int64 { result[name]?.integerValue ?? 0 }
        let findings = result["findings"]?.arrayValue ?? []
        let compared =
            "\(data): compared \(count("rows")) rows with \(count("units")) steps and the postings of "
            + "\(count("orders")) orders"
        let unreadable =
            count("unreadable") == 0 ? [] : ["\(data): \(count("unreadable")) steps cannot be read and are in no row"]
        guard !findings.isEmpty else { return [compared] + unreadable + ["\(data): no differences"] }
        let lines = findings.map { finding in
            func part(_ name: String) -> String { finding[name]?.stringValue ?? "" }
            let right = "by the \(part("source")) it would be: \(part("expected"))"
            return "error: \(part("place")): \(part("found")); \(right)"
        }
        let total = Int64(findings.count) + count("omitted")
        let more = count("omitted") > 0 ? ["... and \(count("omitted")) more"] : []
        return [compared] + unreadable + lines + more
            + ["\(data): \(total) \(total == 1 ? "difference" : "differences")"]
    }
}
