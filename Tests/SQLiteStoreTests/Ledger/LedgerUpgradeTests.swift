import Foundation
import GRDB
import Router
import Testing

@testable import SQLiteStore

/// A ledger of lines becomes one of pairs and balances, or stays as it was.
@Suite struct LedgerUpgradeTests {
    /// A line of the older form.
    private struct Line: Hashable {
        let movement: String
        let kind: String
        let sequence: Int
        let account: String
        let isDebit: Bool
        let amount: Int64
        let currency: String

        init(_ row: Row) {
            (movement, kind, sequence) = (row["movement"], row["kind"], row["seq"])
            (account, isDebit) = (row["account"], row["side"] == "debit")
            (amount, currency) = (row["amount"], row["currency"])
        }
    }

    private func lines(_ older: OlderDatabase) async throws -> [Line] {
        let queue = try DatabaseQueue(path: older.folder.database)
        defer { try? queue.close() }
        return try await queue.read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM postings ORDER BY movement, kind, seq").map { Line($0) }
        }
    }

    private func tables(_ older: OlderDatabase) async throws -> Set<String> {
        let queue = try DatabaseQueue(path: older.folder.database)
        defer { try? queue.close() }
        return try await queue.read { db in
            Set(try String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE type = 'table'"))
        }
    }

    @Test func `balances and pairs of an older ledger are its lines`() async throws {
        let older = try OlderDatabase()
        let lines = try await lines(older)
        #expect(lines.count == 8)
        let store = try await older.open()
        var expected: [AccountBalance.Name: Int64] = [:]
        for line in lines {
            let currency = try #require(Currency(code: line.currency))
            let name = AccountBalance.Name(LedgerAccount(line.account), currency)
            let grows = line.isDebit == (name.account.growsBy == .debit)
            expected[name, default: 0] += grows ? line.amount : -line.amount
        }
        let balances = try await store.balances(AccountQuery())
        #expect(Dictionary(uniqueKeysWithValues: balances.map { ($0.name, $0.posted) }) == expected)
        #expect(balances.allSatisfy { $0.held == 0 && $0.state == .open && $0.floor == nil })
        for (debit, credit) in zip(lines, lines.dropFirst()) where debit.isDebit {
            let movement = try #require(MovementID(debit.movement))
            let postings = try await store.postings(movement)
            #expect(postings.map(\.kind) == [debit.kind] && postings.map(\.sequence) == [1])
            #expect(postings.map(\.debit.name) == [debit.account] && postings.map(\.credit.name) == [credit.account])
            #expect(postings.map(\.amount.minorUnits) == [debit.amount])
            #expect(postings.map(\.amount.currency.code) == [debit.currency])
        }
        for balance in balances {
            let entries = try await store.entries(of: balance.account, in: balance.currency, before: nil, limit: 99)
            #expect(entries.reduce(0) { $0 + $1.posting.change(of: balance.account) } == balance.posted)
        }
        #expect(try await store.fullCheck() == [])
        await store.close()
        #expect(try await !tables(older).contains("postings"))
    }

    @Test(
        arguments: [
            "DELETE FROM postings WHERE kind = 'refund' AND seq = 2",
            "DELETE FROM postings WHERE kind = 'refund' AND seq = 1",
            "UPDATE postings SET amount = amount + 1 WHERE kind = 'payout' AND seq = 2",
            "UPDATE postings SET currency = 'XAF' WHERE kind = 'payout' AND seq = 2",
            "UPDATE postings SET side = 'debit' WHERE kind = 'capture'",
            "UPDATE postings SET seq = 3 WHERE kind = 'capture' AND seq = 2",
            "UPDATE postings SET amount = 0 WHERE kind = 'collect'",
            "UPDATE postings SET movement = 'mov_damaged' WHERE kind = 'collect'",
            "UPDATE postings SET kind = 'late' WHERE kind = 'collect' AND seq = 2",
        ])
    func `a line without a counterpart stops the upgrade`(_ damage: String) async throws {
        let older = try OlderDatabase()
        let before = try await lines(older)
        try await TestKeys.change(older.folder, damage)
        let damaged = try await lines(older)
        let failure = await #expect(throws: StoreFailure.self) { try await older.open() }
        #expect(failure?.kind == .corrupt)
        #expect(failure?.detail.contains("have no counterpart of the same amount") == true, "\(failure?.detail ?? "")")
        #expect(try await lines(older) == damaged, "the older form stays as it was")
        let tables = try await tables(older)
        #expect(tables.isDisjoint(with: ["accounts", "entries", "holds", "wallets"]))

        // Whoever mends it by hand, or brings back a copy, goes on from there.
        let mended = before.map { line in
            """
            ('\(line.movement)', '\(line.kind)', \(line.sequence), '\(line.account)',
            '\(line.isDebit ? "debit" : "credit")', \(line.amount), '\(line.currency)', 1)
            """
        }
        try await TestKeys.change(
            older.folder, "DELETE FROM postings; INSERT INTO postings VALUES \(mended.joined(separator: ", "))")
        let store = try await older.open()
        #expect(try await store.fullCheck() == [])
        await store.close()
    }
}
