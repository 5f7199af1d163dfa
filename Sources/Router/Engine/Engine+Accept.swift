/// Making a new order durable (W1), with its idempotency key, its lock and the first attempt where it can begin.
extension Engine {
    /// A new order as it was committed, and what follows.
    struct Accepted: Sendable {
        let file: OrderFile
        let unit: UnitOfWork
        let step: FirstStep?
        let repeated: Changed?
    }

    /// Why a new order was not accepted.
    struct NotAccepted: Error {
        let result: CommandResult
    }

    /// Makes a new order durable, with its idempotency key, its lock and the first attempt where it can begin.
    func commitFirst(
        _ file: OrderFile, _ first: (file: OrderFile, step: FirstStep)?, _ command: CreateCommand, at now: Moment
    ) async -> Result<Accepted, NotAccepted> {
        var (started, step) = (first?.file ?? file, first?.step)
        func refused(_ result: CommandResult) -> Result<Accepted, NotAccepted> {
            step?.runtime.abandon(file.operation)
            return .failure(NotAccepted(result: result))
        }
        var taking = LockTaking.fresh(file.order)
        var mustDecide = file.order.request.repeatOf != nil
        for _ in 0..<Self.lockTries {
            if mustDecide {
                switch await takeLock(of: file.order, command) {
                case .taking(let found): taking = found
                case .refused(let result): return refused(result)
                }
            }
            let (result, accepted) = await commitOnce(started, step, taking, command, at: now)
            switch result {
            case .committed: return .success(accepted)
            case .conflict(_, .claim): mustDecide = true
            // The repeated payment changed meanwhile.
            case .conflict(_, .version) where accepted.repeated != nil: mustDecide = true
            case .conflict(_, .repeatedTwice):
                return refused(await repeatedTwice(file.order, command))
            case .conflict(_, .constraint) where step != nil:
                // A constraint that forbids the attempt does not forbid the payment.
                step?.runtime.abandon(file.operation)
                (started, step) = (file, nil)
            case .conflict, .failed:
                if case .failed = result, case .send(let opening)? = step { unsent.add(opening.attempt) }
                return refused(await notAccepted(result, command.fingerprint))
            }
        }
        return refused(.unavailable)
    }

    private func commitOnce(
        _ file: OrderFile, _ step: FirstStep?, _ taking: LockTaking, _ command: CreateCommand, at now: Moment
    ) async -> (CommitResult, Accepted) {
        var file = file
        var unit = file.takeUnit(scribe, at: now)
        unit.binding = Binding(
            key: command.bindingKey, fingerprint: command.fingerprint, order: file.order.id,
            requestID: command.requestID, status: command.respondsAsync ? 202 : 201, createdAt: now)
        unit.claim = taking.claim
        let repeated = wishToCancel(taking.repeated, at: now)
        if let repeated { unit.joined = [repeated.unit] }
        let result = await store.commit([unit], epoch: epoch)
        return (result, Accepted(file: file, unit: unit, step: step, repeated: repeated))
    }

    /// The order that this one names was named before, by one that still counts.
    private func repeatedTwice(_ order: Order, _ command: CreateCommand) async -> CommandResult {
        if let replay = await replay(command.bindingKey, command.fingerprint) { return replay }
        guard let id = order.request.repeatOf, let named = await reread(id) else { return .unavailable }
        return .possibleDuplicate(named.order, isRepeatable: false)
    }

    private func notAccepted(_ result: CommitResult, _ fingerprint: [UInt8]) async -> CommandResult {
        switch result {
        case .conflict(_, .binding(let binding)): return await replay(binding, fingerprint)
        case .conflict(_, .staleEpoch): loseEpoch()
        case .failed(let failure): observer.note(.storeFailed(failure))
        case .committed, .conflict: break
        }
        return .unavailable
    }
}
