import Router

extension WireReply {
    /// The body if it is one JSON object, strictly read; `nil` for HTML, truncated or duplicated members, and the rest.
    var object: JSONValue? {
        guard let value = try? StrictJSON.parse(body), case .object = value else { return nil }
        return value
    }

    /// Whether the status is 200 to 299.
    var isSuccess: Bool { (200..<300).contains(status) }

    /// Whether the status is 400 to 499.
    var isClientError: Bool { (400..<500).contains(status) }
}

/// An amount as an operator states it.
enum StatedAmount: Sendable, Hashable {
    /// None is stated.
    case absent
    /// A count of units, written as an integer or as its decimal digits.
    case units(Int64)
    /// Something else: a fraction (even `.0`), an exponent, a sign, grouping, text. Never rounded, never guessed.
    case unreadable

    init(_ value: JSONValue?) {
        switch value {
        case nil, .null?: self = .absent
        case .number?: self = value?.integerValue.flatMap { $0 >= 0 ? .units($0) : nil } ?? .unreadable
        case .string(let text)?:
            let isPlain = text.utf8.allSatisfy { (0x30...0x39).contains($0) } && (text == "0" || !text.hasPrefix("0"))
            self = (isPlain ? Int64(text) : nil).map(StatedAmount.units) ?? .unreadable
        default: self = .unreadable
        }
    }

    /// The count, if there is one.
    var units: Int64? {
        guard case .units(let units) = self else { return nil }
        return units
    }
}

extension JSONValue {
    /// The value, unless it is `null`.
    var present: JSONValue? {
        guard self != .null else { return nil }
        return self
    }

    /// A non-empty text.
    var nonEmptyText: String? { stringValue.flatMap { $0.isEmpty ? nil : $0 } }

    /// A code as text, whether it was written as a string or as a number.
    var codeText: String? {
        switch self {
        case .string(let text), .number(let text): text
        default: nil
        }
    }
}

extension CheckLadder {
    /// Waits given in seconds, then hourly for a day, then every six hours.
    init(seconds: [Int64]) {
        let steps = seconds + Array(repeating: 3_600, count: 23)
        self.init(stepsMilliseconds: steps.map { $0 * 1_000 }, thenEveryMilliseconds: 6 * 3_600_000)
    }
}
