import Router

/// What an operator can state about a movement, and what must equal what was asked.
enum StatedFact: String, CaseIterable {
    case amount, currency, reference

    func place(in table: ReplyTable) -> ReplyTable.Place {
        switch self {
        case .amount: table.amount
        case .currency: table.currency
        case .reference: table.reference
        }
    }

    /// Whether a statement has it; a currency may be the operator's only one, and is no sign of a statement.
    func isStated(in statement: ReportedTransaction) -> Bool {
        switch self {
        case .amount: statement.minorUnits != nil || statement.amountIsUnreadable
        case .currency: false
        case .reference: statement.reference != nil
        }
    }

    /// Whether a member looks like this fact of what was asked.
    func isAsked(_ value: JSONValue?, _ asked: AskedMovement) -> Bool {
        guard let text = value?.scalarText else { return false }
        return switch self {
        case .amount: text == String(asked.amount.minorUnits)
        case .currency: text.uppercased() == asked.amount.currency.code
        case .reference: text == asked.reference
        }
    }

    /// Other values than a good one, in its own form where it has one.
    func others(than value: JSONValue) -> [JSONValue] {
        let text = value.scalarText ?? ""
        func likewise(_ text: String) -> JSONValue {
            if case .number = value { .number(text) } else { .string(text) }
        }
        switch self {
        case .amount:
            let sign = text.hasPrefix("-") ? "-" : ""
            let digits = String(text.dropFirst(sign.count))
            let last = digits.last?.wholeNumberValue ?? 0
            let rest = String(digits.dropLast())
            return [
                likewise("\(sign)\(rest)\((last + 1) % 10)"), likewise("\(sign)1\(digits)"), likewise("\(sign)1"),
                .string("\(sign)\(digits) F"), .string("\(sign)\(rest),"), .string("five"), true,
            ]
        case .currency:
            guard text.allSatisfy(\.isNumber), !text.isEmpty else {
                let others = ["USD", "EUR", "KES", "ZZZ"].filter { $0 != text.uppercased() }
                let isLower = text == text.lowercased()
                return others.map { .string(isLower ? $0.lowercased() : $0) } + [true]
            }
            return ["840", "978", "404", "000"].filter { $0 != text }.map(likewise)
        case .reference:
            let last = text.last == "0" ? "1" : "0"
            let rest = String(text.dropLast())
            return [.string(rest + last), .string(rest), "another", ""]
        }
    }
}
