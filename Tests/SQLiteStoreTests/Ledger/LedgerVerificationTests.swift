import Foundation
import GRDB
import Router
import Testing

@testable import RouterTestKit
@testable import SQLiteStore

/// One wrong row in any table that the ledger hangs on is found and named.
@Suite struct LedgerVerificationTests {
    typealias Table = LedgerVerification.Table

    /// A store with some orders of every kind.
    private struct Books {
        let folder: TemporaryFolder
        let wallet: Wallet
        let paid: OrderHistory
        let held: OrderHistory
        let late: OrderHistory
        let counted: OrderHistory

        init() async throws {
            folder = try TemporaryFolder()
            let store = try await TestKeys.open(folder)
            let maker = HistoryMaker(RecordFactory(seed: 7))
            wallet = LedgerSamples.wallet()
            for wallet in [wallet, LedgerSamples.wallet()] { _ = try await store.insert(wallet) }
            _ = try await store.change(wallet.id, .limits([WalletLimit(.payment, .amount, most: 5_000)]))
            paid = maker.succeeded(.payment, 700, account: wallet.account, fee: 7)
            held = maker.paid(50, by: wallet.id, heldFor: 60)
            late = maker.late(90)
            counted = maker.ended(maker.counted(.payment, 70), executed: true)
            var refunded = maker.succeeded(.payment, 40)
            let refund = maker.following(.refund, &refunded)
            let spent = maker.paid(60, by: wallet.id)
            for history in [paid, held, late, spent, counted] {
                for unit in history.units { #expect(await store.commit([unit], epoch: 1) == .committed) }
            }
            for unit in refunded.units.dropLast() + refund.units {
                #expect(await store.commit([unit], epoch: 1) == .committed)
            }
            #expect(try await store.verifyLedger { _ in }.findings == [])
            await store.close()
        }

        /// A text with the names that stand for what is stored.
        func named(_ text: String) -> String {
            text.replacing("PAID", with: paid.order.id.text).replacing("HELD", with: held.order.id.text)
                .replacing("LATE", with: late.order.id.text).replacing("WALLET", with: wallet.account.name)
                .replacing("PURSE", with: wallet.id.text).replacing("COUNTED", with: counted.order.id.text)
        }

        /// What is found after a change by hand.
        func found(after change: String) async throws -> [LedgerVerification.Finding] {
            // A start would refuse some of it: it happens while the store is in use.
            let store = try await TestKeys.open(folder)
            try await TestKeys.change(folder, "PRAGMA ignore_check_constraints = ON; " + change)
            let findings = try await store.verifyLedger { _ in }.findings
            await store.close()
            return findings
        }
    }

    private struct Planted: Sendable, CustomStringConvertible {
        let change: String
        let table: Table
        /// Which row it is, for those that look.
        let place: String

        init(_ change: String, _ table: Table, _ place: String) {
            (self.change, self.table, self.place) = (change, table, place)
        }

        var description: String { change }

        static let all = [
            Planted("UPDATE accounts SET posted = posted + 1 WHERE name LIKE 'app:%'", .accounts, "app:"),
            Planted("UPDATE accounts SET posted = posted - 1 WHERE name LIKE 'wallet:%'", .accounts, "WALLET"),
            Planted("UPDATE accounts SET held = held + 1 WHERE name LIKE 'wallet:%'", .accounts, "WALLET"),
            Planted("UPDATE accounts SET held = held - 1 WHERE name LIKE 'limit:%'", .accounts, "limit:"),
            Planted("UPDATE accounts SET floor = NULL WHERE name LIKE 'wallet:%'", .accounts, "WALLET"),
            Planted("UPDATE accounts SET floor = -5 WHERE name LIKE 'wallet:%'", .accounts, "WALLET"),
            Planted("UPDATE accounts SET state = 'frozen' WHERE name LIKE 'operator:%'", .accounts, "operator:"),
            Planted("UPDATE accounts SET state = 'closed' WHERE name LIKE 'wallet:%'", .accounts, "WALLET"),
            Planted("UPDATE accounts SET state = 'gone' WHERE name LIKE 'fees:%'", .accounts, "fees:transfers"),
            Planted("INSERT INTO accounts VALUES (99, 'strange:x', 'XOF', 0, 0, NULL, 'open')", .accounts, "strange:x"),
            Planted("INSERT INTO accounts VALUES (99, 'fees:x', '???', 0, 0, NULL, 'open')", .accounts, "fees:x ???"),

            Planted("UPDATE entries SET amount = amount + 1 WHERE n = 1", .entries, "1 of PAID"),
            Planted("UPDATE entries SET amount = -amount WHERE n = 1", .entries, "1 of PAID"),
            Planted("UPDATE entries SET credit_balance = 1 WHERE n = 1", .entries, "1"),
            Planted("UPDATE entries SET debit_balance = 0 WHERE n = 1", .entries, "1"),
            Planted("UPDATE entries SET kind = 'payout' WHERE n = 1", .entries, "1 of PAID"),
            Planted("UPDATE entries SET seq = 2 WHERE n = 1", .entries, "1 of PAID"),
            Planted("UPDATE entries SET at = 0 WHERE n = 1", .entries, "1 of PAID"),
            Planted("UPDATE entries SET debit = credit, credit = debit WHERE n = 1", .entries, "1 of PAID"),
            Planted("UPDATE entries SET debit = 999 WHERE n = 1", .entries, "1"),
            Planted("UPDATE entries SET movement = zeroblob(16) WHERE n = 1", .entries, "1"),
            Planted("UPDATE entries SET movement = x'00' WHERE n = 1", .entries, "1"),
            Planted("DELETE FROM entries WHERE n = 1", .entries, "PAID"),
            Planted(
                """
                INSERT INTO entries (movement, kind, seq, debit, credit, amount, at)
                SELECT zeroblob(16), kind, seq, debit, credit, amount, at FROM entries WHERE n = 1
                """, .entries, "line of mov_"),
            Planted(
                """
                INSERT INTO accounts VALUES (99, 'app:x', 'USD', 0, 0, NULL, 'open');
                UPDATE entries SET debit = 99 WHERE n = 1
                """, .entries, "1"),

            Planted("UPDATE holds SET amount = amount + 1 WHERE ends_at IS NOT NULL", .holds, "HELD"),
            Planted("UPDATE holds SET state = 'voided' WHERE order_id = 'HELD'", .holds, "HELD"),
            Planted("UPDATE holds SET at = 0 WHERE order_id = 'HELD'", .holds, "HELD"),
            Planted("DELETE FROM holds WHERE order_id = 'HELD'", .holds, "HELD"),
            Planted("UPDATE holds SET order_id = 'pay_x' WHERE order_id = 'HELD'", .holds, "pay_x"),
            Planted(
                "UPDATE holds SET account = 999, state = 'posted' WHERE order_id = 'HELD' AND account IN (SELECT n FROM accounts WHERE name LIKE 'wallet:%')",
                .holds, "HELD"),
            Planted(
                "UPDATE holds SET account = 999 WHERE order_id = 'HELD' AND account IN (SELECT n FROM accounts WHERE name LIKE 'wallet:%')",
                .holds, "account 999"),
            Planted(
                "INSERT INTO holds VALUES ('PAID', (SELECT min(n) FROM accounts WHERE floor = 0), 1, NULL, 'posted', 0)",
                .holds, "PAID"),

            Planted("UPDATE holds SET amount = amount + 1 WHERE order_id = 'COUNTED'", .holds, "COUNTED"),
            Planted("UPDATE holds SET state = 'voided' WHERE order_id = 'COUNTED'", .holds, "COUNTED"),
            Planted("UPDATE holds SET ends_at = NULL WHERE order_id = 'COUNTED'", .holds, "COUNTED"),
            Planted("UPDATE holds SET order_id = 'HELD' WHERE order_id = 'COUNTED'", .holds, "HELD"),
            Planted("DELETE FROM holds WHERE order_id = 'COUNTED'", .accounts, "limit:number:2b:"),
            Planted("UPDATE accounts SET posted = 5 WHERE name LIKE 'limit:number:%'", .accounts, "limit:number:2b:"),
            Planted("UPDATE accounts SET floor = 0 WHERE name LIKE 'limit:app:%'", .accounts, "limit:app:"),
            Planted("UPDATE accounts SET state = 'closed' WHERE name LIKE 'limit:app:%'", .accounts, "limit:app:"),
            Planted("UPDATE accounts SET name = name || 's' WHERE name LIKE 'limit:app:%'", .accounts, "limit:app:"),

            Planted("UPDATE orders SET outcome = 'failed' WHERE id = 'PAID'", .orders, "PAID"),
            Planted("UPDATE orders SET status = 'failed' WHERE id = 'PAID'", .orders, "PAID"),
            Planted("UPDATE orders SET purpose = 'payout' WHERE id = 'PAID'", .orders, "PAID"),
            Planted("UPDATE orders SET amount = 701 WHERE id = 'PAID'", .orders, "PAID"),
            Planted("UPDATE orders SET currency = 'USD' WHERE id = 'PAID'", .orders, "PAID"),
            Planted("UPDATE orders SET version = 9 WHERE id = 'PAID'", .orders, "PAID"),
            Planted("UPDATE orders SET parent = 'HELD' WHERE id LIKE 're~_%' ESCAPE '~'", .orders, "re_"),
            Planted("UPDATE orders SET parent = 'pay_x' WHERE id LIKE 're~_%' ESCAPE '~'", .units, "re_"),
            Planted("UPDATE orders SET last_unit = 999 WHERE id = 'PAID'", .orders, "PAID"),
            Planted("UPDATE orders SET movement = NULL, last_unit = first_unit WHERE id = 'PAID'", .orders, "PAID"),
            Planted("DELETE FROM orders WHERE id = 'PAID'", .entries, "line of mov_"),

            Planted("UPDATE attempts SET state = 'pending' WHERE order_id = 'PAID'", .attempts, "PAID"),
            Planted("UPDATE attempts SET live = 0 WHERE order_id = 'PAID'", .attempts, "PAID"),
            Planted("UPDATE attempts SET amount = 1 WHERE order_id = 'PAID'", .attempts, "PAID"),
            Planted("UPDATE attempts SET currency = 'USD' WHERE order_id = 'PAID'", .attempts, "PAID"),
            Planted("UPDATE attempts SET order_id = 'pay_x' WHERE order_id = 'PAID'", .attempts, "PAID"),
            Planted("UPDATE attempts SET reference = 'x' WHERE order_id = 'PAID'", .attempts, "PAID"),
            Planted("DELETE FROM attempts WHERE order_id = 'PAID'", .attempts, "PAID"),
            Planted(
                """
                INSERT INTO attempts (order_id, id, provider, scope, reference, amount, currency, created_at, state, live)
                SELECT order_id, 'att_x', provider, scope, 'x', amount, currency, created_at, 'rejected', 0
                FROM attempts WHERE order_id = 'PAID'
                """, .attempts, "belongs to PAID"),

            Planted("UPDATE units SET order_id = 'HELD' WHERE order_id = 'PAID'", .units, "belongs to HELD"),
            Planted("UPDATE units SET previous = NULL WHERE order_id = 'PAID'", .units, "belongs to PAID"),
            Planted("UPDATE units SET sealed = x'00' WHERE order_id = 'PAID'", .units, "PAID"),
            Planted(
                "INSERT INTO units SELECT 99, order_id, NULL, app, environment, at, NULL, NULL, NULL, sealed FROM units LIMIT 1",
                .units, "99"),

            Planted("UPDATE wallets SET currency = 'USD'", .wallets, "PURSE"),
            Planted("UPDATE wallets SET sealed = x'00'", .wallets, "PURSE"),
            Planted("UPDATE wallets SET owner = 'nobody'", .wallets, "PURSE"),
            // Each column of its own, and another wallet's record.
            Planted(
                """
                UPDATE accounts SET name = 'wallet:wal_01M8MJBVKJ33MF904MZNWBQ2BT' WHERE name = 'WALLET';
                UPDATE wallets SET id = 'wal_01M8MJBVKJ33MF904MZNWBQ2BT' WHERE id = 'PURSE'
                """, .wallets, "another id"),
            Planted(
                "UPDATE wallets SET sealed = (SELECT sealed FROM wallets WHERE id <> 'PURSE') WHERE id = 'PURSE'",
                .wallets, "another id"),
            Planted("UPDATE wallets SET app = 'app_01M8MJBVKJ33MF904MZNWBQ2BT'", .wallets, "another app"),
            Planted("UPDATE wallets SET environment = 'production'", .wallets, "another environment"),
            Planted("UPDATE wallets SET owner = iif(owner = 'app', 'holder', 'app')", .wallets, "another owner"),
            Planted(
                "UPDATE wallets SET purpose = iif(purpose = 'personal', 'business', 'personal')", .wallets,
                "another purpose"),
            Planted(
                """
                INSERT INTO accounts VALUES (99, 'WALLET', 'USD', 0, 0, 0, 'open');
                UPDATE wallets SET currency = 'USD' WHERE id = 'PURSE'
                """, .wallets, "another currency"),
            Planted("UPDATE wallets SET reference = 'x' WHERE reference IS NULL", .wallets, "another reference"),
            Planted("UPDATE wallets SET idempotency_key = 'zzzzzzzzzzzzzzzz'", .wallets, "another idempotency key"),
            Planted("UPDATE wallets SET fingerprint = zeroblob(32)", .wallets, "another fingerprint"),
            Planted("UPDATE wallets SET request_id = 'req_01M8MJBVKJ33MF904MZNWBQ2BT'", .wallets, "another request"),
            Planted("UPDATE wallets SET created_at = created_at + 1", .wallets, "another time"),
            Planted("DELETE FROM wallets", .accounts, "WALLET"),
            Planted("DELETE FROM accounts WHERE name LIKE 'wallet:%'", .wallets, "PURSE"),

            Planted("UPDATE discrepancies SET kind = 'late_failure'", .discrepancies, "LATE"),
            Planted("UPDATE discrepancies SET claimed_amount = 91", .discrepancies, "LATE"),
            Planted("UPDATE discrepancies SET claimed_amount = NULL", .discrepancies, "LATE"),
            Planted("UPDATE discrepancies SET recorded_state = 'succeeded'", .discrepancies, "LATE"),
            Planted("UPDATE discrepancies SET at = 0", .discrepancies, "LATE"),
            Planted("UPDATE discrepancies SET order_id = 'pay_x'", .discrepancies, "belongs to pay_x"),
            Planted("DELETE FROM discrepancies", .discrepancies, "LATE"),
            Planted(
                """
                INSERT INTO discrepancies (order_id, attempt, kind, claimed_amount, claimed_currency, recorded_state, at)
                SELECT order_id, attempt, kind, claimed_amount, claimed_currency, recorded_state, at FROM discrepancies
                """, .discrepancies, "LATE"),
        ]
    }

    @Test(arguments: Planted.all)
    private func `a wrong row is found and named`(_ planted: Planted) async throws {
        let books = try await Books()
        let found = try await books.found(after: books.named(planted.change))
        let place = books.named(planted.place)
        let isNamed = found.contains { $0.table == planted.table && ($0.place + " " + $0.found).contains(place) }
        #expect(isNamed, "\(found.map(\.description).joined(separator: "\n"))")
    }

    /// A record that opens, and says something else than the books.
    @Test(arguments: ["proof", "amount", "state", "payer"])
    func `a wrong record under the right seal is found`(_ part: String) async throws {
        let books = try await Books()
        var unit = books.paid.units[1]
        switch part {
        case "proof": unit.evidence = []
        case "amount": unit.evidence[0].stated = Money(70, .xof)
        case "state": unit.attempts = books.paid.units[0].attempts
        default: unit.order.disputes = books.late.order.disputes
        }
        let store = try await TestKeys.open(books.folder)
        let sealed = try store.sealer.sealed(UnitCoding.bytes(unit))
        await store.close()
        let hex = sealed.map { String(format: "%02x", $0) }.joined()
        let found = try await books.found(
            after: "UPDATE units SET sealed = x'\(hex)' WHERE order_id = '\(unit.order.id)' AND previous IS NOT NULL")
        let id = unit.order.id.text
        switch part {
        case "state": #expect(found.contains { $0.table == .attempts && $0.place.contains(id) })
        case "payer": #expect(found.contains { $0.table == .discrepancies && $0.place.contains(id) })
        default: #expect(found.map(\.table) == [.units] && found[0].place == id, "\(found)")
        }
    }

    /// What is wrong among accounts, postings and holds alone, the check of the whole store finds, too.
    @Test(
        arguments: Planted.all.filter { planted in
            [
                "SET posted", "SET held", "SET floor", "SET state = 'gone'", "SET amount = amount + 1", "_balance =",
                "SET debit = 999", "FROM entries", "FROM holds", "SET account = 999,", "UPDATE wallets", "FROM wallets",
            ].contains { planted.change.contains($0) }
        })
    private func `the check of the whole store finds wrong figures`(_ planted: Planted) async throws {
        let books = try await Books()
        let store = try await TestKeys.open(books.folder)
        #expect(try await store.fullCheck() == [])
        try await TestKeys.change(
            books.folder, "PRAGMA ignore_check_constraints = ON; " + books.named(planted.change))
        #expect(try await store.fullCheck() != [])
        await store.close()
    }

    @Test func `an older ledger is clean`() async throws {
        let older = try OlderDatabase()
        let store = try await older.open()
        let verification = try await store.verifyLedger { _ in }
        #expect(verification.findings == [])
        #expect(verification.counts[.orders] == 9 && verification.counts[.entries] == 4)
        await store.close()
    }

    /// What is written while the check runs is no mistake.
    @Test func `who writes meanwhile is not disturbed`() async throws {
        let folder = try TemporaryFolder()
        let store = try await TestKeys.open(folder)
        let maker = HistoryMaker(RecordFactory(seed: 3))
        let wallet = LedgerSamples.wallet()
        _ = try await store.insert(wallet)
        for unit in maker.succeeded(.payment, 1_000_000, account: wallet.account).units {
            #expect(await store.commit([unit], epoch: 1) == .committed)
        }
        let writer = Task {
            while !Task.isCancelled {
                let history = maker.paid(10, by: wallet.id)
                _ = await store.commit(history.units, epoch: 1)
                _ = await store.commit(maker.succeeded(.payment, 10, account: wallet.account).units, epoch: 1)
            }
        }
        for _ in 0..<10 {
            let findings = try await store.verifyLedger { _ in }.findings
            #expect(findings == [])
        }
        writer.cancel()
        await writer.value
        await store.close()
    }

    @Test func `a check that nobody waits for ends`() async throws {
        let books = try await Books()
        let store = try await TestKeys.open(books.folder)
        let check = Task { () async throws(StoreFailure) in
            try await store.verifyLedger { _ in withUnsafeCurrentTask { $0?.cancel() } }
        }
        let result = await check.result
        #expect(throws: StoreFailure.self) { try result.get() }
        await store.close()
    }
}
