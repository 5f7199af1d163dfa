import Router

/// Wallets as a person reads them in a terminal.
enum WalletText {
    static func table(_ wallets: [JSONValue]) -> String {
        guard !wallets.isEmpty else { return "No such wallets." }
        let rows = wallets.map { wallet in
            [
                wallet["id"]?.stringValue ?? "-", wallet["owner"]?.stringValue ?? "-",
                wallet["state"]?.stringValue ?? "-", money(wallet["balance"]?["posted"], wallet),
                money(wallet["balance"]?["held"], wallet), wallet["name"]?.stringValue ?? "-",
                wallet["reference"]?.stringValue ?? "-",
            ]
        }
        return Terminal.table(["ID", "OWNER", "STATE", "BALANCE", "HELD", "NAME", "REFERENCE"], rows)
    }

    static func whole(_ wallet: JSONValue) -> String {
        var lines: [String] = []
        func line(_ name: String, _ value: String?) {
            if let value { lines.append(name + String(repeating: " ", count: max(1, 16 - name.count)) + value) }
        }
        line("wallet", wallet["id"]?.stringValue)
        line("app", wallet["app"]?.stringValue)
        line("environment", wallet["environment"]?.stringValue)
        line("owner", "\(wallet["owner"]?.stringValue ?? "") (\(wallet["purpose"]?.stringValue ?? ""))")
        for name in ["name", "phone", "email", "reference"] { line(name, wallet[name]?.stringValue) }
        line("state", wallet["state"]?.stringValue)
        let balance = wallet["balance"]
        line("balance", money(balance?["posted"], wallet))
        line("held", money(balance?["held"], wallet))
        line("available", money(balance?["available"], wallet))
        line("created", wallet["created_at"]?.stringValue)
        for operation in WalletOperation.allCases {
            let day = wallet["limits"]?[operation.rawValue]
            let parts = [
                limit(day?["amount"]) { money($0, wallet) }, limit(day?["count"]) { "\($0?.integerValue ?? 0) times" },
            ].compactMap { $0 }
            if !parts.isEmpty { line("limit", "\(operation.rawValue): \(parts.joined(separator: ", ")) a day") }
        }
        guard let history = wallet["history"]?.arrayValue else { return lines.joined(separator: "\n") }
        lines.append("history")
        for entry in history {
            let words = [
                entry["at"]?.stringValue, entry["category"]?.stringValue, money(entry["amount"], wallet),
                entry["balance"]?.integerValue == nil ? nil : "-> " + money(entry["balance"], wallet),
                entry["counterparty"]?["name"]?.stringValue, entry["order"]?.stringValue,
                entry["description"]?.stringValue,
            ]
            lines.append("  " + words.compactMap { $0 }.joined(separator: "  "))
        }
        return lines.joined(separator: "\n")
    }

    private static func money(_ units: JSONValue?, _ wallet: JSONValue) -> String {
        OrderText.amount(["amount": units ?? .null], of: wallet)
    }

    private static func limit(_ limit: JSONValue?, _ text: (JSONValue?) -> String) -> String? {
        guard let limit, limit != .null else { return nil }
        return "\(text(limit["used"])) of \(text(limit["most"]))"
    }
}
