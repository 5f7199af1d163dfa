import ArgumentParser
import Router
import WebText

/// `payrouter snapshots`: daily figures, and whether they are right.
struct SnapshotsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "snapshots",
        abstract: "Show daily figures, compare them with what is behind them, make them anew.",
        subcommands: [List.self, Compare.self, Rebuild.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List what happened on each day, by app, currency, channel and kind of order.",
            discussion: """
                Days are UTC. Amounts are what the ledger booked on that day, in the currency's own unit. Without --from, \
                the last thirty days.
                """)
        @OptionGroup var common: AppsCommand.Common
        @Option(name: .long, help: "Only of this app: its id or name.") var app: String?
        @Option(name: .long, help: "sandbox or production; both if left out.") var environment: String?
        @Option(name: .long, help: "The first day, such as 2026-11-01.") var from: String?
        @Option(name: .long, help: "The last day; today if left out.") var to: String?
        @OptionGroup var page: ListPage

        func run() async throws {
            try await reportingFailures {
                try await page.show(
                    "/snapshots", common,
                    filters: [("app", app), ("environment", environment), ("from", from), ("to", to)],
                    nothing: "No such snapshots: nothing happened on these days, or it is not folded yet.",
                    columns: SnapshotsText.columns, row: SnapshotsText.row)
            }
        }
    }

    struct Compare: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make the figures anew from every step of every order, and say where the stored ones differ.",
            discussion: """
                Compares money with the postings of the ledger, too, of days that are over. Works beside a running router, \
                which goes on meanwhile. Exit code 1 if anything is found.
                """)
        @OptionGroup var common: AppsCommand.Common

        func run() async throws {
            try await reportingFailures {
                let result = try await SnapshotWork(common, .comparison).result { store, news in
                    try await SnapshotComparing(store: store).run { comparison in
                        let state = SnapshotRun.json(.comparison, .running, comparison)
                        news.tell(SnapshotsText.progress(state, of: .comparison))
                    }.json
                }
                if common.output.json {
                    Terminal.out(Terminal.pretty(result))
                } else {
                    for line in SnapshotsText.comparison(result, common.data) { Terminal.out(line) }
                }
                if result["findings"]?.arrayValue?.isEmpty == false { throw ExitCode(Terminal.Exit.failed.rawValue) }
            }
        }
    }

    struct Rebuild: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make all figures anew, and put them in the place of the stored ones.",
            discussion: """
                The stored ones are shown until then, and stay if it is ended half-way. Works beside a running router.
                """)
        @OptionGroup var common: AppsCommand.Common

        func run() async throws {
            try await reportingFailures {
                let result = try await SnapshotWork(common, .rebuilding).result { store, news in
                    let made = try await SnapshotFolding(store: store, observer: Silent()).rebuild { fold in
                        let state = SnapshotRun.json(.rebuilding, .running, SnapshotComparison(), fold)
                        news.tell(SnapshotsText.progress(state, of: .rebuilding))
                    }
                    while try await store.forgetFolds(limit: 1_000) {}
                    return SnapshotRun.json(.rebuilding, .done, SnapshotComparison(), made)
                }
                if common.output.json { return Terminal.out(Terminal.pretty(result)) }
                Terminal.out("\(common.data): snapshots made anew from \(result["unit"]?.integerValue ?? 0) steps")
            }
        }

        private struct Silent: EngineObserver {
            func record(_ event: EngineEvent) {}
        }
    }
}

extension SnapshotComparison {
    /// As a comparison that has ended.
    fileprivate var json: JSONValue { SnapshotRun.json(.comparison, .done, self) }
}
