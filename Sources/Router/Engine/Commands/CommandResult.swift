extension Engine {
    /// What became of a command that carries an idempotency key.
    package enum CommandResult: Sendable {
        /// Done now; `status` is 201 when the operator's first answer is known, 202 otherwise.
        case done(OrderAggregate, status: Int)
        /// The same command was done before; this is the payment as it is now.
        case replayed(OrderAggregate, IdempotencyRecord)
        /// The key belongs to another request.
        case keyReused(IdempotencyRecord)
        /// No provider can take such a payment.
        case noRoute(RouteDecision)
        /// No provider can take it at the moment; nothing was stored.
        case noProviderNow(RouteDecision)
        /// The router is draining or its store does not work; nothing was stored.
        case unavailable
        /// Its commit failed, or what its key was used for, or the payment it is about, could not be read: nobody knows
        /// whether it was done. The same command under the same key finds out.
        case unknown
        /// The payment is not in a state for this command.
        case notPossible(OrderAggregate)
        /// Nothing was decided about the payer's code: its operator did not answer or takes nothing at the moment, or other
        /// work held the payment. No try was used up.
        case codeUnchecked(OrderAggregate)
        /// The payer's input cannot be used as it is.
        case unusableInput(String)
        /// The operator was asked about the payer's code and refused it; the payment as it is after that.
        case wrongCode(OrderAggregate)
        /// The shop has to accept the payment first, or cannot accept it so.
        case notAccepted(OrderAggregate, AcceptanceRefusal)
        /// An earlier order keeps this one out under its order number; whether the new one may name it in `repeat_of`.
        case possibleDuplicate(Order, isRepeatable: Bool)
        /// `repeat_of` does not name the order that holds the order number, which is the given one, or none.
        case wrongRepeat(Order?)
        /// Too many payouts of this order number and payee failed.
        case tooManyAlike
        /// A wallet of the request cannot be used so.
        case walletRefused(WalletRefusal)
        /// The money is not there, or a limit is used up: nothing was stored.
        case ledgerRefused(LedgerRefusal)
        /// The holder's code does not allow it: nothing was stored.
        case challengeRefused(ChallengeRefusal)
        /// The bill cannot be paid by it: nothing was stored.
        case billRefused(BillRefusal)
        /// The operator where a transfer goes knows no such recipient.
        case recipientUnknown
        /// The operator who would know the recipient has not answered; the text says why.
        case recipientUnverified(String)
        /// The payment does not allow such an order about it.
        case refused(OrderAggregate, FollowUpRefusal)

        /// Whether the command did nothing: then the same command may have been done before.
        var didNothing: Bool {
            switch self {
            case .noRoute, .noProviderNow, .unavailable, .notPossible, .notAccepted, .possibleDuplicate, .wrongRepeat,
                .tooManyAlike, .refused, .walletRefused, .ledgerRefused, .recipientUnknown, .recipientUnverified,
                .challengeRefused, .billRefused:
                true
            case .done, .replayed, .keyReused, .unknown, .codeUnchecked, .unusableInput, .wrongCode: false
            }
        }
    }
}
