/// What the router owes a held payment by itself: to collect what the shop accepted, and to give back what it did not.
final class HoldDuties: EnginePart {
    let context: EngineContext
    private let committer: Committer
    private let followUps: FollowUpCreation

    init(_ context: EngineContext, _ committer: Committer, _ followUps: FollowUpCreation) {
        self.context = context
        self.committer = committer
        self.followUps = followUps
    }

    /// Begins the capture or the release that is owed to a held payment.
    ///
    /// The caller holds the payment's lock. The order is its own and is driven like any; it is begun in one commit with the
    /// payment, which compares what was decided on.
    func fulfil(_ aggregate: OrderAggregate) async {
        let now = time.now
        guard let duty = aggregate.holdDuty(at: now) else { return }
        let key = OwnKey.of(duty == .capture ? "accepted" : "not-accepted-\(aggregate.refusedReleases)")
        var command = Engine.FollowUpCommand(
            duty == .capture ? .capture : .void, of: aggregate.order.id, idempotencyKey: key, fingerprint: [],
            requestID: aggregate.order.requestID, respondsAsync: true)
        command.duty = duty
        switch await followUps.create(command) {
        case .done, .replayed, .notPossible: return
        default: break
        }
        alarm(.holdNotSettled, order: aggregate.order.id, "\(duty) could not begin; it is tried again")
        _ = try? await committer.mutate(aggregate.order.id) { aggregate in
            guard aggregate.holdDuty(at: now) == duty else { return false }
            aggregate.change { $0.due = TimerEntry(at: now.adding(seconds: 60), queue: .engine) }
            return true
        }
    }
}
