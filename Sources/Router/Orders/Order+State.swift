/// What changes in an order's life, held once however often the order is copied.
extension Order {
    struct State: Sendable, Hashable {
        var purpose: MoneyOperation
        var outcome: OrderOutcome
        var status: OrderStatus = .processing
        var certainty: Certainty = .confirmed
        var chosen: Candidate?
        var nextActions: [CustomerAction] = []
        var failure: OrderFailure?
        var cancelRequestedAt: Moment?
        var changeRequestedAt: Moment?
        var review: Review?
        var choice: PayerChoice?
        var awaitsInput: Bool = false
        var asksChannel: Bool = false
        var inputActions: [CustomerAction] = []
        var followUps: [FollowUp] = []
        var heldUntil: Moment?
        var acceptedAt: Moment?
        var acceptBy: Moment?
        var codeRefusals: Int = 0
        var codeAskedAt: Moment?
        var lapsedAt: Moment?
        var isUnclaimed = false
        var dailyUses: [DailyUse] = []
        var disputes: [Dispute] = []
        var notices: [Notice] = []
        var eventCount: Int64 = 0
        var version: Int64 = 0
        var due: TimerEntry?
        var updatedAt: Moment
    }

    /// What its money moves for; a payment can turn from a collection into a hold before anything is tried.
    package internal(set) var purpose: MoneyOperation {
        _read { yield state.value.purpose }
        _modify { yield &state.value.purpose }
    }
    package internal(set) var outcome: OrderOutcome {
        _read { yield state.value.outcome }
        _modify { yield &state.value.outcome }
    }
    package var status: OrderStatus {
        _read { yield state.value.status }
        _modify { yield &state.value.status }
    }
    package var certainty: Certainty {
        _read { yield state.value.certainty }
        _modify { yield &state.value.certainty }
    }
    /// The channel and provider of the latest attempt or wish for input.
    package var chosen: Candidate? {
        _read { yield state.value.chosen }
        _modify { yield &state.value.chosen }
    }
    package var nextActions: [CustomerAction] {
        _read { yield state.value.nextActions }
        _modify { yield &state.value.nextActions }
    }
    package var failure: OrderFailure? {
        _read { yield state.value.failure }
        _modify { yield &state.value.failure }
    }
    package var cancelRequestedAt: Moment? {
        _read { yield state.value.cancelRequestedAt }
        _modify { yield &state.value.cancelRequestedAt }
    }
    /// Since when the payer wants another channel than the one whose page is open.
    package var changeRequestedAt: Moment? {
        _read { yield state.value.changeRequestedAt }
        _modify { yield &state.value.changeRequestedAt }
    }
    package var review: Review? {
        _read { yield state.value.review }
        _modify { yield &state.value.review }
    }
    /// What the payer chose on the hosted page.
    package var choice: PayerChoice? {
        _read { yield state.value.choice }
        _modify { yield &state.value.choice }
    }
    /// Set while the payer has to type or choose something before anything can be sent.
    package var awaitsInput: Bool {
        _read { yield state.value.awaitsInput }
        _modify { yield &state.value.awaitsInput }
    }
    /// Whether the payer was asked for a channel although the caller had not wished a hosted payment.
    package var asksChannel: Bool {
        _read { yield state.value.asksChannel }
        _modify { yield &state.value.asksChannel }
    }
    /// What the payer was asked for when input was awaited first; asked again after a refused code.
    package var inputActions: [CustomerAction] {
        _read { yield state.value.inputActions }
        _modify { yield &state.value.inputActions }
    }
    /// What was asked for about this payment since: refunds, a capture, a void, oldest first.
    package var followUps: [FollowUp] {
        _read { yield state.value.followUps }
        _modify { yield &state.value.followUps }
    }
    /// Until when the operator holds the money, once it does.
    package var heldUntil: Moment? {
        _read { yield state.value.heldUntil }
        _modify { yield &state.value.heldUntil }
    }
    /// When the shop accepted the amount, where it has to; see ``OrderRequest/needsAcceptance``.
    package var acceptedAt: Moment? {
        _read { yield state.value.acceptedAt }
        _modify { yield &state.value.acceptedAt }
    }
    /// Until when the shop may accept an amount that is held; before that moment is known, the deadline counts.
    package var acceptBy: Moment? {
        _read { yield state.value.acceptBy }
        _modify { yield &state.value.acceptBy }
    }
    /// Typed codes the operator refused when it was asked about them; those it refused as an attempt are not in here.
    package var codeRefusals: Int {
        _read { yield state.value.codeRefusals }
        _modify { yield &state.value.codeRefusals }
    }
    /// Since when the operator is being asked about a typed code; the try is given back unless the answer refuses it.
    package var codeAskedAt: Moment? {
        _read { yield state.value.codeAskedAt }
        _modify { yield &state.value.codeAskedAt }
    }
    /// When the hold ended without a capture or void of ours.
    package var lapsedAt: Moment? {
        _read { yield state.value.lapsedAt }
        _modify { yield &state.value.lapsedAt }
    }
    /// Whether its money went to the account of unclaimed money, because its wallet was closed.
    package var isUnclaimed: Bool {
        _read { yield state.value.isUnclaimed }
        _modify { yield &state.value.isUnclaimed }
    }
    /// What it has counted on daily limits, oldest first.
    package var dailyUses: [DailyUse] {
        _read { yield state.value.dailyUses }
        _modify { yield &state.value.dailyUses }
    }
    /// What evidence says against attempts that are final, oldest first.
    package var disputes: [Dispute] {
        _read { yield state.value.disputes }
        _modify { yield &state.value.disputes }
    }
    /// Disputes and refunds that happened at the operator without our asking, oldest first.
    package var notices: [Notice] {
        _read { yield state.value.notices }
        _modify { yield &state.value.notices }
    }
    /// Events written so far; the next one has this number plus one.
    package var eventCount: Int64 {
        _read { yield state.value.eventCount }
        _modify { yield &state.value.eventCount }
    }
    /// Counts commits; every write compares and sets it.
    package var version: Int64 {
        _read { yield state.value.version }
        _modify { yield &state.value.version }
    }
    /// The one thing due next, while the payment is not final.
    package var due: TimerEntry? {
        _read { yield state.value.due }
        _modify { yield &state.value.due }
    }
    package var updatedAt: Moment {
        _read { yield state.value.updatedAt }
        _modify { yield &state.value.updatedAt }
    }
}
