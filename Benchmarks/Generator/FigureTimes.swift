import Glibc
import Router

/// Folds all units of a store into daily figures, and times that and what pages read of them.
struct FigureTimes {
    private let installation: Installation
    private let today: SnapshotDay
    private let begun = ContinuousClock.now

    init(_ installation: Installation, until moment: Moment) {
        self.installation = installation
        today = SnapshotDay(moment)
    }

    private struct Silent: EngineObserver { func record(_ event: EngineEvent) {} }

    private struct Standing: TimeSource {
        var now: Moment
        func sleep(until moment: Moment) async {}
    }

    func run() async throws {
        let store = installation.store
        let before = try await store.snapshotFold()
        let (start, processor) = (ContinuousClock.now, Self.processorSeconds)
        let folding = SnapshotFolding(store: store, observer: Silent())
        while try await folding.step() != .idle {}
        let state = try await store.snapshotFold()
        let units = state.unit - before.unit
        if units > 0 {
            let (wall, cpu) = ((ContinuousClock.now - start) / .seconds(1), Self.processorSeconds - processor)
            print("folded \(units) units in \(wall) s, \(cpu * 1e6 / Double(units)) us of CPU each")
        }
        let snapshots = Snapshots(store: store, time: Standing(now: today.end), observer: Silent())
        let app = installation.app.id
        for (name, days) in [("30 days", 30), ("a year", 365)] as [(String, Int64)] {
            let from = today.advanced(by: 1 - days)
            try await time("summary of \(name), all apps") {
                try await snapshots.summary(apps: nil, environment: .sandbox, from: from, to: today).rows.count
            }
            try await time("most sold of \(name)") {
                try await snapshots.mostSold(app: app, environment: .sandbox, from: from, to: today).lines.count
            }
            try await time("most active of \(name)") {
                try await snapshots.mostActive(app: app, environment: .sandbox, from: from, to: today).lines.count
            }
        }
        await store.close()
    }

    /// Prints the median of some times.
    private func time(_ name: String, _ read: () async throws -> Int) async throws {
        var (times, count): ([Double], Int) = ([], 0)
        for _ in 0..<21 {
            let start = ContinuousClock.now
            count = try await read()
            times.append((ContinuousClock.now - start) / .milliseconds(1))
        }
        print("\(name): \(times.sorted()[10]) ms, \(count) rows")
    }

    /// What the process has used of all processors.
    private static var processorSeconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
