/// Takes a transfer on from one of its orders to the next, as ``TransferRules`` decide.
final class TransferDriver: EnginePart {
    let context: EngineContext
    private let planner: RoutePlanner
    private let committer: Committer
    private let runner: AttemptRunner
    private let followUps: FollowUpCreation

    init(
        _ context: EngineContext, _ planner: RoutePlanner, _ committer: Committer, _ runner: AttemptRunner,
        _ followUps: FollowUpCreation
    ) {
        self.context = context
        self.planner = planner
        self.committer = committer
        self.runner = runner
        self.followUps = followUps
    }

    /// Does what is due for a transfer.
    ///
    /// The caller holds its lock. Each order is begun in one commit with the transfer, which compares the version that this
    /// was decided on; the ledger keeps two of them from taking the same money out of suspense.
    func advance(_ transfer: OrderAggregate) async {
        let now = time.now
        guard let state = transfer.transferState else { return }
        switch context.transferRules.next(state, now) {
        case .startCredit: await startCredit(transfer, at: now)
        case .startCompensation: await compensate(transfer, at: now)
        case .wait, .lookAgain, .complete, .fail, .cancel, .giveUp, .park:
            await committer.update(transfer)
        }
    }

    /// Tries to give the sender the money back, once more, for a person who asked for it.
    func compensateAgain(_ id: OrderID) async throws(StoreFailure) -> OrderAggregate? {
        guard let transfer = try await store.orderAggregate(id), transfer.order.review?.reason == .transferParked,
            transfer.transferState?.mayBeGivenBackAgain == true, locks.lock(id)
        else { return try await store.orderAggregate(id) }
        await compensate(transfer, at: time.now)
        locks.release(id)
        return try await store.orderAggregate(id)
    }

    private func startCredit(_ transfer: OrderAggregate, at now: Moment) async {
        guard let terms = transfer.order.request.transfer, let request = TransferLegs.credit(transfer.order, terms)
        else { return }
        let id = OrderID(.payout, at: now, from: random)
        let decision = planner.explain(
            request, id: id, app: transfer.order.app, environment: transfer.order.environment, at: now)
        let number = transfer.order.followUps.count { $0.kind == .payout } + 1
        let leg = OrderAggregate.leg(of: transfer.order, id: id, request, decision, number: number, at: now)
        var changed = transfer
        changed.attach(FollowUp(leg))
        committer.conclude(&changed, at: now)
        _ = locks.lock(id)
        switch await committer.commit(leg, Committer.Extras(joined: [changed])) {
        case .done(let accepted): work(locked: id) { await self.runner.advance(accepted) }
        case .conflict(let conflict):
            locks.release(id)
            await notBegun(transfer, "\(conflict)")
        case .failed: locks.release(id)
        }
    }

    private func compensate(_ transfer: OrderAggregate, at now: Moment) async {
        guard let debit = transfer.order.followUps.last(where: { $0.kind == .payment && $0.status == .succeeded })
        else {
            return
        }
        let number = transfer.order.followUps.count { $0.kind == .refund } + 1
        // Callers' keys hold no control characters.
        var command = Engine.FollowUpCommand(
            .refund, of: debit.id, idempotencyKey: "\u{1F}compensation-\(number)", fingerprint: [],
            requestID: transfer.order.requestID, respondsAsync: true)
        command.transfer = transfer.order.id
        switch await followUps.create(command) {
        case .done, .replayed: return
        case .refused: await park(transfer)
        case .noProviderNow, .unavailable, .unknown: await notBegun(transfer, "no provider takes it at the moment")
        default: await notBegun(transfer, "it could not begin")
        }
    }

    /// Nobody can give the money back: it stays in suspense, with people.
    private func park(_ transfer: OrderAggregate) async {
        let now = time.now
        _ = try? await committer.mutate(transfer.order.id) { transfer in
            transfer.take(.park, at: now)
            transfer.setDue(nil)
            return transfer.isDirty
        }
    }

    /// Somebody else wrote first, or a part of the router takes nothing now: it is tried again.
    private func notBegun(_ transfer: OrderAggregate, _ why: String) async {
        let later = time.now.adding(seconds: 1)
        _ = try? await committer.mutate(transfer.order.id) { transfer in
            guard transfer.order.outcome == .open, transfer.order.due != nil else { return false }
            transfer.setDue(TimerEntry(at: later, queue: .engine))
            return true
        }
        record(.alarm(.transferDelayed, order: transfer.order.id, detail: why))
    }
}
