import Foundation
import GRDB
import Router
import SQLiteStore
import Testing

@Suite struct IntegrityTests {
    /// A closed database with some payments in it.
    private func filled(_ folder: TemporaryFolder, payments: Int = 40) async throws -> [OrderID] {
        let store = try await TestKeys.open(folder)
        var ids: [OrderID] = []
        for _ in 0..<payments {
            let unit = try Samples.largeUnit()
            ids.append(unit.order.id)
            #expect(await store.commit([unit], epoch: 1) == .committed)
        }
        await store.close()
        return ids
    }

    private func overwrite(_ path: String, at offset: UInt64, _ bytes: [UInt8]) throws {
        let handle = try #require(FileHandle(forUpdatingAtPath: path))
        try handle.seek(toOffset: offset)
        try handle.write(contentsOf: Data(bytes))
        try handle.close()
    }

    private func openingFails(_ folder: TemporaryFolder, master: MasterKey? = nil) async throws -> StoreFailure? {
        do {
            let master = try master ?? TestKeys.master()
            let store = try await SQLiteStore.open(path: folder.database, master: master)
            await store.close()
            return nil
        } catch let failure as StoreFailure {
            return failure
        }
    }

    /// Whether the start or the full check finds something wrong.
    private func damageIsFound(_ folder: TemporaryFolder) async throws -> Bool {
        guard let store = try? await TestKeys.open(folder) else { return true }
        let faults = try? await store.fullCheck()
        await store.close()
        return faults != []
    }

    /// A closed database, changed by hand.
    private func change(_ folder: TemporaryFolder, _ sql: String) async throws {
        let queue = try DatabaseQueue(path: folder.database)
        try await queue.write { try $0.execute(sql: sql) }
        try queue.close()
    }

    @Test func `an order whose id is damaged stops no other order's timer`() async throws {
        let folder = try TemporaryFolder()
        let store = try await TestKeys.open(folder)
        var ids: [OrderID] = []
        for _ in 0..<3 {
            var unit = try Samples.unit()
            unit.order.due = TimerEntry(at: Samples.now, queue: .engine)
            ids.append(unit.order.id)
            #expect(await store.commit([unit], epoch: 1) == .committed)
        }
        // A start would refuse it: it happens while the store is in use.
        try await change(
            folder, "PRAGMA foreign_keys = OFF; UPDATE orders SET id = 'pay_damaged' WHERE id = '\(ids[1])'")
        let due = try await store.due(.engine, before: Samples.now, limit: 10)
        #expect(Set(due) == [ids[0], ids[2]])
        #expect(try await store.fullCheck().contains { $0.contains("cannot be read") })
        await store.close()
    }

    @Test func `a damaged key fails who needs it, and nobody who writes beside it`() async throws {
        let folder = try TemporaryFolder()
        let store = try await TestKeys.open(folder)
        var bound = try Samples.unit()
        let order = bound.order
        let key = IdempotencyRecord.Key(.create(.payment), app: order.app, environment: .sandbox, key: "k1")
        let idempotencyRecord = IdempotencyRecord(
            key: key, fingerprint: [1], order: order.id, requestID: order.requestID, status: 201,
            createdAt: Samples.now)
        bound.idempotencyRecord = idempotencyRecord
        #expect(await store.commit([bound], epoch: 1) == .committed)
        await store.close()
        try await change(folder, "UPDATE bindings SET request_id = 'damaged'")
        let damaged = try await TestKeys.open(folder)
        let neighbour = try Samples.unit()
        var again = try Samples.unit()
        again.idempotencyRecord = idempotencyRecord
        let result = await damaged.commit([neighbour, again], epoch: 1)
        guard case .failed = result else { throw Unexpected(result: result) }
        #expect(try await damaged.orderAggregate(neighbour.order.id) != nil)
        #expect(try await damaged.orderAggregate(again.order.id) == nil)
        #expect(try await damaged.fullCheck().contains { $0.contains("a key bound to \(order.id) cannot be read") })
        await damaged.close()
    }

    private struct Unexpected: Error { var result: CommitResult }

    @Test(
        arguments: [
            "amount = 50000", "currency = 'XAF'", "status = 'succeeded'", "outcome = 'succeeded'", "purpose = 'payout'",
            "version = 2", "event_count = 3", "provider = 'x'", "channel = 'x'", "updated_at = 1", "phone = x'00'",
            "review = 'conflict'", "place = 7",
        ])
    func `a column of an order that says something else than its record is found`(_ change: String) async throws {
        let folder = try TemporaryFolder()
        _ = try await filled(folder, payments: 2)
        try await self.change(folder, "UPDATE orders SET \(change) WHERE id = (SELECT max(id) FROM orders)")
        let store = try await TestKeys.open(folder)
        let faults = try await store.fullCheck()
        #expect(faults.contains { $0.contains("order is not indexed as its record says") }, "\(faults)")
        await store.close()
    }

    private func lockedUnit(_ lock: String?) throws -> UnitOfWork {
        var unit = try Samples.unit()
        var attempt = Samples.attempt(of: unit.order, body: "")
        attempt.promptLock = lock
        unit.newAttempts = [attempt]
        return unit
    }

    @Test(
        arguments: [
            "prompt_lock = NULL", "live = 1 - live", "state = 'rejected'", "amount = 1", "currency = 'XAF'",
            "id = 'att'",
            "order_id = 'pay'", "open_since = 1", "operator_reference = 'x'", "reference = 'x'", "scope = 'x'",
            "provider = 'x'",
        ])
    func `a column of an attempt that says something else than its record is found`(_ change: String) async throws {
        let folder = try TemporaryFolder()
        let store = try await TestKeys.open(folder)
        #expect(await store.commit([try lockedUnit("flooz|+22890112233")], epoch: 1) == .committed)
        #expect(try await store.fullCheck() == [])
        await store.close()
        try await self.change(folder, "UPDATE attempts SET \(change)")
        let damaged = try await TestKeys.open(folder)
        let faults = try await damaged.fullCheck()
        #expect(faults.contains { $0.contains("not indexed as its record says") }, "\(faults)")
        await damaged.close()
    }

    @Test func `a damaged header is refused at start`() async throws {
        let folder = try TemporaryFolder()
        _ = try await filled(folder)
        try overwrite(folder.database, at: 0, Array("not a database at all".utf8))
        #expect(try await openingFails(folder)?.kind == .corrupt)
    }

    @Test func `a file cut short is refused at start`() async throws {
        let folder = try TemporaryFolder()
        _ = try await filled(folder)
        let handle = try #require(FileHandle(forUpdatingAtPath: folder.database))
        let length = try handle.seekToEnd()
        try handle.truncate(atOffset: length - 4_096)
        try handle.close()
        #expect(try await openingFails(folder)?.kind == .corrupt)
    }

    @Test func `a damaged page is found by the full check`() async throws {
        let folder = try TemporaryFolder()
        _ = try await filled(folder)
        let length = try #require(
            try FileManager.default.attributesOfItem(atPath: folder.database)[.size] as? UInt64)
        let original = try Data(contentsOf: URL(fileURLWithPath: folder.database))
        for page in stride(from: UInt64(1), to: length / 4_096, by: 7) {
            try overwrite(folder.database, at: page * 4_096, Array(repeating: 0xA5, count: 64))
            #expect(try await damageIsFound(folder), "page \(page + 1)")
            try? FileManager.default.removeItem(atPath: folder.database + "-wal")
            try original.write(to: URL(fileURLWithPath: folder.database))
        }
        let store = try await TestKeys.open(folder)
        #expect(try await store.fullCheck() == [])
        await store.close()
    }

    @Test func `records that disagree are found by the full check`() async throws {
        let changes = [
            "DELETE FROM units WHERE n = 1", "DELETE FROM orders WHERE id = (SELECT min(id) FROM orders)",
            "UPDATE units SET sealed = x'00' WHERE n = 1", "UPDATE units SET first_event = 2 WHERE n = 1",
            "UPDATE units SET types = types || ' b' WHERE n = 1", "UPDATE units SET order_id = 'pay' WHERE n = 1",
            "UPDATE orders SET last_unit = 2, first_unit = 2 WHERE first_unit = 1",
            """
            INSERT INTO units (order_id, app, environment, at, sealed)
            SELECT order_id, app, environment, at, sealed FROM units WHERE n = 1
            """,
        ]
        for change in changes {
            let folder = try TemporaryFolder()
            _ = try await filled(folder, payments: 25)
            let queue = try DatabaseQueue(path: folder.database)
            try await queue.write { db in try db.execute(sql: change) }
            try queue.close()
            #expect(try await damageIsFound(folder), "\(change)")
        }
    }

    @Test func `another key is refused at start`() async throws {
        let folder = try TemporaryFolder()
        _ = try await filled(folder, payments: 1)
        let failure = try await openingFails(folder, master: TestKeys.master(8))
        #expect(failure?.kind == .corrupt)
        #expect(failure?.detail.contains("another key") == true)
    }

    @Test func `an empty store belongs to the first key too`() async throws {
        let folder = try TemporaryFolder()
        #expect(try await openingFails(folder) == nil)
        #expect(try await openingFails(folder, master: TestKeys.master(8))?.detail.contains("another key") == true)
        #expect(try await openingFails(folder) == nil)
    }

    @Test func `a store of before is bound when it is opened and not changed by another key after`() async throws {
        let folder = try TemporaryFolder()
        try await TestKeys.makeOlder(folder)
        _ = try await filled(folder, payments: 1)
        try await TestKeys.forgetDataKeys(folder)
        let queue = try DatabaseQueue(path: folder.database)
        try await queue.write { db in
            try db.execute(sql: "DELETE FROM facts; DELETE FROM grdb_migrations WHERE identifier = '005-inbox'")
            try db.execute(
                sql: """
                    DROP INDEX inbox_open; DROP INDEX inbox_attempt;
                    ALTER TABLE inbox DROP COLUMN trust; ALTER TABLE inbox DROP COLUMN reference;
                    ALTER TABLE inbox DROP COLUMN operator_reference; ALTER TABLE inbox DROP COLUMN attempt;
                    CREATE INDEX inbox_open ON inbox (received_at, id, retry_at) WHERE retry_at IS NOT NULL;
                    INSERT INTO facts VALUES ('master_key_id', 'somebody else');
                    """)
        }
        #expect(try await openingFails(folder)?.detail.contains("another key") == true)
        let columns = try await queue.read { try $0.columns(in: "inbox").map(\.name) }
        #expect(!columns.contains("trust"), "another key does not even bring the database to the newest form")
        try await queue.write { try $0.execute(sql: "DELETE FROM facts") }
        #expect(try await openingFails(folder) == nil)
        #expect(try await openingFails(folder, master: TestKeys.master(8)) != nil)
        try queue.close()
    }

    @Test func `a database of a newer version is refused`() async throws {
        let folder = try TemporaryFolder()
        _ = try await filled(folder, payments: 1)
        let queue = try DatabaseQueue(path: folder.database)
        try await queue.write { db in
            try db.execute(sql: "INSERT INTO grdb_migrations (identifier) VALUES ('999-future')")
        }
        try queue.close()
        #expect(try await openingFails(folder)?.detail.contains("newer version") == true)
    }

    @Test func `a database of another program is refused`() async throws {
        let folder = try TemporaryFolder()
        let queue = try DatabaseQueue(path: folder.database)
        try await queue.write { db in try db.execute(sql: "CREATE TABLE photos (id INTEGER)") }
        try queue.close()
        #expect(try await openingFails(folder)?.detail.contains("another program") == true)
    }

    @Test func `what must be sealed is not readable in the file`() async throws {
        let folder = try TemporaryFolder()
        let store = try await TestKeys.open(folder)
        var unit = UnitOfWork(order: try Samples.order(token: "tok_planted_secret"), write: .insert)
        let attempt = Samples.attempt(of: unit.order, body: "planted request body 90112233")
        unit.newAttempts = [attempt]
        Samples.tell(Array("planted event ama@example.com".utf8), in: &unit)
        unit.evidence = [
            Evidence(
                attempt: attempt.id, source: .response, strength: .strong, claim: "executed",
                raw: Array("planted answer".utf8), at: Samples.now)
        ]
        #expect(await store.commit([unit], epoch: 1) == .committed)
        var endpoint = WebhookEndpoint(
            id: WebhookEndpointID(at: Samples.now, from: SystemRandom()), app: unit.order.app, environment: .sandbox,
            url: "https://shop.example/hook", types: [], secrets: [Secret("whsec_planted")], isEnabled: true,
            createdAt: Samples.now)
        endpoint.failingSince = nil
        try await store.insert(endpoint)
        let callback = InboundCallback(method: "POST", pathRest: "planted-token", body: Array("planted callback".utf8))
        _ = try await store.receive(
            InboxMessage(
                id: InboxID(at: Samples.now, from: SystemRandom()), provider: "p", dedupKey: "d", trust: .signed,
                callback: callback, receivedAt: Samples.now, state: .applied), limit: 9)
        for suffix in ["", "-wal"] {
            let data = try Data(contentsOf: URL(fileURLWithPath: folder.database + suffix))
            for secret in ["planted", "90112233", "ama@example.com", "bags of rice"] {
                #expect(data.range(of: Data(secret.utf8)) == nil, "\(secret) in \(suffix)")
            }
        }
        await store.close()
    }

    @Test func `the files are readable by their owner only`() async throws {
        let folder = try TemporaryFolder()
        let store = try await TestKeys.open(folder)
        #expect(await store.commit([try Samples.unit()], epoch: 1) == .committed)
        for suffix in ["", "-wal", "-shm", ".lock"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: folder.database + suffix)
            let mode = try #require(attributes[.posixPermissions] as? NSNumber)
            #expect(mode.intValue & 0o077 == 0, "\(suffix)")
        }
        await store.close()
    }
}
