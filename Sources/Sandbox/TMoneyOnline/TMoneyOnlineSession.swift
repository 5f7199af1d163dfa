/// One session of the hosted page; kept in the journal.
struct TMoneyOnlineSession: Codable, Sendable {
    /// How it ends: the word of the notification.
    enum Result: String, Codable, Sendable, Hashable {
        case paid = "OK"
        case cancelled = "CANCEL"
        case authentication = "AUTHENTICATION"
        case failed = "PAYMENT_FAILED"
        case expired = "EXPIRED_SESSION"
    }

    /// Where the payer is.
    enum Step: String, Codable, Sendable, Hashable {
        case login
        case code
    }

    /// What the form brought.
    struct Order: Codable, Sendable, Hashable {
        var reference: String
        var amount: Int64
        /// `nil` if the form has none: the page shows the merchant's registered name.
        var brand: String?
        var phone: String?
        var description: String
        var text: String
        var language: String
        var acceptURL: String
        var declineURL: String
        var cancelURL: String
    }

    /// 32 digits.
    var id: String
    var merchant: String
    var expiresAt: Int64
    var order: Order?
    var step = Step.login
    var wrongPINs = 0
    /// The payer's number once it was typed.
    var phone = ""
    var result: Result?
    var plan: Result?
    var due: Int64?
    var extraAmount: Int64 = 0
    var callbacks = CallbackStyle.once
    /// How a try ends that begins by itself after the planned one.
    var then: Result?
    /// The tries that ended refused before this one; `nil` is none.
    var refusals: Int?

    /// The operator's own reference of the payment.
    var paymentReference: String { "PR\(id.prefix(16))\(suffix)" }
    /// The operator's number of this try to pay.
    var payID: String { "P\(id.suffix(12))\(suffix)" }
    /// What tells tries on one page apart.
    var suffix: String { refusals.map { "-\($0 + 1)" } ?? "" }

    /// Whether a payer whose payment was refused can try again on the same page.
    func canTryAgain(now: Int64) -> Bool {
        guard let result, now < expiresAt else { return false }
        return [.cancelled, .authentication, .failed].contains(result)
    }

    /// Begins another try.
    mutating func tryAgain() {
        result = nil
        step = .login
        wrongPINs = 0
        refusals = (refusals ?? 0) + 1
    }

    func isOpen(now: Int64) -> Bool { result == nil && now < expiresAt }
}

/// What the payment of one form does.
struct TMoneyOnlineBehaviour: SandboxBehaviour, Hashable {
    /// How it ends by itself once the form is posted; `nil` means a person (or nobody) goes on.
    var result: TMoneyOnlineSession.Result?
    /// When, in milliseconds after the form.
    var after: Int64 = 1_000
    var callbacks = CallbackStyle.once
    /// What is really paid beyond the asked amount.
    var extraAmount: Int64 = 0
    /// Whether it is paid from another phone than the form fixed.
    var isFromElsewhere = false

    /// How a second try on the same page ends, two seconds after the first.
    var then: TMoneyOnlineSession.Result?

    /// Nothing that is answered to a browser counts.
    var breaksTheAnswer: Bool { false }
    static let plain = TMoneyOnlineBehaviour(result: .paid)

    /// The behaviour that belongs to an amount in francs.
    static func of(amount: Int64) -> TMoneyOnlineBehaviour { magic[amount] ?? TMoneyOnlineBehaviour() }

    private static let magic: [Int64: TMoneyOnlineBehaviour] = [
        1001: TMoneyOnlineBehaviour(result: .paid),
        1002: TMoneyOnlineBehaviour(result: .paid, after: 5_000),
        1003: TMoneyOnlineBehaviour(result: .failed),
        1004: TMoneyOnlineBehaviour(result: .cancelled),
        1010: TMoneyOnlineBehaviour(result: .paid, callbacks: .threeTimes),
        1011: TMoneyOnlineBehaviour(result: .paid, after: 4_000),
        1012: TMoneyOnlineBehaviour(result: .authentication),
        1013: TMoneyOnlineBehaviour(result: .expired),
        1014: TMoneyOnlineBehaviour(result: .cancelled, then: .paid),
        1021: TMoneyOnlineBehaviour(result: .paid, extraAmount: 1),
        1026: TMoneyOnlineBehaviour(result: .paid, callbacks: .never),
        1027: TMoneyOnlineBehaviour(result: .paid, isFromElsewhere: true),
    ]
}
