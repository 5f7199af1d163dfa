/// What one reply of an operator proves about one money request.
public enum ProviderOutcome: Sendable, Hashable {
    /// The money moved, as stated. The core compares the statement with the attempt; a difference is a conflict.
    case succeeded(ReportedTransaction)
    /// The operator accepted the request; the end is open.
    case pending(Progress)
    /// The operator's answer proves that nothing was and will be executed.
    case rejected(Refusal)
    /// Everything else. Say why, for the record.
    case unknown(Doubt)
}

/// What an operator states about a transaction.
///
/// What it states is compared; what it leaves out must be bound otherwise.
public struct ReportedTransaction: Sendable, Hashable {
    /// Our reference as the operator repeats it; `nil` if it does not, and the call itself was bound to the reference.
    public var reference: String?
    /// What the operator says moved, also if it is not what was asked.
    public var amount: ReportedAmount
    /// The operator's own transaction id; never our reference, which it only repeats.
    public var operatorReference: String?
    /// The operator's earlier name for the same transaction, where the finished one has another: what it was accepted
    /// under is not what the receipt says.
    public var acceptedAs: String?
    /// What of our own money the operator holds after this, where it tells.
    public var balance: Balance?
    /// What a biller hands over for the money, such as a prepaid electricity token.
    ///
    /// Pass on what is stated, as it is stated: at most 200 printable characters count, and anything else is a doubt about
    /// the goods, not about the money.
    public var goods: Secret?

    /// Pass on only what the operator states; what it leaves out is left out here.
    public init(
        reference: String? = nil, amount: ReportedAmount = .notStated, operatorReference: String? = nil,
        acceptedAs: String? = nil, balance: Balance? = nil, goods: Secret? = nil
    ) {
        self.goods = goods
        self.balance = balance
        self.acceptedAs = acceptedAs
        self.reference = reference
        self.amount = amount
        self.operatorReference = operatorReference
    }
}

/// An accepted, open transaction.
public struct Progress: Sendable, Hashable {
    /// What the payer has to do now.
    public var actions: [CustomerAction]
    /// The operator's own transaction id, where it gives one.
    public var operatorReference: String?

    /// Without actions the payer is asked to wait.
    public init(actions: [CustomerAction] = [.wait], operatorReference: String? = nil) {
        self.actions = actions
        self.operatorReference = operatorReference
    }
}

/// Why a reply proves nothing.
public struct Doubt: Sendable, Hashable {
    /// Why nothing is proven; some kinds show that the request arrived, and forbid a resend.
    public enum Kind: String, Sendable, Hashable {
        /// The reply's code, status or shape is not in the operator's table.
        case unlisted
        /// The reply cannot be read.
        case unreadable
        /// The operator says it knows our reference already.
        case duplicateReference = "duplicate_reference"
        /// The operator is at work on the same request.
        case inProgress = "in_progress"
        /// The reply shows that the operator has the request, but not what became of it: a success without a readable
        /// amount, an answer to our call that cannot be trusted further, "already processed".
        case arrived
        /// The operator says that something failed, without saying whether it executed.
        case operatorError = "operator_error"
    }

    /// Decides whether a resend is still allowed, and whether a check is made at once.
    public var kind: Kind
    /// The operator's code, where there is one.
    public var providerCode: String?

    /// The code is for people who look at the order; it decides nothing.
    public init(_ kind: Kind, providerCode: String? = nil) {
        self.kind = kind
        self.providerCode = providerCode
    }
}

/// What an operator says when asked about an attempt.
public enum StatusCheckResult: Sendable, Hashable {
    /// It knows the transaction.
    case found(ProviderOutcome)
    /// It was asked under our reference, properly authenticated, and knows no such transaction.
    case absent
    /// It shows the very object that the request was about, and that nothing has ever been tried on it.
    ///
    /// That proves a refusal only where the operator has answered every transmission with one that
    /// ``Refusal/needsCheck``: then nothing is on its way any more. Otherwise it is worth what ``absent`` is.
    case untried
    /// It could not be asked, or its answer is no answer.
    case couldNotAnswer(String)
}

extension StatusCheckResult {
    /// What an answer found is worth; one that proves nothing is no answer to the question.
    public init(_ answer: ProviderOutcome) {
        switch answer {
        case .unknown(let doubt): self = .couldNotAnswer(doubt.providerCode ?? doubt.kind.rawValue)
        case .succeeded, .pending, .rejected: self = .found(answer)
        }
    }
}
