/// The practice operators.
public enum SandboxOperator: String, Sendable, Hashable, Codable, CaseIterable {
    /// TMoney partner interface, version 2: debit by push USSD (`protocols/tmoney.md`, section B). XOF.
    case tmoney
    /// Flouci: hosted pages of version 2, and the older accept call (`protocols/flouci.md`, sections 4 and 2). TND.
    case flouci
    /// Cards, in the wire format of Stripe: PaymentIntents and Charges (`protocols/stripe-card.md`).
    case card

    /// The first path component of everything this operator serves.
    var prefix: String { rawValue }
}
