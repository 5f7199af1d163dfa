/// One magic value: an input that forces an outcome by itself, without a person.
///
/// Names are those of the design's section 9 (`succeeds`, `lost_answer_executed`, ...); the ones beyond it begin with
/// `fault_` and serve hostile tests only.
public struct SandboxScenario: Sendable, Hashable {
    /// Which product of the operator it applies to.
    public enum Product: String, Sendable, Hashable, CaseIterable {
        /// TMoney's debit by push USSD.
        case debit
        /// Flouci's hosted payment page (version 2).
        case page
        /// Flouci's accept call with a code typed by the payer.
        case accept
        /// Cards: confirming a PaymentIntent, or creating a Charge.
        case card
    }

    /// What to put into the request.
    public enum Trigger: Sendable, Hashable {
        /// The payer's phone, `228` and eight digits.
        case phone(String)
        /// The exact amount in millimes.
        case amount(Int64)
        /// The code typed by the payer.
        case code(String)
        /// The card token (Charges: `source`; PaymentIntents: `payment_method`).
        case token(String)

        /// The value as text.
        public var text: String {
            switch self {
            case .phone(let text), .code(let text), .token(let text): text
            case .amount(let amount): String(amount)
            }
        }
    }

    /// What the books hold for the payment once everything scheduled has happened.
    public enum Execution: String, Sendable, Hashable {
        /// One movement of the asked amount.
        case executed
        /// Nothing.
        case notExecuted
        /// One movement of what the operator tells, which is not what was asked.
        case executedDifferently
        /// Nothing after the first request; one movement if the partner repeats it under the same reference or key.
        case executedIfRepeated
    }

    /// Who.
    public var `operator`: SandboxOperator
    /// Which of its products.
    public var product: Product
    /// The outcome's name.
    public var name: String
    /// How to force it.
    public var trigger: Trigger
    /// What the books hold in the end.
    public var execution: Execution

    /// Whether the scenario is one of the design's public outcomes rather than a tool of hostile tests.
    public var isPublic: Bool { !name.hasPrefix("fault_") }

    /// Every magic value of every operator.
    public static let all = tmoney + flouciPages + flouciAccept + card
}
