/// Pays money out to customers.
public protocol PayingOut: PaymentProvider {
    /// Turns an instruction into the request that moves money. May ask, as ``Collecting/prepare(_:asking:)`` may.
    ///
    /// - Throws: ``PreparationFailure``; any throw means *not sent*.
    func preparePayout(
        _ order: PayoutInstruction, asking wire: any Asking
    ) async throws(PreparationFailure) -> MoneyRequest

    /// Says what a complete reply to the payout proves. Pure.
    func readPayout(_ reply: WireReply, to order: PayoutInstruction) -> ProviderOutcome
}

/// Gives money back for a collection.
public protocol Refunding: PaymentProvider {
    /// Turns an instruction into the request that moves money. May ask, as ``Collecting/prepare(_:asking:)`` may.
    ///
    /// - Throws: ``PreparationFailure``; any throw means *not sent*.
    func prepareRefund(
        _ order: FollowUpInstruction, asking wire: any Asking
    ) async throws(PreparationFailure) -> MoneyRequest

    /// Says what a complete reply to the refund proves. Pure. A statement's amount is the refund's, never negative.
    func readRefund(_ reply: WireReply, to order: FollowUpInstruction) -> ProviderOutcome
}

/// Collects money that an authorization holds.
public protocol Capturing: PaymentProvider {
    /// Turns an instruction into the request that moves money. May ask, as ``Collecting/prepare(_:asking:)`` may.
    ///
    /// - Throws: ``PreparationFailure``; any throw means *not sent*.
    func prepareCapture(
        _ order: FollowUpInstruction, asking wire: any Asking
    ) async throws(PreparationFailure)
        -> MoneyRequest

    /// Says what a complete reply to the capture proves. Pure. A statement's amount is the captured one.
    func readCapture(_ reply: WireReply, to order: FollowUpInstruction) -> ProviderOutcome
}

/// Releases money that an authorization holds.
public protocol Voiding: PaymentProvider {
    /// Turns an instruction into the request that releases the money. May ask, as ``Collecting/prepare(_:asking:)`` may.
    ///
    /// - Throws: ``PreparationFailure``; any throw means *not sent*.
    func prepareVoid(
        _ order: FollowUpInstruction, asking wire: any Asking
    ) async throws(PreparationFailure) -> MoneyRequest

    /// Says what a complete reply to the release proves. Pure. ``ProviderOutcome/succeeded(_:)`` means released.
    func readVoid(_ reply: WireReply, to order: FollowUpInstruction) -> ProviderOutcome
}
