import Router
import RouterTestKit
import Synchronization
import Testing

@Suite struct MemoryHookTests {
    private final class Script: Sendable {
        let fate = Mutex(MemoryStore.StepFate.proceed)
        let steps = Mutex<[MemoryStore.Step]>([])

        func decide(_ step: MemoryStore.Step) -> MemoryStore.StepFate {
            steps.withLock { $0.append(step) }
            return fate.withLock { $0 }
        }
    }

    /// Starts an operation that never returns, and waits until the hook was asked.
    private func start(_ script: Script, _ body: @escaping @Sendable () async -> Void) async {
        let before = script.steps.withLock { $0.count }
        Task { await body() }
        while script.steps.withLock({ $0.count }) == before { await Task.yield() }
        for _ in 0..<100 { await Task.yield() }
    }

    @Test func `every operation asks once`() async throws {
        let script = Script()
        let store = MemoryStore { script.decide($0) }
        _ = try await store.takeEpoch()
        #expect(await store.commit([try Samples.unit()], epoch: 1) == .committed)
        _ = try await store.apps()
        #expect(script.steps.withLock { $0 } == [.takeEpoch, .commit, .apps])
    }

    @Test func `a failed step changes nothing`() async throws {
        let script = Script()
        let store = MemoryStore { script.decide($0) }
        script.fate.withLock { $0 = .fail(StoreFailure(.diskFull)) }
        let unit = try Samples.unit()
        #expect(await store.commit([unit], epoch: 1) == .failed(StoreFailure(.diskFull)))
        await #expect(throws: StoreFailure(.diskFull)) { try await store.setFact("a", "b") }
        script.fate.withLock { $0 = .proceed }
        #expect(try await store.orderAggregate(unit.order.id) == nil)
        #expect(try await store.fact("a") == nil)
    }

    @Test func `dying before a step loses it and dying after keeps it`() async throws {
        let unit = try Samples.unit()
        for fate in [MemoryStore.StepFate.hangBefore, .hangAfter] {
            let script = Script()
            let store = MemoryStore { script.decide($0) }
            script.fate.withLock { $0 = fate }
            let flag = Flag()
            await start(script) {
                _ = await store.commit([unit], epoch: 1)
                flag.raise()
            }
            #expect(!flag.isRaised)
            let restarted = MemoryStore(from: store.snapshot())
            let found = try await restarted.orderAggregate(unit.order.id) != nil
            #expect(found == (fate == .hangAfter))
        }
    }

    @Test func `a snapshot does not follow its store`() async throws {
        let store = MemoryStore()
        let snapshot = store.snapshot()
        try await store.setFact("a", "b")
        #expect(try await MemoryStore(from: snapshot).fact("a") == nil)
        #expect(try await MemoryStore(from: store.snapshot()).fact("a") == "b")
    }
}

/// Something that happened.
private final class Flag: Sendable {
    private let state = Mutex(false)

    var isRaised: Bool { state.withLock { $0 } }

    func raise() { state.withLock { $0 = true } }
}
