package import Router
import ServiceLifecycle

/// Folds units into daily snapshots beside the payments, a few at a time.
///
/// A step is one small transaction among those of the payments. The pause behind it is four times as long as it took, so that
/// catching up with years of orders takes a fifth of one core at most.
package struct SnapshotFolder: Sendable {
    /// Between two steps at least, in milliseconds.
    static let pause: Int64 = 20
    /// Until the next look when there was nothing to do, in milliseconds.
    static let idle: Int64 = 2_000
    /// Until the next try after the store failed, in milliseconds.
    static let afterFailure: Int64 = 10_000
    /// Rows of folds nobody needs that are deleted in one step.
    static let forgotten = 200

    private let store: any SnapshotStore
    private let folding: SnapshotFolding
    private let time: any TimeSource
    private let observer: any EngineObserver

    package init(store: any SnapshotStore, time: any TimeSource, observer: any EngineObserver) {
        self.store = store
        self.time = time
        self.observer = observer
        folding = SnapshotFolding(store: store, observer: observer)
    }

    /// Works until the task is cancelled.
    package func run() async {
        while !Task.isCancelled {
            let wait = await step()
            await time.sleep(until: time.now.adding(milliseconds: wait))
        }
    }

    /// - Returns: How many milliseconds to wait before the next one.
    func step() async -> Int64 {
        let start = time.now
        do throws(StoreFailure) {
            if try await folding.step() == .idle, try await !store.forgetFolds(limit: Self.forgotten) {
                return Self.idle
            }
            return max(Self.pause, 4 * time.now.milliseconds(since: start))
        } catch {
            observer.record(.storeFailed(error))
            return Self.afterFailure
        }
    }
}

/// Runs the folding until stopping.
struct SnapshotService: Service {
    let folder: SnapshotFolder

    func run() async throws {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await folder.run() }
            try? await gracefulShutdown()
            group.cancelAll()
        }
    }
}
