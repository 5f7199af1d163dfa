import Router
import Synchronization

/// A comparison or a rebuilding of snapshots that goes on while nobody waits for it; one at a time.
final class SnapshotRun: Sendable {
    /// What is done.
    enum Work: String, Sendable, CaseIterable { case comparison, rebuilding }

    /// How far it has come.
    enum Progress: String, Sendable { case none, running, done, failed }

    private struct State: Sendable {
        var work = Work.comparison
        var progress = Progress.none
        var comparison = SnapshotComparison()
        var fold: SnapshotFoldState?
        /// The days whose figures are compared before they are made anew.
        var days: ClosedRange<SnapshotDay>?
        var differences: SnapshotDifferences?
        var failure: StoreFailure?
        var task: Task<Void, Never>?
    }

    private let store: any SnapshotStore
    private let observer: any EngineObserver
    private let state = Mutex(State())

    init(_ store: any SnapshotStore, _ observer: any EngineObserver) { (self.store, self.observer) = (store, observer) }

    /// Begins, unless something is running.
    ///
    /// - Parameters:
    ///   - work: What.
    ///   - days: The days whose figures a rebuilding compares first; `nil` for none.
    /// - Returns: `false` if something else is.
    func begin(_ work: Work, comparing days: ClosedRange<SnapshotDay>? = nil) -> Bool {
        let (begins, isSame) = state.withLock { state in
            if state.progress == .running { return (false, state.work == work && state.days == days) }
            state = State(work: work, progress: .running, days: days)
            return (true, true)
        }
        if begins {
            let task = Task { await run(work) }
            state.withLock { $0.task = task }
        }
        return isSame
    }

    /// Waits until what was begun last has ended.
    func ended() async { await state.withLock { $0.task }?.value }

    private func run(_ work: Work) async {
        do throws(StoreFailure) {
            switch work {
            case .comparison:
                let result = try await SnapshotComparing(store: store).run { [self] sofar in
                    state.withLock { $0.comparison = sofar }
                }
                state.withLock { $0.comparison = result }
            case .rebuilding:
                if let days = state.withLock({ $0.days }) {
                    let found = try await SnapshotComparing(store: store).differences(on: days) { [self] sofar in
                        state.withLock { $0.comparison = sofar }
                    }
                    state.withLock { $0.differences = found }
                }
                let made = try await SnapshotFolding(store: store, observer: observer).rebuild { [self] sofar in
                    state.withLock { $0.fold = sofar }
                }
                state.withLock { $0.fold = made }
            }
            state.withLock { $0.progress = .done }
        } catch {
            state.withLock { state in
                (state.progress, state.failure) = (.failed, error)
            }
        }
    }

    /// How it stands, or how the last one ended, for the console.
    struct Report: Sendable {
        var progress: Progress
        /// How many units were compared or folded, of how many.
        var units: Int64
        var newest: Int64
        /// What differed on the days that were asked for; `nil` until that is known, and where none were.
        var differences: SnapshotDifferences?
        var failure: StoreFailure?
    }

    var report: Report {
        let state = state.withLock { $0 }
        return Report(
            progress: state.progress, units: state.fold?.unit ?? state.comparison.units,
            newest: state.fold?.newest ?? state.comparison.unit, differences: state.differences,
            failure: state.failure)
    }

    /// How it stands, or how the last one ended.
    func json(_ work: Work) -> JSONValue {
        let state = state.withLock { $0 }
        guard state.work == work else { return Self.json(work, .none) }
        return Self.json(work, state.progress, state.comparison, state.fold, state.failure)
    }

    /// As the control socket tells it, and the commands with `--json`.
    static func json(
        _ work: Work, _ progress: Progress, _ comparison: SnapshotComparison = SnapshotComparison(),
        _ fold: SnapshotFoldState? = nil, _ failure: StoreFailure? = nil
    ) -> JSONValue {
        var object = JSONObject([
            .init("object", .string("snapshot_\(work.rawValue)")), .init("state", .string(progress.rawValue)),
            .init("failure", JSONValue(failure?.description)),
        ])
        switch work {
        case .comparison:
            for (name, count) in [
                ("units", comparison.units), ("rows", comparison.rows), ("orders", comparison.orders),
                ("unreadable", comparison.unreadable), ("omitted", Int64(comparison.omitted)),
            ] { object[name] = JSONValue(count) }
            object["findings"] = .array(comparison.findings.map(\.json))
        case .rebuilding:
            for (name, count) in [
                ("unit", fold?.unit), ("newest", fold?.newest), ("unreadable", fold?.unreadable),
            ] { object[name] = JSONValue(count ?? 0) }
        }
        return .object(object)
    }
}

extension SnapshotComparison.Finding {
    fileprivate var json: JSONValue {
        [
            "source": .string(source.rawValue), "place": .string(place), "found": .string(found),
            "expected": .string(expected),
        ]
    }
}
