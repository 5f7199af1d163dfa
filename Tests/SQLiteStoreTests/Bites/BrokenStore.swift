import Router
import RouterTestKit

/// A store that passes everything on to a good one and keeps every promise but one.
struct BrokenStore: Store {
    let good: MemoryStore
    let fault: StoreFault

    /// An empty one.
    init(_ fault: StoreFault) {
        switch fault {
        case .admits(let constraint): good = MemoryStore(ignoring: [constraint])
        case .grants(let reason): good = MemoryStore(granting: [reason])
        case .slip(.admitsTakenLocks): good = MemoryStore(ignoringLocksOf: Set(OrderKind.allCases))
        default: good = MemoryStore()
        }
        self.fault = fault
    }

    init(_ good: MemoryStore, _ fault: StoreFault) { (self.good, self.fault) = (good, fault) }

    func isIdle(_ operation: StoreOperation) -> Bool { fault == .idle(operation) }
    func has(_ slip: StoreFault.Slip) -> Bool { fault == .slip(slip) }

    /// Inserts a row; with the fault, also over one that is there.
    func insert<Row>(
        _ row: Row, _ operation: StoreOperation, overwritingWith fault: StoreFault.Slip,
        _ insert: (Row) async throws(StoreFailure) -> Void, _ update: (Row) async throws(StoreFailure) -> Void
    ) async throws(StoreFailure) {
        if isIdle(operation) { return }
        do throws(StoreFailure) { try await insert(row) } catch {
            guard has(fault) else { throw error }
            try await update(row)
        }
    }

    /// Updates a row; with the fault, also one that is not there, where the good store does nothing.
    func update<Row>(
        _ row: Row, _ operation: StoreOperation, insertingWith fault: StoreFault.Slip,
        _ insert: (Row) async throws(StoreFailure) -> Void, _ update: (Row) async throws(StoreFailure) -> Void
    ) async throws(StoreFailure) {
        if isIdle(operation) { return }
        try await update(row)
        guard has(fault) else { return }
        do throws(StoreFailure) { try await insert(row) } catch {}
    }

    func takeEpoch() async throws(StoreFailure) -> Int64 {
        if isIdle(.takeEpoch) { return 0 }
        let epoch = try await good.takeEpoch()
        return has(.repeatsEpochs) ? 1 : epoch
    }

    func fact(_ name: String) async throws(StoreFailure) -> String? {
        try await isIdle(.fact) ? nil : good.fact(name)
    }

    func setFact(_ name: String, _ value: String) async throws(StoreFailure) {
        if isIdle(.setFact) { return }
        if has(.keepsTheFirstFact), try await good.fact(name) != nil { return }
        try await good.setFact(name, value)
    }

    func close() async {
        if !isIdle(.close) { await good.close() }
    }
}

extension Array {
    /// The other way round, if a promise about the order is broken.
    func reversed(if isBroken: Bool) -> [Element] { isBroken ? reversed() : self }
}
