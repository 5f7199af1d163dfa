/// Pays money out to customers.
public protocol PayingOut: PaymentProvider {
    /// Turns an order into the request that moves money. May ask, as ``Collecting/prepare(_:asking:)`` may.
    ///
    /// - Throws: ``PreparationFailure``; any throw means *not sent*.
    func preparePayout(_ order: PayoutOrder, asking wire: any Asking) async throws(PreparationFailure) -> MoneyRequest

    /// Says what a complete reply to the payout proves. Pure.
    func readPayout(_ reply: WireReply, to order: PayoutOrder) -> Answer
}

/// Gives money back for a collection.
public protocol Refunding: PaymentProvider {
    /// Turns an order into the request that moves money. May ask, as ``Collecting/prepare(_:asking:)`` may.
    ///
    /// - Throws: ``PreparationFailure``; any throw means *not sent*.
    func prepareRefund(_ order: FollowUpOrder, asking wire: any Asking) async throws(PreparationFailure) -> MoneyRequest

    /// Says what a complete reply to the refund proves. Pure. A statement's amount is the refund's, never negative.
    func readRefund(_ reply: WireReply, to order: FollowUpOrder) -> Answer
}

/// Collects money that an authorization holds.
public protocol Capturing: PaymentProvider {
    /// Turns an order into the request that moves money. May ask, as ``Collecting/prepare(_:asking:)`` may.
    ///
    /// - Throws: ``PreparationFailure``; any throw means *not sent*.
    func prepareCapture(
        _ order: FollowUpOrder, asking wire: any Asking
    ) async throws(PreparationFailure)
        -> MoneyRequest

    /// Says what a complete reply to the capture proves. Pure. A statement's amount is the captured one.
    func readCapture(_ reply: WireReply, to order: FollowUpOrder) -> Answer
}

/// Releases money that an authorization holds.
public protocol Voiding: PaymentProvider {
    /// Turns an order into the request that releases the money. May ask, as ``Collecting/prepare(_:asking:)`` may.
    ///
    /// - Throws: ``PreparationFailure``; any throw means *not sent*.
    func prepareVoid(_ order: FollowUpOrder, asking wire: any Asking) async throws(PreparationFailure) -> MoneyRequest

    /// Says what a complete reply to the release proves. Pure. ``Answer/settled(_:)`` means released.
    func readVoid(_ reply: WireReply, to order: FollowUpOrder) -> Answer
}
