import Router

@testable import RouterTestKit

/// Units as steps, and what is folded of them, without a store.
struct FoldedUnits {
    private(set) var steps: [SnapshotStep] = []
    private var known: [OrderID: SnapshotStep.State] = [:]

    init(_ units: [UnitOfWork]) {
        for unit in units.flatMap({ $0.joined + [$0] }) {
            let after = SnapshotStep.State(unit.order, unit.attempts)
            steps.append(
                SnapshotStep(
                    number: Int64(steps.count + 1), at: unit.order.updatedAt,
                    content: .change(before: known[unit.order.id], after: after)))
            known[unit.order.id] = after
        }
    }

    /// All steps as one batch.
    var batch: SnapshotBatch {
        var batch = SnapshotBatch()
        for step in steps { batch.add(step) }
        return batch
    }

    /// The figures by kind of order, whatever the day and the channel.
    var figures: [SnapshotKind: SnapshotFigures] {
        batch.rows.map { Snapshot($0.key, $0.value) }.sums(by: \.kind)
    }

    /// The orders as they are in the end.
    var orders: [SnapshotStep.State] { Array(known.values) }
}

extension SnapshotFigures {
    /// Figures by name; all others are zero.
    init(_ values: [Figure: Int128]) {
        self.init()
        for (figure, value) in values { self[figure] = value }
    }
}
