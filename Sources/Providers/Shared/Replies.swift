import Router

extension WireReply {
    /// The body without a byte order mark in front.
    var content: ArraySlice<UInt8> { ByteOrderMark.skipped(in: body) }

    /// The body if it is one JSON object, strictly read; `nil` for HTML, truncated or duplicated members, and the rest.
    var object: JSONValue? { JSONValue(objectIn: body) }

    var isSuccess: Bool { (200..<300).contains(status) }

    var isClientError: Bool { (400..<500).contains(status) }

    /// Whether the status refuses credentials.
    var refusesCredentials: Bool { status == 401 || status == 403 }

    /// The same, and not in the words of somebody on the way: without a body, or with one object.
    var refusesOurCredentials: Bool { refusesCredentials && (content.isEmpty || object != nil) }

    /// The status as the code of a reply that has no other.
    var code: String { "HTTP \(status)" }

    /// A reply of which only the status is known, and that proves nothing.
    func doubt(_ kind: Doubt.Kind) -> ProviderOutcome { .unknown(Doubt(kind, providerCode: code)) }

    /// The same; 400 to 499 are unlisted, the rest is the operator's error.
    var doubt: ProviderOutcome { doubt(isClientError ? .unlisted : .operatorError) }

    /// What was read of this reply to our own call: a success status with an object in it, or with nothing, says at least
    /// that the request arrived, even where nothing else can be trusted.
    func arrived(_ answer: ProviderOutcome) -> ProviderOutcome {
        guard isSuccess, content.isEmpty || object != nil, case .unknown(var doubt) = answer,
            [.unlisted, .unreadable].contains(doubt.kind)
        else { return answer }
        doubt.kind = .arrived
        return .unknown(doubt)
    }

    /// A refusal of which only the status is known.
    func refusal(_ reason: RefusalReason) -> ProviderOutcome { .rejected(Refusal(reason, providerCode: code)) }

    /// Why something that was to be opened before money moves was not; where nothing is known, it is not sent.
    ///
    /// - Parameter isInvalid: Whether the operator found the request itself wrong.
    /// - Returns: The reason.
    func whyNotOpened(isInvalid: Bool) -> RefusalReason {
        switch status {
        case 401, 403: .credentialsRefused
        case 429: .throttled
        default: isInvalid ? .invalidRequest : .notSent
        }
    }
}

/// What an operator gives out at a login.
enum AccessToken {
    /// The token; `nil` if it cannot stand in a header.
    static func usable(_ text: String?) -> String? {
        text.flatMap { $0.consists(of: .visible, 1...8_192) ? $0 : nil }
    }
}

extension JSONValue {
    /// One JSON object, strictly read; `nil` if the bytes are anything else.
    init?(objectIn bytes: [UInt8]) {
        guard let value = try? StrictJSON.parse(bytes), case .object = value else { return nil }
        self = value
    }
}

extension PreparationFailure {
    /// Nothing was sent, because something that comes before it failed.
    static func notSent(_ detail: String) -> PreparationFailure { PreparationFailure(Refusal(.notSent), detail) }
}

extension ProviderOutcome {
    /// Whether it is a success.
    var isSucceeded: Bool {
        if case .succeeded = self { true } else { false }
    }

    /// Succeeded as stated; a success that states no amount at all proves nothing.
    static func succeeded(
        _ statement: ReportedTransaction, unlessAbsent amount: StatedAmount, _ code: String
    ) -> ProviderOutcome {
        amount == .absent ? .unknown(Doubt(.unlisted, providerCode: code)) : .succeeded(statement)
    }
}

extension JSONValue {
    /// The value, unless it is `null`.
    var present: JSONValue? {
        guard self != .null else { return nil }
        return self
    }

    var nonEmptyText: String? { stringValue.flatMap { $0.isEmpty ? nil : $0 } }

    /// A code that is no empty text.
    var nonEmptyCode: String? { codeText.flatMap { $0.isEmpty ? nil : $0 } }

    /// A code that is no empty text; one that is stated and cannot be read is not the same as none.
    var statedCode: String? {
        guard let value = present else { return nil }
        guard let text = value.codeText else { return "unreadable" }
        return text.isEmpty ? nil : text
    }

    /// Whether this is ours: a text like it, or nothing stated.
    static func names(_ ours: String?, _ stated: JSONValue?) -> Bool {
        guard let stated = stated?.present else { return true }
        return stated.stringValue == ours
    }

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
