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

    /// Tries to give the sender of a parked transfer the money back, for a person who asked for it.
    ///
    /// - Returns: The transfer with its new order, or why none was begun; `nil` if there is no such transfer.
    func compensateAgain(_ id: OrderID) async throws(StoreFailure) -> Result<OrderAggregate, Engine.NotGivenBack>? {
        guard let transfer = try await store.orderAggregate(id), let state = transfer.transferState else { return nil }
        guard transfer.order.review?.reason == .transferParked else { return .failure(.notParked) }
        if let objection = state.objectionToGivingBack(at: time.now) { return .failure(.objection(objection)) }
        guard locks.lock(id) else { return .failure(.notNow("the router is at work on it")) }
        let result = await beginCompensation(transfer, at: time.now)
        locks.release(id)
        if let objection = Self.objection(to: result) { return .failure(objection) }
        return try await store.orderAggregate(id).map { .success($0) }
    }

    private func startCredit(_ transfer: OrderAggregate, at now: Moment) async {
        guard let terms = transfer.order.request.transfer, let request = TransferLegs.credit(transfer.order, terms)
        else { return }
        let id = OrderID(.payout, at: now, from: random)
        let decision = planner.explain(
            request, id: id, app: transfer.order.app, environment: transfer.order.environment, isUnderWay: true, at: now
        )
        // An order without anybody to send it to would be over at once, and the money go back for nothing but a moment.
        guard !decision.plan.isEmpty else {
            guard decision.isHopeless else { return await notBegun(transfer, "no provider can pay the recipient now") }
            return await compensate(transfer, at: now)
        }
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
        switch Self.objection(to: await beginCompensation(transfer, at: now)) {
        case nil: return
        case .refused: await park(transfer)
        case .notNow(let why): await notBegun(transfer, why)
        case .notParked, .objection: return
        }
    }

    private static func objection(to result: Engine.CommandResult?) -> Engine.NotGivenBack? {
        switch result {
        case .done, .replayed: nil
        case .refused(_, .notNow(let why)): .notNow(why)
        case .refused(_, let refusal): .refused(refusal)
        case .noProviderNow, .unavailable, .unknown: .notNow("no provider takes it at the moment")
        default: .notNow("it could not begin")
        }
    }

    /// Begins the order that gives the sender the money back; `nil` if there is nothing to give back.
    private func beginCompensation(_ transfer: OrderAggregate, at now: Moment) async -> Engine.CommandResult? {
        guard let debit = transfer.order.followUps.last(where: { $0.kind == .payment && $0.status == .succeeded })
        else { return nil }
        let number = transfer.order.followUps.count { $0.kind == .refund } + 1
        var command = Engine.FollowUpCommand(
            .refund, of: debit.id, idempotencyKey: OwnKey.of("compensation-\(number)"), fingerprint: [],
            requestID: transfer.order.requestID, respondsAsync: true)
        command.transfer = transfer.order.id
        return await followUps.create(command)
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

    /// Somebody else wrote first, or no provider takes it now: it is tried again, the older it is the more rarely.
    private func notBegun(_ transfer: OrderAggregate, _ why: String) async {
        let age = (time.now.milliseconds - transfer.order.createdAt.milliseconds) / 1_000
        let later = time.now.adding(seconds: min(300, max(5, age / 4)))
        _ = try? await committer.mutate(transfer.order.id) { transfer in
            guard transfer.order.outcome == .open, transfer.order.due != nil else { return false }
            transfer.setDue(TimerEntry(at: later, queue: .engine))
            return true
        }
        record(.alarm(.transferDelayed, order: transfer.order.id, detail: why))
    }
}

extension Engine {
    /// Why the money of a parked transfer is not being given back.
    package enum NotGivenBack: Error, Sendable, Hashable {
        case notParked
        case objection(TransferState.BackObjection)
        /// It could not begin at present.
        case notNow(String)
        /// It cannot be begun as things are configured.
        case refused(FollowUpRefusal)
    }
}
