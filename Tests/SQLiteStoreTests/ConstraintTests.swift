import GRDB
import Router
import Testing

@testable import SQLiteStore

/// What SQLite says of a broken constraint becomes a promise of the store, and nothing but that.
@Suite struct ConstraintTests {
    /// Tables that no unit writes, or of which it changes rows that are there only.
    private static let besides: Set<String> = [
        "facts", "epochs", "apps", "app_keys", "people", "inbox", "webhook_endpoints", "deliveries", "metadata_indexes",
        "grdb_migrations", "wallets", "people_accounts", "account_wallets", "account_sessions", "challenges",
        "messages",
        "configurations", "configuration_activations", "bills", "snapshots", "snapshot_folds", "snapshot_shelves",
        "snapshot_subjects", "snapshot_sales",
    ]
    /// What a unit cannot break: rows that are there already are answered or passed over.
    private static let unbreakable: Set<String> = [
        "bindings.app, bindings.environment, bindings.idempotency_key, bindings.operation", "order_claims.lock",
        "order_metadata.hash, order_metadata.order_id", "places.provider, places.scope, places.operation",
        "accounts.name, accounts.currency",
    ]
    /// What stands behind the reckoning of ``LedgerTrial``: a unit that meets it was let through by mistake.
    private static let backstops: Set<String> = ["accounts_posted", "accounts_held", "accounts_floor"]

    @Test func `every unique index that a unit meets has a meaning`() async throws {
        let folder = try TemporaryFolder()
        await (try TestKeys.open(folder)).close()
        let queue = try DatabaseQueue(path: folder.database)
        let unique = try await queue.read { db in
            let tables = try String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE type = 'table'")
            return try tables.filter { !Self.besides.contains($0) }.flatMap { table in
                try String.fetchAll(
                    db,
                    sql: """
                        SELECT (SELECT group_concat(? || '.' || i.name, ', ') FROM
                            (SELECT name FROM pragma_index_info(l.name) ORDER BY seqno) i)
                        FROM pragma_index_list(?) l WHERE l."unique" = 1
                        """, arguments: [table, table])
            }
        }
        try queue.close()
        #expect(unique.count > 10)
        #expect(Set(unique) == Self.unbreakable.union(ConstraintTexts.conflicts.keys))
    }

    @Test func `every check that a unit meets has a meaning`() async throws {
        let folder = try TemporaryFolder()
        await (try TestKeys.open(folder)).close()
        let queue = try DatabaseQueue(path: folder.database)
        let tables = try await queue.read { db in
            try Row.fetchAll(db, sql: "SELECT name, sql FROM sqlite_master WHERE sql LIKE '%CHECK%'")
                .filter { !Self.besides.contains($0["name"]) }.map { $0["sql"] as String }
        }
        try queue.close()
        let names = tables.joined().matches(of: #/CONSTRAINT (\w+) CHECK/#).map { String($0.1) }
        #expect(tables.joined().matches(of: #/CHECK/#).count == names.count, "every check has a name")
        #expect(Set(names) == Self.backstops.union(ConstraintTexts.checks.keys))
    }

    /// The tables themselves refuse what must never be in the books, whoever writes it.
    @Test(
        arguments: [
            ("UPDATE accounts SET posted = posted - 101 WHERE name LIKE 'wallet:%'", "accounts_floor"),
            ("UPDATE accounts SET held = held + 71 WHERE name LIKE 'wallet:%'", "accounts_floor"),
            ("UPDATE accounts SET held = held - 31 WHERE name LIKE 'wallet:%'", "accounts_held"),
            ("UPDATE accounts SET posted = posted + 9223372036854775807", "accounts_posted"),
            ("UPDATE accounts SET posted = posted - 9223372036854775807 - 102", "accounts_posted"),
            ("UPDATE accounts SET held = held + 9223372036854775807 WHERE name LIKE 'wallet:%'", "accounts_held"),
            ("UPDATE entries SET amount = 0", "entries_amount"), ("UPDATE entries SET amount = -1", "entries_amount"),
            ("UPDATE entries SET debit = credit", "entries_accounts"),
            ("UPDATE holds SET amount = 0", "holds_amount"), ("UPDATE holds SET amount = -5", "holds_amount"),
        ])
    func `books that cannot be are refused by their tables`(_ change: String, _ name: String) async throws {
        let folder = try TemporaryFolder()
        let store = try await TestKeys.open(folder)
        let wallet = try await LedgerSamples.wallet(store, with: 100)
        #expect(await store.commit([LedgerSamples.hold(30, of: wallet.account)], epoch: 1) == .committed)
        await store.close()
        let queue = try DatabaseQueue(path: folder.database)
        let error = await #expect(throws: DatabaseError.self) { try await queue.write { try $0.execute(sql: change) } }
        #expect(error?.message == "CHECK constraint failed: \(name)")
        try queue.close()
    }

    @Test func `every named constraint is told by one text`() {
        let told = ConstraintTexts.conflicts.values.compactMap { conflict in
            if case .constraint(let constraint) = conflict { constraint } else { nil }
        }
        #expect(told.count == Set(told).count)
        let checked = Set(ConstraintTexts.checks.values)
        #expect(checked == [.constraint(.amount), .constraint(.accounts)])
        // What one look at the order, or at the unit alone, shows needs no index.
        #expect(
            Set(told)
                == Set(StoreConstraint.named).subtracting([
                    .missingAttempt, .attempt, .eventNumber, .end, .amount, .accounts,
                ]))
        #expect(Set(StoreConstraint.named.map(\.name)).count == StoreConstraint.named.count)
    }

    /// Whatever else SQLite refuses, the unit is not written, its neighbours are, and nobody takes it for something known.
    @Test(
        arguments: [
            (
                "CREATE UNIQUE INDEX strange ON orders (event_count) WHERE event_count = 1",
                "UNIQUE constraint failed: orders.event_count"
            ),
            (
                """
                CREATE TRIGGER strange BEFORE INSERT ON units WHEN new.types IS NOT NULL
                BEGIN SELECT RAISE(ABORT, 'attempts.settled_as'); END
                """, "attempts.settled_as"
            ),
        ])
    func `a constraint without a name is never called committed`(_ change: String, _ words: String) async throws {
        let folder = try TemporaryFolder()
        await (try TestKeys.open(folder)).close()
        let queue = try DatabaseQueue(path: folder.database)
        try await queue.write { try $0.execute(sql: change) }
        try queue.close()

        let store = try await TestKeys.open(folder)
        var first = try Samples.unit()
        var broken = try Samples.unit()
        first.order.eventCount = 1
        broken.order.eventCount = 1
        Samples.tell([65], in: &broken)
        #expect(await store.commit([first], epoch: 1) == .committed)
        let refused = broken
        let bystanders = try (0..<8).map { _ in try Samples.unit() }
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                #expect(
                    await store.commit([refused], epoch: 1) == .conflict(index: 0, .constraint(.other(words))))
            }
            for unit in bystanders {
                group.addTask { #expect(await store.commit([unit], epoch: 1) == .committed) }
            }
        }
        #expect(try await store.orderAggregate(broken.order.id) == nil)
        #expect(try await store.event(broken.events[0].id, app: broken.order.app, environment: .sandbox) == nil)
        for unit in bystanders { #expect(try await store.orderAggregate(unit.order.id) != nil) }
        await store.close()
    }
}
