import RouterTestKit
import Synchronization

@testable import Router
@testable import RouterTestKit

/// A store full of lives of orders, and folding of them.
struct FoldingBench {
    let store: MemoryStore
    let observer = AlarmLog()

    /// Commits so many lives of every kind, one beside the other.
    init(seed: UInt64, lives: Int = 40, onStep: @escaping MemoryStore.Hook = { _ in .proceed }) async throws {
        store = MemoryStore(onStep: onStep)
        let maker = HistoryMaker(RecordFactory(seed: seed))
        var queues: [[UnitOfWork]] = []
        for number in 0..<lives {
            let cases = MeaningCase.allCases.filter { ![.inside, .byWallet, .held, .captured].contains($0) }
            let life = cases[number % cases.count]
            guard ![.released, .lapsed].contains(life) else { continue }
            queues.append(Self.withoutAccounts(life).map { $0.units(maker) } ?? maker.succeeded(.payment, 7).units)
        }
        queues += [Self.sale("ama", maker), Self.sale("kofi", maker), Self.sale("ama", maker)]
        var random = Seeded(seed)
        while !queues.isEmpty {
            let place = Int.random(in: queues.indices, using: &random)
            let unit = queues[place].removeFirst()
            guard case .committed = await store.commit([unit], epoch: 1) else { throw NotStored() }
            if queues[place].isEmpty { queues.remove(at: place) }
        }
    }

    struct NotStored: Error {}

    /// Lives that need a wallet that nobody made.
    private static func withoutAccounts(_ life: MeaningCase) -> MeaningCase? {
        [.paidWithFee, .topUp].contains(life) ? nil : life
    }

    private static func sale(_ customer: String, _ maker: HistoryMaker) -> [UnitOfWork] {
        var payment = maker.begin(.payment, 500) {
            $0.customerID = customer
            $0.lineItems = [LineItem(item: "salt", name: "Salt", quantity: 5, unitAmount: 100)]
        }
        payment.send()
        payment.commit()
        payment.hear(.executed(payment.order.amount))
        payment.commit()
        return payment.units
    }

    func folding(_ store: (any SnapshotStore)? = nil) -> SnapshotFolding {
        SnapshotFolding(store: store ?? self.store, observer: observer)
    }

    /// Folds in batches of sizes that are drawn.
    func fold(inBatchesOf sizes: ClosedRange<Int>, seed: UInt64) async throws {
        var random = Seeded(seed)
        while true {
            let state = try await store.snapshotFold()
            let steps = try await store.snapshotSteps(
                after: state.unit, limit: Int.random(in: sizes, using: &random))
            guard !steps.isEmpty else { return }
            var batch = SnapshotBatch()
            for step in steps { batch.add(step) }
            _ = try await store.fold(batch, into: state.fold, after: state.unit)
        }
    }
}

/// Remembers alarms.
final class AlarmLog: EngineObserver {
    private let told = Mutex<[String]>([])

    var alarms: [String] { told.withLock { $0 } }

    func record(_ event: EngineEvent) {
        guard case .alarm(let alarm, _, let detail) = event else { return }
        told.withLock { $0.append("\(alarm.rawValue): \(detail)") }
    }
}

extension SnapshotDigest {
    /// Rows without such that say nothing.
    var figures: [SnapshotKey: SnapshotFigures] { rows.filter { !$0.value.isZero } }
}
