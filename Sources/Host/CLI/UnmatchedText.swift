import Router

/// What `payrouter unmatched` prints.
enum UnmatchedText {
    static let signedFirst = "Signed. Another person has to sign the same within a day; nothing is changed yet."

    /// One message of the list.
    static func row(_ entry: JSONValue) -> [String] {
        func text(_ name: String) -> String { entry[name]?.stringValue ?? "-" }
        let amount = entry["amount"]?.integerValue == nil ? "-" : OrderText.amount(entry, of: entry)
        return [text("id"), text("provider"), amount, text("typed"), text("why"), text("received_at")]
    }

    /// One message, line by line.
    static func whole(_ entry: JSONValue) -> String {
        let why = entry["why"]?.stringValue.flatMap(UnopenedMismatch.init(rawValue:)).map(UnmatchedView.words)
        func text(_ name: String) -> String? { entry[name]?.stringValue }
        let amount: String? = entry["amount"]?.integerValue == nil ? nil : OrderText.amount(entry, of: entry)
        let lines: [(String, String?)] = [
            ("message", text("id")), ("provider", text("provider")), ("received", text("received_at")),
            ("believed", text("trust")), ("reference", text("reference")), ("operator's", text("operator_reference")),
            ("amount", amount), ("payer", text("payer")), ("typed", text("typed")), ("pays nothing", why),
            ("matched again", entry["is_matched_again"] == true ? "yes, for a day after it came" : "no more"),
        ]
        return lines.compactMap { name, value in
            value.map { name + String(repeating: " ", count: max(1, 15 - name.count)) + $0 }
        }.joined(separator: "\n")
    }
}
