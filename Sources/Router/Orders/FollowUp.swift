/// A refund, capture or void as its payment remembers it.
package struct FollowUp: Sendable, Hashable {
    package var id: OrderID
    package var amount: Money
    package var status: OrderStatus
    package var certainty: Certainty
    /// What it has taken, or may still take, of its payment's money.
    package var taken: Money
    /// What it has taken for certain.
    package var executed: Money
    /// Gives back what an operator took although the payment was closed without success.
    package var isOfLateExecution: Bool
    /// The review that it waits for; `nil` while people are not needed.
    package var review: OpenReview?
    /// Until when what failed may still turn out to have been executed; `nil` if it cannot, or is not dead.
    package var quarantineEnd: Moment?
    /// Whether its money arrived for a wallet that was closed meanwhile, and lies on what is unclaimed.
    package var isUnclaimed = false
    /// What the payer has to do for it now; only kept of orders of transfers.
    package var actions: [CustomerAction] = []

    /// Why people have to look, and since when.
    package struct OpenReview: Sendable, Hashable {
        package var reason: Review.Reason
        package var since: Moment

        package init(reason: Review.Reason, since: Moment) {
            self.reason = reason
            self.since = since
        }
    }

    package var kind: OrderKind { id.kind }
    /// Whether it has taken, or may still take, anything.
    package var holdsAmount: Bool { taken.minorUnits > 0 }

    package init(
        id: OrderID, amount: Money, status: OrderStatus = .processing, certainty: Certainty = .confirmed,
        taken: Money? = nil, executed: Money? = nil, isOfLateExecution: Bool = false,
        review: OpenReview? = nil, quarantineEnd: Moment? = nil
    ) {
        let none = Money(0, amount.currency)
        self.id = id
        self.amount = amount
        self.status = status
        self.certainty = certainty
        self.taken = taken ?? (status == .failed ? none : amount)
        self.executed = executed ?? (status == .succeeded ? amount : none)
        self.isOfLateExecution = isOfLateExecution
        self.review = review
        self.quarantineEnd = quarantineEnd
    }

    /// As its payment shall remember it: that it is on its way is no doubt yet.
    package init(_ aggregate: OrderAggregate) {
        let order = aggregate.order
        let isOnItsWay = order.status == .processing && aggregate.liveAttempt?.state == .sending
        self.init(
            id: order.id, amount: order.amount, status: order.status,
            certainty: isOnItsWay ? .confirmed : order.certainty, taken: order.taken,
            executed: order.outcome == .open ? order.lateExecuted : order.taken,
            isOfLateExecution: order.request.followUp?.isOfLateExecution == true,
            review: order.review.map { OpenReview(reason: $0.reason, since: $0.since) },
            quarantineEnd: order.outcome == .failed ? aggregate.attempts.compactMap(\.quarantineEnd).max() : nil)
        isUnclaimed = order.isUnclaimed
        if order.parent?.kind == .transfer, order.status == .awaitingCustomer { actions = order.nextActions }
    }
}

/// What a refund, capture or void is about: fixed when it is accepted.
package struct FollowUpTerms: Sendable, Hashable {
    package var original: OriginalCollection
    /// Which of the payment's orders of its kind it is, counted from 1.
    package var ordinal: Int
    /// A refund that the operator knows as a payout, because it has no refunds.
    package var isPaidOut: Bool
    /// A refund of what an operator took although the payment was closed without success.
    package var isOfLateExecution: Bool
    /// The scope of the attempt that has the money, as ``OperatorScope`` writes it.
    ///
    /// Empty for orders of older releases.
    package var scope: String
    /// The wallet that has, or had, the payer's money; `nil` where an operator has.
    package var wallet: WalletID?

    package init(
        original: OriginalCollection, ordinal: Int, isPaidOut: Bool = false, isOfLateExecution: Bool = false,
        scope: String = "", wallet: WalletID? = nil
    ) {
        self.original = original
        self.ordinal = ordinal
        self.isPaidOut = isPaidOut
        self.isOfLateExecution = isOfLateExecution
        self.scope = scope
        self.wallet = wallet
    }
}

/// An ``OperatorNotice`` as its payment remembers it.
package struct Notice: Sendable, Hashable {
    package var kind: OperatorNotice.Kind
    package var operatorReference: String
    package var amount: Money?
    package var reason: String?
    package var at: Moment

    package init(
        kind: OperatorNotice.Kind, operatorReference: String, amount: Money?, reason: String?, at: Moment
    ) {
        self.kind = kind
        self.operatorReference = operatorReference
        self.amount = amount
        self.reason = reason
        self.at = at
    }
}

/// Why a refund, capture or void cannot be accepted.
package enum FollowUpRefusal: Error, Sendable, Hashable {
    /// The payment is not in a state for it.
    case wrongState
    /// The shop has to accept the payment first.
    case notAccepted
    /// Another capture or void is under way or done.
    case decidedAlready
    /// More than is left; the amount is what is left.
    case exceeds(Money)
    /// The provider, or this provider on this channel, cannot do it; the text says what.
    case notSupported(String)
    /// No provider can do it at present, and one may later; the text says what.
    case notNow(String)
    /// The text is longer than the operator takes; the number is the most characters it takes.
    case descriptionTooLong(Int)
    /// The provider that has the money is not configured.
    case providerMissing(ProviderID)
    /// Too late at this operator.
    case tooLate
    /// The payment is one of the orders of a transfer, which alone decides about its money.
    case belongsToTransfer(OrderID)
    /// The money is in a holder's wallet, which no app's key debits.
    case belongsToHolder(WalletID)
    /// The wallet that has the money has not enough of it, or lets nothing out.
    case ledger(LedgerRefusal)
}
