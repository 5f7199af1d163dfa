import Router
import RouterTestKit
import Synchronization
import Testing

@testable import Host

@Suite("Folding beside the payments")
struct SnapshotFolderTests {
    /// A clock that moves with each look at it, as it does while a step takes its time.
    private final class Slow: TimeSource, EngineObserver {
        private let moment = Mutex(Moment(milliseconds: 0))
        let failures = Mutex(0)

        var now: Moment {
            moment.withLock { moment in
                moment = moment.adding(milliseconds: 25)
                return moment
            }
        }
        func sleep(until moment: Moment) async {}
        func record(_ event: EngineEvent) {
            if case .storeFailed = event { failures.withLock { $0 += 1 } }
        }
    }

    private func store(_ onStep: @escaping MemoryStore.Hook = { _ in .proceed }) async throws -> MemoryStore {
        let store = MemoryStore(onStep: onStep)
        let now = Moment(milliseconds: 1_790_000_000_000)
        let order = Order(
            id: OrderID(.payment, at: now, from: SystemRandom()), app: CallBench.app, environment: .sandbox,
            request: OrderRequest(amount: Money(5_000, .xof)), idempotencyKey: "key",
            requestID: RequestID(at: now, from: SystemRandom()), createdAt: now, plan: [], explanation: .null)
        _ = await store.commit([UnitOfWork(order: order, write: .insert)], epoch: 1)
        return store
    }

    @Test func `a pause is four times as long as the step, and long when there is nothing to do`() async throws {
        let (store, clock) = (try await store(), Slow())
        let folder = SnapshotFolder(store: store, time: clock, observer: clock)
        #expect(await folder.step() == 100)
        #expect(await folder.step() == SnapshotFolder.idle)
        #expect(try await store.snapshotFold().lag == 0)
    }

    @Test func `what nobody needs is deleted when there is nothing else to do`() async throws {
        let (store, clock) = (try await store(), Slow())
        let folder = SnapshotFolder(store: store, time: clock, observer: clock)
        _ = await folder.step()
        _ = try await store.beginFold()
        _ = try await store.beginFold()
        #expect(await folder.step() == 100)
        #expect(await folder.step() == SnapshotFolder.idle)
    }

    @Test func `a store that fails is told, and asked again later`() async throws {
        let isBroken = Mutex(false)
        let store = try await store { _ in
            isBroken.withLock { $0 } ? .fail(StoreFailure(.inputOutput)) : .proceed
        }
        isBroken.withLock { $0 = true }
        let clock = Slow()
        let folder = SnapshotFolder(store: store, time: clock, observer: clock)
        #expect(await folder.step() == SnapshotFolder.afterFailure)
        #expect(clock.failures.withLock { $0 } == 1)
        isBroken.withLock { $0 = false }
        #expect(await folder.step() == 100)
    }
}
