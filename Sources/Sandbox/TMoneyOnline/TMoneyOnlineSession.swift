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

/// The thirteen fields of the form, within their sizes (docs/protocols/tmoney.md, A2).
struct TMoneyOnlineForm {
    /// What they say; `nil` if one of them breaks a rule.
    let order: TMoneyOnlineSession.Order?

    init(_ request: SandboxRequest, merchant: String) {
        func text(_ name: String, _ limit: Int) -> String? {
            let value = request.field(name) ?? ""
            return value.count <= limit ? value : nil
        }
        let phone = request.field("phonennumber") ?? request.field("phonenumber")
        guard request.field("merchantid") == merchant, request.field("currency") == "952",
            let amountText = request.field("amount"), (3...10).contains(amountText.utf8.count),
            amountText.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let amount = Int64(amountText), amount >= 100,
            let reference = text("purchaseref", 250), !reference.isEmpty, let brand = text("brand", 150),
            phone.map({ (8...16).contains($0.utf8.count) }) ?? true, let description = text("description", 255),
            let accept = text("accepturl", 150), let decline = text("declineurl", 150),
            let cancel = text("cancelurl", 150), let note = text("text", 250), let language = text("language", 2),
            ["", "fr", "en"].contains(language)
        else {
            order = nil
            return
        }
        order = TMoneyOnlineSession.Order(
            reference: reference, amount: amount, brand: brand.isEmpty ? nil : brand, phone: phone,
            description: description, text: note,
            language: language, acceptURL: accept, declineURL: decline, cancelURL: cancel)
    }
}
