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
