import CMemory
import Router
import ServiceLifecycle

/// Gives memory back to the system when a lot of work is over.
///
/// The C library keeps what was freed for later; after a storm that is many times what quiet times need.
struct MemoryTrimming: Service {
    let time: HostClock
    /// How many pieces of work are under way.
    let work: @Sendable () -> Int

    func run() async throws {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                var rule = TrimRule()
                while !Task.isCancelled {
                    await time.sleep(until: time.now.adding(seconds: 2))
                    if rule.isDue(work: work()) { cmemory_give_back() }
                }
            }
            try? await gracefulShutdown()
            group.cancelAll()
        }
    }
}

/// When memory is given back: once it is quiet for a while after it was not.
///
/// Giving back takes milliseconds in which nobody gets memory, so it waits until few would notice.
struct TrimRule {
    /// From so much work on it was a storm.
    static let storm = 32
    /// Up to so much it is quiet.
    static let quiet = 8
    /// So many looks in a row it has to be quiet.
    static let looks = 3

    private var wasStorm = false
    private var quietLooks = 0

    /// Looks once.
    ///
    /// - Parameter work: Pieces of work under way.
    /// - Returns: Whether memory is given back now.
    mutating func isDue(work: Int) -> Bool {
        if work >= Self.storm { wasStorm = true }
        quietLooks = work <= Self.quiet ? quietLooks + 1 : 0
        guard wasStorm, quietLooks >= Self.looks else { return false }
        wasStorm = false
        return true
    }
}
