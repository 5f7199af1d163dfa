import Router
import Synchronization

/// Callers that want money back.
extension Simulation {
    /// Somebody wants money back, and asks again with the same key until the answer is final.
    func askBack(_ index: Int) {
        let refunder = refunders.withLock { $0[index] }
        guard !refunder.isAnswered else { return }
        world.after(12_000) { [self] in askBack(index) }
        guard let payment = clients.withLock({ $0[refunder.client].answers.first }),
            let (executor, engine) = running
        else { return }
        let command = Engine.FollowUpCommand(
            .refund, of: payment, amount: refunder.amount.map { Money($0, .xof) }, idempotencyKey: refunder.key,
            fingerprint: [UInt8(index)], requestID: RequestID(at: world.now, from: WorldRandom(world: world)))
        Task(executorPreference: executor) { [self] in
            switch await engine.follow(command) {
            case .done(let aggregate, _), .replayed(let aggregate, _):
                refunders.withLock { refunders in
                    refunders[index].answers.insert(aggregate.order.id)
                    refunders[index].isAnswered = true
                }
            case .refused(_, .exceeds):
                auditor.reach("refund beyond what is left")
                refunders.withLock { $0[index].isAnswered = true }
            case .refused(let payment, _):
                // Nothing was paid yet; perhaps it will be.
                let isOver = [.failed, .cancelled].contains(payment.order.outcome)
                refunders.withLock { $0[index].isAnswered = isOver }
            default: break
            }
        }
    }
}
