/// Can end a page on which a payer could still pay: an operator's own *expire* or *cancel*.
///
/// The router asks for it when the payment was cancelled, when the payer wants another channel and when the payment's time is
/// over. Until the operator has said that the page is dead, the payment stays open.
public protocol Withdrawing: Checking {
    /// Tells the operator to let nobody pay on an open session any more.
    ///
    /// Must be harmless when repeated, also while the first call is under way or its answer was lost, and must end nothing
    /// that was paid: of a payer and this call, the operator lets one win.
    ///
    /// - Returns: ``Withdrawal/withdrawn(providerCode:)`` only if the operator says that the session is over and that nothing
    ///   was or will be paid on it. Everything else, "paid already" included, is ``Withdrawal/couldNotAnswer(_:)``: the
    ///   core then looks (``Checking/check(_:asking:)``) and asks again later.
    func withdraw(_ order: CollectInstruction, asking wire: any Asking) async -> Withdrawal
}

/// What asking an operator to end a session gave.
public enum Withdrawal: Sendable, Hashable, AskOutcome {
    /// The operator says that the session is dead: nothing was paid on it, and nothing can be.
    case withdrawn(providerCode: String?)
    /// Nothing is known; the text says why, for the record.
    case couldNotAnswer(String)
}
