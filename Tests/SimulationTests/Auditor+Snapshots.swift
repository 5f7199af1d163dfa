import Router
import RouterTestKit

/// What daily figures say of a whole life, whatever happened in it.
extension Auditor {
    /// Folded unit by unit, they are what the books have and what the orders are.
    func judgeSnapshots(_ snapshot: MemoryStore.Snapshot) {
        var batch = SnapshotBatch()
        for step in snapshot.steps { batch.add(step) }
        var counted = SnapshotFigures()
        for figures in batch.rows.values { counted.add(figures) }
        var expected = SnapshotFigures()
        for order in snapshot.aggregates.map(\.order) {
            expected[.accepted] += 1
            switch order.status {
            case .succeeded: expected[.succeeded] += 1
            case .cancelled: expected[.cancelled] += 1
            case .failed: expected[.failed] += 1
            default: break
            }
        }
        counted[.failed] += counted[.expired]
        let orders = Dictionary(
            snapshot.aggregates.map { ($0.order.movement, $0.order) }, uniquingKeysWith: { first, _ in first })
        for posting in snapshot.postings {
            guard let order = orders[posting.movement] else { continue }
            expected.count(posting, of: order.id, parent: order.parent)
        }
        for figure in SnapshotFigures.Figure.allCases where ![.expired, .reviewed].contains(figure) {
            if counted[figure] != expected[figure] {
                violation("snapshots say \(figure.rawValue) \(counted[figure]), right would be \(expected[figure])")
            }
        }
    }
}
