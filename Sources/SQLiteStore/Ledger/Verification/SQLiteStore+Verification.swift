package import Router
import Synchronization

extension SQLiteStore {
    /// Every look at the store is a short one, of a page of rows: a snapshot that is held for minutes would keep the log from
    /// being emptied.
    ///
    /// What is compared within a page is stored in one commit, so that the page alone is enough; what is compared over all
    /// pages ends at the rows of the moment in which the check began, and those never change.
    package func verifyLedger(
        progress: @escaping @Sendable (LedgerVerification) -> Void
    ) async throws(StoreFailure) -> LedgerVerification {
        let sealer = sealer
        let check = try await reader.read { try LedgerCheck($0, sealer) }
        while true {
            if Task.isCancelled { throw StoreFailure(.other, "the check was given up") }
            let isDone = try await reader.read { try check.next($0) }
            let verification = check.verification
            progress(verification)
            if isDone { return verification }
        }
    }
}

/// A check of the whole ledger, as far as it has come.
private final class LedgerCheck: Sendable {
    private enum Stage: Equatable {
        case entries, accounts, wallets, holds, discrepancies, orders
        /// Counts the rows that orders lead to.
        case rows(LedgerVerification.Table, after: Int64)
        /// Looks for those that no order leads to.
        case loose(LedgerVerification.Table, after: Int64)
        case done
    }

    private struct State {
        var stage = Stage.entries
        var balances: BalanceCheck
        var accounts = AccountRows()
        var sides: SideRows
        var books: BooksReader
        var loose = LedgerVerification()
        var marks = RowMarks()
    }

    private let state: Mutex<State>
    private let rows: LooseRows
    private static let tables: [LedgerVerification.Table] = [.entries, .units, .attempts]

    init(_ connection: ReadConnection, _ sealer: Sealer) throws {
        let balances = try BalanceCheck(connection)
        func newest(_ table: String) throws -> Int64 {
            try connection.sql("SELECT max(n) FROM \(table)").first { $0.integer(0) } ?? 0
        }
        let newest = BooksReader.Newest(
            entry: balances.newestEntry, unit: try newest("units"), attempt: try newest("attempts"))
        rows = LooseRows(sealer: sealer, newest: newest)
        state = Mutex(
            State(
                balances: balances, sides: SideRows(sealer: sealer), books: BooksReader(sealer: sealer, newest: newest))
        )
    }

    var verification: LedgerVerification {
        state.withLock { state in
            var whole = state.balances.verification
            for part in [state.accounts.verification, state.sides.verification, state.books.verification, state.loose] {
                whole.add(part)
            }
            return whole
        }
    }

    /// Looks at one page.
    ///
    /// - Returns: Whether that was the last.
    func next(_ connection: ReadConnection) throws -> Bool {
        try state.withLock { state in
            switch state.stage {
            case .entries:
                guard try !state.balances.next(20_000, connection) else { break }
                try state.balances.end(connection)
                state.stage = .accounts
            case .accounts: if try !state.accounts.next(5_000, connection) { state.stage = .wallets }
            case .wallets: if try !state.sides.nextWallets(2_000, connection) { state.stage = .holds }
            case .holds: if try !state.sides.nextHolds(5_000, connection) { state.stage = .discrepancies }
            case .discrepancies: if try !state.sides.nextDiscrepancies(5_000, connection) { state.stage = .orders }
            case .orders: if try !state.books.next(200, connection) { state.stage = .rows(.entries, after: 0) }
            case .rows(let table, let place): try count(table, after: place, &state, connection)
            case .loose(let table, let place):
                guard let found = try rows.next(table, after: place, connection) else {
                    state.stage = Self.stage(behind: table)
                    break
                }
                state.loose.record(found.findings)
                state.stage = state.loose.omitted > 0 ? .done : .loose(table, after: found.place)
            case .done: break
            }
            return state.stage == .done
        }
    }

    private static func stage(behind table: LedgerVerification.Table) -> Stage {
        let index = tables.firstIndex(of: table) ?? tables.count
        return index + 1 < tables.count ? .rows(tables[index + 1], after: 0) : .done
    }

    /// Whether orders lead to every row of a table.
    private func count(
        _ table: LedgerVerification.Table, after place: Int64, _ state: inout State, _ connection: ReadConnection
    ) throws {
        let seen: RowMarks
        switch table {
        case .entries:
            // These were counted when they were added up.
            state.stage =
                state.balances.entries == state.books.entries
                ? Self.stage(behind: table) : .loose(table, after: 0)
            return
        case .units: seen = state.books.units
        default: seen = state.books.attempts
        }
        let end = table == .units ? rows.newest.unit : rows.newest.attempt
        let limit = 20_000
        var (last, count) = (place, 0)
        try connection.sql("SELECT n FROM \(table.rawValue) WHERE n > $1 AND n <= $2 ORDER BY n LIMIT \(limit)").each({
            $0.integer(place)
            $0.integer(end)
        }) { row in
            last = row.integer(0)
            state.marks.add(last)
            count += 1
            return true
        }
        guard count < limit else { return state.stage = .rows(table, after: last) }
        state.stage = state.marks == seen ? Self.stage(behind: table) : .loose(table, after: 0)
        state.marks = RowMarks()
    }
}
