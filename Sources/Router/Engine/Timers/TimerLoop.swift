/// Drains the timers: one queue for the engine's own, one per provider within its check rate.
final class TimerLoop: EnginePart {
    let context: EngineContext
    private let dueWork: DueWork

    init(_ context: EngineContext, _ dueWork: DueWork) {
        self.context = context
        self.dueWork = dueWork
    }

    /// Drains the timers of one queue until the task is cancelled.
    func run(_ queue: TimerQueue) async {
        while !Task.isCancelled {
            let now = time.now
            guard now >= context.storePause.until else {
                await time.sleep(until: context.storePause.until)
                continue
            }
            let budget = budget(queue, at: now)
            guard budget > 0 else {
                await time.sleep(until: nextBudget(queue, after: now))
                continue
            }
            let due: [OrderID]
            let next: Moment?
            do throws(StoreFailure) {
                due = try await store.due(queue, before: now.adding(milliseconds: 1), limit: budget)
                next = due.isEmpty ? try await store.nextDue(queue) : nil
            } catch {
                record(.storeFailed(error))
                await time.sleep(until: now.adding(seconds: 1))
                continue
            }
            let fresh = due.filter { locks.lock($0) }
            spend(fresh.count, on: queue)
            for id in fresh { work(locked: id) { await self.dueWork.wake(id, isForced: false) } }
            if due.isEmpty {
                await signals.sleep(queue.text, until: next ?? now.adding(seconds: 60))
            } else {
                // What is locked is being worked on; let it get somewhere before looking again.
                await time.sleep(until: now.adding(milliseconds: fresh.isEmpty ? 100 : 20))
            }
        }
    }

    private func budget(_ queue: TimerQueue, at now: Moment) -> Int {
        switch queue {
        case .engine: Self.batch
        // The queue of a provider that is gone is drained: each of its orders goes to people.
        case .provider(let id): min(Self.batch, providers[id]?.checksAvailable(at: now) ?? Self.batch)
        }
    }

    /// Orders that are woken at once.
    private static let batch = 128

    private func spend(_ count: Int, on queue: TimerQueue) {
        if case .provider(let id) = queue { providers[id]?.spendChecks(count) }
    }

    private func nextBudget(_ queue: TimerQueue, after now: Moment) -> Moment {
        guard case .provider(let id) = queue, let runtime = providers[id] else { return now.adding(seconds: 1) }
        return runtime.nextCheck(after: now)
    }
}
