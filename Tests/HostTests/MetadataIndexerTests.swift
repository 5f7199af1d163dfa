import Router
import Synchronization
import Testing

@testable import Host

@Suite("Indexing older orders")
struct MetadataIndexerTests {
    /// Says what it was told to say, and counts what it is asked for.
    private final class Scripted: MetadataIndexStore, TimeSource, EngineObserver {
        let answers: Mutex<[Result<Bool, StoreFailure>]>
        let limits = Mutex<[Int]>([])
        let failures = Mutex(0)

        init(_ answers: [Result<Bool, StoreFailure>]) { self.answers = Mutex(answers) }

        func metadataIndex(of app: AppID) async throws(StoreFailure) -> MetadataIndex { MetadataIndex() }
        func setMetadataIndex(_ names: [String], of app: AppID, from start: Moment) async throws(StoreFailure) {}
        func indexOlderMetadata(limit: Int) async throws(StoreFailure) -> Bool {
            limits.withLock { $0.append(limit) }
            return try answers.withLock { $0.isEmpty ? .success(false) : $0.removeFirst() }.get()
        }
        var now: Moment { Moment(milliseconds: 0) }
        func sleep(until moment: Moment) async {}
        func record(_ event: EngineEvent) {
            if case .storeFailed = event { failures.withLock { $0 += 1 } }
        }
    }

    @Test
    func `it pauses after every step, rests when all is done, and waits long after a failure, which is told`() async {
        let script = Scripted([
            .success(true), .success(true), .failure(StoreFailure(.inputOutput)), .success(true), .success(false),
        ])
        let indexer = MetadataIndexer(store: script, time: script, observer: script)
        var waits: [Int64] = []
        for _ in 0..<5 { waits.append(await indexer.step()) }
        #expect(waits == [20, 20, 10_000, 20, 1_000])
        #expect(script.limits.withLock { $0 } == [100, 100, 100, 100, 100])
        #expect(script.failures.withLock { $0 } == 1)
    }
}
