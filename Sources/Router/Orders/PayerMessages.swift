/// Short English sentences for payers, by failure code.
enum PayerMessages {
    static let takenAfterAll =
        "The operator says that money was taken after all. Do not pay again: the shop puts it right with you."

    static func text(_ code: String) -> String {
        switch code {
        case "insufficient_funds": "The balance is not sufficient."
        case "wrong_credentials": "The PIN or the details were not correct."
        case "wrong_code": "The code was not correct."
        case "cancelled_by_payer": "The payment was cancelled."
        case "expired", "expired_before_sending": "The time to pay has passed."
        case "account_unavailable": "This account cannot be used."
        case "limit_reached": "A limit of the account was reached."
        case "authentication_required": "The payment could not be authenticated."
        case "token_unusable": "The payment details must be entered again."
        case "not_delivered": "The recipient could not be paid. The sender has the money back."
        case "not_accepted": "The shop did not accept the payment. No money was taken."
        case "declined", "unspecified": "The payment was declined."
        default: "The payment could not be made. No money was taken."
        }
    }
}
