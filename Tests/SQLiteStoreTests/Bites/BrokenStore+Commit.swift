import Router
import RouterTestKit

extension BrokenStore {
    func commit(_ units: [UnitOfWork], epoch: Int64) async -> CommitResult {
        if isIdle(.commit) { return .committed }
        if await endsWithItsCaller() { return .committed }
        var written = units
        if case .loses(let part) = fault { written = units.map { lacking(part, $0) } }
        if has(.writesJoinedUnitsAlone) { written = units.flatMap { $0.joined + [lacking("joined", $0)] } }
        written = written.map { misplaced($0) }
        if has(.keepsPromptLocks) { written = await keepingLocks(written) }
        if has(.goesOnAfterAConflict) { return await commitEach(written, epoch: epoch) }
        let result = await commitOnce(written, epoch: has(.admitsStaleEpochs) ? .max : epoch)
        guard has(.namesTheWrongUnit), case .conflict(let index, let conflict) = result else { return result }
        return .conflict(index: index == 0 ? 1 : 0, conflict)
    }

    /// Whether the caller was cancelled, for which it has some time.
    private func endsWithItsCaller() async -> Bool {
        guard has(.endsWithItsCaller) else { return false }
        for _ in 0..<5_000 where !Task.isCancelled { await Task.yield() }
        return Task.isCancelled
    }

    private func lacking(_ part: String, _ unit: UnitOfWork) -> UnitOfWork {
        var unit = unit
        LeftOut.parts[part]?(&unit)
        unit.joined = unit.joined.map { lacking(part, $0) }
        return unit
    }

    /// Writes no attempt without the lock that it had.
    private func keepingLocks(_ units: [UnitOfWork]) async -> [UnitOfWork] {
        var kept = units
        for index in kept.indices {
            let stored = (try? await good.orderAggregate(kept[index].order.id))?.attempts ?? []
            for place in kept[index].changedAttempts.indices {
                let id = kept[index].changedAttempts[place].id
                kept[index].changedAttempts[place].promptLock = stored.first { $0.id == id }?.promptLock
            }
        }
        return kept
    }

    /// Goes on with the next unit, and tells of the first conflict all the same.
    private func commitEach(_ units: [UnitOfWork], epoch: Int64) async -> CommitResult {
        var first: CommitResult?
        for (index, unit) in units.enumerated() {
            guard case .conflict(_, let conflict) = await good.commit([unit], epoch: epoch) else { continue }
            first = first ?? .conflict(index: index, conflict)
        }
        return first ?? .committed
    }

    /// What is said of a daily limit besides that it is reached.
    private func told(_ result: CommitResult) -> CommitResult {
        guard case .conflict(let index, .ledger(var refusal)) = result, let limit = refusal.account.dailyLimit else {
            return result
        }
        if has(.refusesWithoutRoom) { refusal.room = nil }
        if has(.tellsOfNumbers), limit.owner == .number { refusal.room = .init(left: 0, nextEnd: nil) }
        return .conflict(index: index, .ledger(refusal))
    }

    /// Writes once more, in the way that is not refused, what was refused for the broken reason.
    private func commitOnce(_ units: [UnitOfWork], epoch: Int64) async -> CommitResult {
        let result = told(await good.commit(units, epoch: epoch))
        guard case .conflict(let index, let conflict) = result else { return result }
        var units = Array(units[index...])
        if has(.writesWhatTheLedgerRefused), case .ledger = conflict {
            (units[0].holds, units[0].postings, units[0].spends) = ([], [], [])
            _ = await good.commit([units[0]], epoch: epoch)
            return result
        }
        switch conflict {
        case .version:
            let stored = try? await good.orderAggregate(units[0].order.id)?.order.version
            guard let stored else { return result }
            if case .insert = units[0].write {
                guard has(.insertsOverWhatIsThere) else { return result }
            } else if !has(.admitsStaleVersions) {
                return result
            }
            units[0].write = .update(expectedVersion: stored)
        case .idempotencyRecord where has(.takesTakenKeys): units[0].idempotencyRecord = nil
        default: return result
        }
        return await good.commit(units, epoch: epoch)
    }
}
