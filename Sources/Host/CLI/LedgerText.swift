import Glibc
import Router
import Synchronization

/// Accounts and checks of the ledger as people read them.
enum LedgerText {
    static func accounts(_ list: JSONValue) -> [String] {
        let accounts = list["data"]?.arrayValue ?? []
        guard !accounts.isEmpty else {
            return ["No such accounts: one is made by the first money that is booked on it."]
        }
        let rows = accounts.map { account -> [String] in
            let code = account["currency"]?.stringValue ?? ""
            let currency = Currency(code: code)
            let figures = ["posted", "held", "available"].map { name -> String in
                let units = account[name]?.integerValue ?? 0
                return currency.map { Money(units, $0).decimalText } ?? "\(units)"
            }
            return [account["account"]?.stringValue ?? "", code] + figures + [account["state"]?.stringValue ?? ""]
        }
        return [Terminal.table(["ACCOUNT", "CURRENCY", "POSTED", "HELD", "AVAILABLE", "STATE"], rows)]
    }

    /// How far a check is.
    static func progress(_ state: JSONValue) -> String {
        "checking the ledger: " + counted(state, ["orders", "entries", "accounts"])
    }

    static func verification(_ result: JSONValue, _ data: String) -> [String] {
        let findings = result["findings"]?.arrayValue ?? []
        let checked = "\(data): checked " + counted(result, LedgerVerification.Table.allCases.map(\.rawValue))
        guard !findings.isEmpty else { return [checked, "\(data): no faults"] }
        let lines = findings.map { finding in
            func part(_ name: String) -> String { finding[name]?.stringValue ?? "" }
            return "error: \(part("table")), \(part("place")): \(part("found")); right would be: \(part("expected"))"
        }
        let omitted = result["omitted"]?.integerValue ?? 0
        let count = Int64(findings.count) + omitted
        let more = omitted > 0 ? ["... and \(omitted) more"] : []
        return [checked] + lines + more + ["\(data): \(count) \(count == 1 ? "fault" : "faults")"]
    }

    private static func counted(_ state: JSONValue, _ tables: [String]) -> String {
        tables.map { "\(state["checked"]?[$0]?.integerValue ?? 0) \($0)" }.joined(separator: ", ")
    }
}

/// Tells whoever waits at a terminal how far something is, every few seconds.
final class News: Sendable {
    private let next = Mutex(ContinuousClock.now.advanced(by: .seconds(3)))
    private let isWanted: Bool

    init(isWanted: Bool) { self.isWanted = isWanted && isatty(STDERR_FILENO) == 1 }

    func tell(_ text: String) {
        guard isWanted else { return }
        next.withLock { next in
            guard ContinuousClock.now >= next else { return }
            Terminal.fail(text)
            next = ContinuousClock.now.advanced(by: .seconds(3))
        }
    }
}
