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
