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
