/// A definite "no": the operator's answer proves that nothing was and will be executed.
public struct Refusal: Sendable, Hashable {
    /// Why, in the router's words.
    public var reason: RefusalReason
    /// The operator's code as it was sent, where there is one.
    public var providerCode: String?
    /// `false` if the operator may still turn this into a success within the contract's failure quarantine.
    public var isDefinitive: Bool
    /// `true` if this answer alone proves nothing: it counts once a check finds that nothing was tried
    /// (``StatusCheckResult/untried``), and only if every transmission was answered like this one.
    public var needsCheck: Bool

    /// Definitive unless said otherwise, so say it of every refusal that no document of the operator calls final.
    public init(
        _ reason: RefusalReason, providerCode: String? = nil, isDefinitive: Bool = true, needsCheck: Bool = false
    ) {
        self.reason = reason
        self.providerCode = providerCode
        self.isDefinitive = isDefinitive
        self.needsCheck = needsCheck
    }
}

/// The router's list of reasons for "no".
///
/// New cases may be added.
public enum RefusalReason: String, Sendable, Hashable, CaseIterable, Decodable {
    /// The payer's balance or limit does not cover the amount.
    case insufficientFunds = "insufficient_funds"
    /// The payer's PIN, code or card data was wrong.
    case wrongCredentials = "wrong_credentials"
    /// The code typed by the payer was refused; it may be typed again.
    case wrongCode = "wrong_code"
    /// The payer or the payer's bank said no.
    case declined
    /// The payer cancelled.
    case cancelledByPayer = "cancelled_by_payer"
    /// The payer did not act in time.
    case expired
    /// The payer's account is closed, blocked or unknown to the operator.
    case accountUnavailable = "account_unavailable"
    /// A limit of the payer was reached.
    case limitReached = "limit_reached"
    /// The operator suspects fraud. Shown to payers as `declined` only.
    case suspectedFraud = "suspected_fraud"
    /// Strong customer authentication is needed and was not possible or failed.
    case authenticationRequired = "authentication_required"
    /// The token was used before or is not known.
    case tokenUnusable = "token_unusable"
    /// The operator found the request itself wrong.
    case invalidRequest = "invalid_request"
    /// The operator refused our credentials.
    case credentialsRefused = "credentials_refused"
    /// The operator asked us to slow down before doing anything.
    case throttled
    /// The operator says that it cannot work now and has done nothing.
    case operatorUnavailable = "operator_unavailable"
    /// Our own balance at the operator does not cover it.
    case floatExhausted = "float_exhausted"
    /// The request never left: no connection, or preparation failed.
    case notSent = "not_sent"
    /// The router had no descriptor or memory left to send with until it was too late: nothing left.
    case capacityExhausted = "capacity_exhausted"
    /// The operator took it and then ended it unexecuted for reasons of its own, or was asked often and long enough and
    /// has no such transaction.
    case notExecuted = "not_executed"
    /// A definite refusal without a known reason.
    case unspecified

    /// Whose side the reason is on.
    public var blame: Blame {
        switch self {
        case .insufficientFunds, .wrongCredentials, .wrongCode, .declined, .cancelledByPayer, .expired,
            .accountUnavailable, .limitReached, .suspectedFraud, .authenticationRequired, .tokenUnusable:
            .payer
        case .invalidRequest: .merchant
        case .credentialsRefused, .floatExhausted, .capacityExhausted: .platform
        case .throttled, .operatorUnavailable, .notSent, .notExecuted: .operator
        case .unspecified: .payer
        }
    }

    /// Whose side a refusal is on.
    ///
    /// Only refusals on the operator's or the platform's side may fail over.
    public enum Blame: String, Sendable, Hashable {
        /// The payer, or the payer's bank.
        case payer
        /// The caller of the router.
        case merchant
        /// Whoever runs the router: credentials, float.
        case platform
        /// The operator.
        case `operator`
    }
}
