import Router

/// Units as they followed each other, and what was folded of them.
struct MemorySnapshots: Sendable {
    /// A fold of units into figures.
    struct Fold: Sendable {
        var unit: Int64 = 0
        var at = Moment(milliseconds: 0)
        var unreadable: Int64 = 0
        var rows: [SnapshotKey: SnapshotFigures] = [:]
        var sales: [SaleKey: SaleFigures] = [:]

        mutating func add(_ batch: SnapshotBatch) {
            (unit, at) = (batch.unit, batch.at)
            unreadable += batch.unreadable
            for (key, figures) in batch.rows { rows[key, default: SnapshotFigures()].add(figures) }
            for (key, sale) in batch.sales { sales[key, default: SaleFigures()].add(sale.figures) }
        }
    }

    private(set) var steps: [SnapshotStep] = []
    private(set) var folds: [Int64: Fold] = [1: Fold()]
    private(set) var present: Int64 = 1
    private var building: Int64?
    /// Folds whose rows are still there, and that nobody needs.
    private var left: Set<Int64> = []
    private var newestFold: Int64 = 1
    /// The newest name of each item.
    private(set) var names: [SaleKey: String] = [:]

    mutating func note(_ unit: UnitOfWork, before: SnapshotStep.State?, after: SnapshotStep.State) {
        steps.append(
            SnapshotStep(
                number: Int64(steps.count + 1), at: unit.events.first?.at ?? unit.order.updatedAt,
                content: .change(before: before, after: after)))
    }

    /// Has a unit be one that cannot be read.
    mutating func damage(_ unit: Int64) {
        guard let index = steps.firstIndex(where: { $0.number == unit }) else { return }
        steps[index].content = .unreadable("a planted fault")
    }

    /// Changes a stored row by hand.
    mutating func change(_ key: SnapshotKey, _ body: (inout SnapshotFigures) -> Void) {
        body(&folds[present, default: Fold()].rows[key, default: SnapshotFigures()])
    }

    var shown: Fold { folds[present] ?? Fold() }

    var state: SnapshotFoldState {
        SnapshotFoldState(
            fold: present, unit: shown.unit, at: shown.at, unreadable: shown.unreadable, newest: Int64(steps.count))
    }

    mutating func fold(_ batch: SnapshotBatch, into fold: Int64, after unit: Int64) -> Bool {
        guard fold == present || fold == building, folds[fold]?.unit == unit else { return false }
        folds[fold]?.add(batch)
        for sale in batch.salesByDay where fold == present || names[sale.key.subject] == nil {
            names[sale.key.subject] = sale.name
        }
        return true
    }

    mutating func begin() -> Int64 {
        if let building { left.insert(building) }
        newestFold += 1
        building = newestFold
        folds[newestFold] = Fold()
        return newestFold
    }

    mutating func replace(with fold: Int64) -> Bool {
        guard fold == building, let made = folds[fold], made.unit >= shown.unit else { return false }
        left.insert(present)
        (present, building) = (fold, nil)
        return true
    }

    mutating func forget() -> Bool {
        guard let fold = left.min() else { return false }
        left.remove(fold)
        folds[fold] = nil
        return true
    }
}

extension SaleKey {
    /// Whatever the day.
    fileprivate var subject: SaleKey {
        var key = self
        key.day = SnapshotDay(number: 0)
        return key
    }

    func name(in snapshots: MemorySnapshots) -> String? { topic == .item ? snapshots.names[subject] : nil }
}
