/// One magic value: an input that forces an outcome without anybody's decision, and all that is needed to try it.
///
/// Names (`succeeds`, `lost_answer_executed`, ...) are public, because `payrouter test-values` prints them; those that
/// begin with `fault_` serve hostile tests only.
public struct SandboxScenario: Sendable, Hashable {
    /// What a caller of the router asks for.
    public enum Operation: String, Sendable, Hashable, CaseIterable {
        /// Money in.
        case collect
        /// Money out.
        case payout
        /// Money back, for a collection that succeeded.
        case refund
        /// Money held.
        case authorize
    }

    /// A value and the field of the request that it goes into.
    public enum Trigger: Sendable, Hashable {
        /// The customer's phone: country code and number, digits only.
        case phone(String)
        /// The exact amount in minor units.
        case amount(Int64)
        /// The code typed by the payer, which the confirm call carries.
        case code(String)
        /// The card or wallet token.
        case token(String)
        /// The exact amount of the refund in minor units.
        case refundAmount(Int64)
        /// The customer's account number at a biller.
        case billAccount(String)

        /// The member of the request that carries the value.
        public var place: String {
            switch self {
            case .phone: "phone"
            case .amount: "amount"
            case .code: "code"
            case .token: "token"
            case .refundAmount: "refund's amount"
            case .billAccount: "bill account"
            }
        }

        /// The value as it is typed or sent.
        public var text: String {
            switch self {
            case .phone(let text), .code(let text), .token(let text), .billAccount(let text): text
            case .amount(let amount), .refundAmount(let amount): String(amount)
            }
        }
    }

    /// What the books hold once everything scheduled has happened.
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

    /// What a router that neither guesses nor forgets shows in the end.
    public struct End: Sendable, Hashable {
        /// The status of the payment, payout or refund.
        public var status: String
        /// `confirmed` or `unknown`.
        public var certainty: String

        /// The money moved, and it is known.
        public static let succeeded = End(status: "succeeded", certainty: "confirmed")
        /// The money is held, and it is known.
        public static let authorized = End(status: "authorized", certainty: "confirmed")
        /// It did not move and never will.
        public static let failed = End(status: "failed", certainty: "confirmed")
        /// Only people can tell.
        public static let underReview = End(status: "under_review", certainty: "unknown")

        /// How an outcome ends at operators that can be asked under the partner's reference, and whose "not found"
        /// proves nothing.
        public static func usual(_ name: String) -> End {
            switch name {
            case "succeeds", "succeeds_later", "duplicate_callback", "late_success", "lost_answer_executed",
                "error_after_executing":
                .succeeded
            case "insufficient_funds", "declined", "error_without_executing": .failed
            default: .underReview
            }
        }
    }

    /// One more member of a request.
    public struct Field: Sendable, Hashable {
        /// The member's name.
        public var name: String
        /// What is sent under the name.
        public var value: String
        /// Whether the text must be new each time, because the operator executes it once: whoever sends it adds chance.
        public var isFresh = false
    }

    /// The operator that acts on the value.
    public var `operator`: SandboxOperator
    /// The router's channel.
    public var channel: String
    /// The call in which the value counts.
    public var operation: Operation
    /// The outcome's name.
    public var name: String
    /// How to force it.
    public var trigger: Trigger
    /// Other values that the request needs; nothing about them is magic.
    public var others: [Trigger] = []
    /// The amount in minor units; for refunds that of the payment.
    public var amount: Int64
    /// The currency's three letters.
    public var currency: String
    /// Metadata of the request, which routing rules may look at.
    public var metadata: [Field] = []
    /// Whether the payer's browser needs somewhere to return to.
    public var needsReturnURLs = false
    /// Whether it acts once the payer opens the page or scans the code, rather than at once; for refunds the payment's.
    public var actsWhenOpened = false
    /// How soon the payment shall expire, in seconds.
    public var expiresInSeconds: Int64?
    /// What the confirm call carries besides the code.
    public var confirmFields: [Field] = []
    /// What the router shows in the end, unless a person interferes.
    public var end: End
    /// What the books hold in the end.
    public var execution: Execution

    /// Whether `payrouter test-values` prints it; the others are tools of hostile tests.
    public var isPublic: Bool { !name.hasPrefix("fault_") }

    /// Every magic value of every operator.
    public static var all: [SandboxScenario] { SimulatedOperators.all.flatMap { $0.scenarios } }
}
