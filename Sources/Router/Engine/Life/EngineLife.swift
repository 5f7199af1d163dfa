/// Run and stop.
final class EngineLife: EnginePart {
    let context: EngineContext
    private let timers: TimerLoop
    private let dueWork: DueWork
    private let inbox: CallbackApplication
    private let credentials: CredentialRecovery

    init(
        _ context: EngineContext, _ timers: TimerLoop, _ dueWork: DueWork, _ inbox: CallbackApplication,
        _ credentials: CredentialRecovery
    ) {
        self.context = context
        self.timers = timers
        self.dueWork = dueWork
        self.inbox = inbox
        self.credentials = credentials
    }

    /// Runs timers and the inbox until the task is cancelled.
    func run() async {
        await resume()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.inbox.run() }
            group.addTask { await self.credentials.run() }
            // Another version of the configuration may bring providers whose timers nobody drains yet.
            var drained: Set<TimerQueue> = []
            while !Task.isCancelled {
                for queue in providers.queues where drained.insert(queue).inserted {
                    group.addTask { await self.timers.run(queue) }
                }
                await signals.sleep(Self.queuesSignal, until: time.now.adding(seconds: 3_600))
            }
            await group.waitForAll()
        }
    }

    /// Goes on at once with orders whose process died between two steps, instead of waiting for their timers.
    private func resume() async {
        let horizon = time.now.adding(seconds: 60)
        guard let ids = try? await store.due(.engine, before: horizon, limit: 10_000) else { return }
        for id in ids {
            guard let aggregate = await reread(id), aggregate.order.createdAt < time.now, !aggregate.order.awaitsInput,
                locks.lock(id)
            else { continue }
            work(locked: id) { await self.dueWork.wake(id, isForced: true) }
        }
    }

    /// Rings when there may be more queues.
    static let queuesSignal = "queues"

    /// So much is under way at a start that operators are spared new work at first.
    static let manyOpen: Int64 = 10_000

    /// How much is under way, if it is so much that new orders should be accepted slowly at first.
    func wantsSlowOpening() async -> Bool {
        guard let totals = try? await store.totals(), Int64(totals.timers) > Self.manyOpen else { return false }
        alarm(
            .slowOpening,
            "\(totals.timers) orders were open at the start; new ones are accepted slowly for 30 s")
        return true
    }

    /// Stops admitting, waits for what is under way, then shuts the gates.
    ///
    /// - Parameter graceMilliseconds: How long to wait.
    /// - Returns: How many pieces of work were still under way at the end; their records are safe.
    func drain(graceMilliseconds: Int64) async -> Int {
        gatekeeper.stopAdmitting()
        let until = time.now.adding(milliseconds: graceMilliseconds)
        while gatekeeper.active > 0, time.now < until {
            await time.sleep(until: time.now.adding(milliseconds: 20))
        }
        gatekeeper.stopSending()
        return gatekeeper.active
    }
}
