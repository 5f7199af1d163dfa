/// The card numbers that the sandbox operator for cards knows: the published test numbers (docs/protocols/card.md, 7).
///
/// None of them is anybody's card. A number that is not listed is refused unseen, so that no real card ends up here.
public enum SandboxCardNumber {
    /// Each number with the test instrument that it stands for.
    public static let all: [(number: String, instrument: String)] = [
        ("4242424242424242", "tok_visa"),
        ("5555555555554444", "tok_mastercard"),
        ("4000000000000002", "tok_chargeDeclined"),
        ("4000000000009995", "tok_chargeDeclinedInsufficientFunds"),
        ("4000000000009987", "tok_visa_chargeDeclinedLostCard"),
        ("4000000000009979", "tok_visa_chargeDeclinedStolenCard"),
        ("4000000000000069", "tok_chargeDeclinedExpiredCard"),
        ("4000000000000127", "tok_chargeDeclinedIncorrectCvc"),
        ("4000000000000119", "tok_chargeDeclinedProcessingError"),
        ("4000000000000341", "tok_chargeCustomerFail"),
        ("4000002500003155", "pm_card_authenticationRequiredOnSetup"),
        ("4000002760003184", "pm_card_authenticationRequired"),
        ("4000000000003220", "pm_card_threeDSecure2Required"),
        ("4000008260003178", "pm_card_authenticationRequiredChargeDeclinedInsufficientFunds"),
        ("4000000000000259", "tok_createDispute"),
    ]

    /// The instrument of a number; `nil` if it is no test number.
    static func instrument(of number: String) -> String? { all.first { $0.number == number }?.instrument }

    /// Whether a number's check digit is right, so that it could be somebody's card.
    static func isWellFormed(_ number: String) -> Bool {
        guard (12...19).contains(number.utf8.count), number.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return false
        }
        let sum = number.utf8.reversed().enumerated().reduce(0) { sum, digit in
            let value = Int(digit.element - 0x30) * (digit.offset.isMultiple(of: 2) ? 1 : 2)
            return sum + (value > 9 ? value - 9 : value)
        }
        return sum.isMultiple(of: 10)
    }
}

/// A token or payment method of the test instruments (docs/protocols/card.md, 7), or one of the sandbox.
struct CardInstrument: Sendable, Hashable {
    /// What using the card does.
    enum Effect: Sendable, Hashable {
        case succeeds
        case fails(CardFailure)
        /// A person authenticates; then the card does something else.
        case authenticates(then: CardFailure?)
        /// One of the sandbox's own behaviours.
        case sandbox(String)
    }

    /// The name that the caller used.
    var name: String
    var brand: String
    var last4: String
    var effect: Effect

    /// The instrument of that name, if there is one.
    static func named(_ name: String) -> CardInstrument? {
        guard let entry = table[name] else { return nil }
        return CardInstrument(name: name, brand: entry.brand, last4: entry.last4, effect: entry.effect)
    }

    private struct Entry: Sendable {
        var last4: String
        var effect: Effect
        var brand = "visa"
    }

    private static let table: [String: Entry] = {
        var table = published
        for name in CardBehaviour.sandboxNames {
            table["tok_sandbox_\(name)"] = Entry(last4: "4242", effect: .sandbox(name))
        }
        return table
    }()

    private static let published: [String: Entry] = [
        "tok_visa": Entry(last4: "4242", effect: .succeeds),
        "pm_card_visa": Entry(last4: "4242", effect: .succeeds),
        "tok_mastercard": Entry(last4: "4444", effect: .succeeds, brand: "mastercard"),
        "pm_card_mastercard": Entry(last4: "4444", effect: .succeeds, brand: "mastercard"),
        "tok_createDispute": Entry(last4: "0259", effect: .succeeds),
        "pm_card_createDispute": Entry(last4: "0259", effect: .succeeds),
        "tok_chargeDeclined": Entry(last4: "0002", effect: .fails(.generic)),
        "pm_card_visa_chargeDeclined": Entry(last4: "0002", effect: .fails(.generic)),
        "pm_card_chargeDeclined": Entry(last4: "0002", effect: .fails(.generic)),
        "tok_chargeDeclinedInsufficientFunds": Entry(last4: "9995", effect: .fails(.insufficientFunds)),
        "pm_card_visa_chargeDeclinedInsufficientFunds": Entry(last4: "9995", effect: .fails(.insufficientFunds)),
        "tok_visa_chargeDeclinedLostCard": Entry(last4: "9987", effect: .fails(.lostCard)),
        "pm_card_visa_chargeDeclinedLostCard": Entry(last4: "9987", effect: .fails(.lostCard)),
        "tok_visa_chargeDeclinedStolenCard": Entry(last4: "9979", effect: .fails(.stolenCard)),
        "pm_card_visa_chargeDeclinedStolenCard": Entry(last4: "9979", effect: .fails(.stolenCard)),
        "tok_chargeDeclinedExpiredCard": Entry(last4: "0069", effect: .fails(.expiredCard)),
        "pm_card_chargeDeclinedExpiredCard": Entry(last4: "0069", effect: .fails(.expiredCard)),
        "tok_chargeDeclinedIncorrectCvc": Entry(last4: "0127", effect: .fails(.incorrectCvc)),
        "pm_card_chargeDeclinedIncorrectCvc": Entry(last4: "0127", effect: .fails(.incorrectCvc)),
        "tok_chargeDeclinedProcessingError": Entry(last4: "0119", effect: .fails(.processingError)),
        "pm_card_chargeDeclinedProcessingError": Entry(last4: "0119", effect: .fails(.processingError)),
        "tok_chargeCustomerFail": Entry(last4: "0341", effect: .fails(.generic)),
        "pm_card_chargeCustomerFail": Entry(last4: "0341", effect: .fails(.generic)),
        "pm_card_authenticationRequiredOnSetup": Entry(last4: "3155", effect: .authenticates(then: nil)),
        "pm_card_authenticationRequired": Entry(last4: "3184", effect: .authenticates(then: nil)),
        "pm_card_threeDSecure2Required": Entry(last4: "3220", effect: .authenticates(then: nil)),
        "pm_card_authenticationRequiredChargeDeclinedInsufficientFunds":
            Entry(last4: "3178", effect: .authenticates(then: .insufficientFunds)),
    ]
}

/// Why a charge failed: the error of a decline, also kept on the intent and the charge.
struct CardFailure: Codable, Sendable, Hashable {
    var type = "card_error"
    var code: String?
    var declineCode: String?
    var message: String
    var adviceCode: String?

    static let generic = CardFailure(
        code: "card_declined", declineCode: "generic_decline", message: "Your card was declined.",
        adviceCode: "try_again_later")
    static let insufficientFunds = CardFailure(
        code: "card_declined", declineCode: "insufficient_funds", message: "Your card has insufficient funds.",
        adviceCode: "try_again_later")
    static let lostCard = CardFailure(
        code: "card_declined", declineCode: "lost_card", message: "Your card was declined.",
        adviceCode: "do_not_try_again")
    static let stolenCard = CardFailure(
        code: "card_declined", declineCode: "stolen_card", message: "Your card was declined.",
        adviceCode: "do_not_try_again")
    static let expiredCard = CardFailure(
        code: "expired_card", message: "Your card has expired.", adviceCode: "do_not_try_again")
    static let incorrectCvc = CardFailure(
        code: "incorrect_cvc", message: "Your card's security code is incorrect.", adviceCode: "confirm_card_data")
    static let processingError = CardFailure(
        code: "processing_error", message: "An error occurred while processing your card. Try again in a little bit.",
        adviceCode: "try_again_later")
    static let authenticationRequired = CardFailure(
        code: "card_declined", declineCode: "authentication_required",
        message: "Your card was declined. This transaction requires authentication.")
    static let authenticationFailed = CardFailure(
        type: "invalid_request_error", code: "payment_intent_authentication_failure",
        message: "The provided PaymentMethod has failed authentication.")
    static let internalError = CardFailure(
        type: "api_error", message: "An error occurred with our service. It has been reported.")

    /// The error object's members, without what belongs to a single call.
    var members: [JSONValue.Member] {
        var members: [JSONValue.Member] = []
        func add(_ name: String, _ value: String?) {
            if let value { members.append(.init(name: name, value: .text(value))) }
        }
        add("advice_code", adviceCode)
        add("code", code)
        add("decline_code", declineCode)
        add("doc_url", code.map { "https://stripe.com/docs/error-codes/\($0)" })
        add("message", message)
        add("type", type)
        return members
    }
}
