package import Router
import ServiceLifecycle

/// Indexes the metadata of older orders beside the payments, a few at a time.
///
/// A step is one small transaction among those of the payments, and a pause follows it: ten thousand orders take some
/// seconds, and payments do not notice. How far it is is in the store; a new process goes on there.
package struct MetadataIndexer: Sendable {
    /// Rows written in one step: with one name a hundred orders, with eight a dozen.
    static let batch = 100
    /// Between two steps, in milliseconds.
    static let pause: Int64 = 20
    /// Until the next look when there was nothing to do, in milliseconds.
    static let idle: Int64 = 1_000
    /// Until the next try after the store failed, in milliseconds.
    static let afterFailure: Int64 = 10_000

    private let store: any MetadataIndexStore
    private let time: any TimeSource
    private let observer: any EngineObserver

    package init(store: any MetadataIndexStore, time: any TimeSource, observer: any EngineObserver) {
        self.store = store
        self.time = time
        self.observer = observer
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
        do throws(StoreFailure) {
            return try await store.indexOlderMetadata(limit: Self.batch) ? Self.pause : Self.idle
        } catch {
            observer.record(.storeFailed(error))
            return Self.afterFailure
        }
    }
}

/// Runs the indexer until stopping.
struct MetadataService: Service {
    let indexer: MetadataIndexer

    func run() async throws {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await indexer.run() }
            try? await gracefulShutdown()
            group.cancelAll()
        }
    }
}
