import Router

/// What may fail over and what may not, written out: nothing of the code under test is asked.
extension RefusalReason {
    /// The reason lies with the operator or with whoever runs the router: another provider may be tried.
    static let failingOver: Set<RefusalReason> = [
        .credentialsRefused, .throttled, .operatorUnavailable, .floatExhausted, .notSent, .capacityExhausted,
        .notExecuted,
    ]

    /// The reason lies with the payer or with the caller: no other provider is tried.
    static let endingThePayment: Set<RefusalReason> = [
        .insufficientFunds, .wrongCredentials, .wrongCode, .declined, .cancelledByPayer, .expired, .accountUnavailable,
        .limitReached, .suspectedFraud, .authenticationRequired, .tokenUnusable, .invalidRequest, .unspecified,
    ]
}
