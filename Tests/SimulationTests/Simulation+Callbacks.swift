import Router
import Synchronization

/// Operators that call back.
extension Simulation {
    /// An operator calls back, and repeats while nobody acknowledges, also if whoever took it died.
    func callBack(_ provider: ProviderID, _ callback: InboundCallback, tries: Int = 0) {
        if tries == 0 { unheard.withLock { $0 += 1 } }
        guard tries < 40 else { return unheard.withLock { $0 -= 1 } }
        guard let (executor, engine) = running else {
            world.after(3_000) { [self] in callBack(provider, callback, tries: tries + 1) }
            return
        }
        let call = calls.withLock { count -> Int in
            count += 1
            return count
        }
        Task(executorPreference: executor) { [self] in
            let reply = await engine.receive(callback, for: provider)
            guard answers.withLock({ $0.insert(call).inserted }) else { return }
            guard reply.status != 200 else { return unheard.withLock { $0 -= 1 } }
            world.after(3_000) { self.callBack(provider, callback, tries: tries + 1) }
        }
        world.after(10_000) { [self] in
            guard answers.withLock({ $0.insert(call).inserted }) else { return }
            callBack(provider, callback, tries: tries + 1)
        }
    }
}
