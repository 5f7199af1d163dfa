import Crypto
import Foundation
import Router
import SQLiteStore
import Testing
import WebText

/// Which keys a database gets, and that it never gets others.
@Suite struct DataKeysTests {
    private static let origin = OperatorReferences.Origin(
        app: AppID(at: Samples.now, from: SystemRandom()), environment: .sandbox, operation: "payment",
        idempotencyKey: "k",
        movementOrdinal: 1, attemptOrdinal: 1, provider: "tmoney-tg")

    /// The keys of a database after it was opened and closed.
    private func keys(_ folder: TemporaryFolder, _ master: MasterKey? = nil) async throws -> DataKeys {
        let store = try await SQLiteStore.open(path: folder.database, master: try master ?? TestKeys.master())
        await store.close()
        return store.dataKeys
    }

    private func openingFails(_ folder: TemporaryFolder, _ master: MasterKey? = nil) async throws -> StoreFailure? {
        do throws(StoreFailure) {
            let store = try await SQLiteStore.open(
                path: folder.database, master: master ?? (try? TestKeys.master()) ?? MasterKey.random().key)
            await store.close()
            return nil
        } catch { return error }
    }

    /// A store with a payment is whole, also when it is opened again.
    private func isSound(_ folder: TemporaryFolder, _ master: MasterKey? = nil) async throws {
        let master = try master ?? TestKeys.master()
        let unit = try Samples.unit()
        let store = try await SQLiteStore.open(path: folder.database, master: master)
        #expect(await store.commit([unit], epoch: 1) == .committed)
        await store.close()
        let again = try await SQLiteStore.open(path: folder.database, master: master)
        #expect(differing(store.dataKeys, again.dataKeys) == [])
        #expect(try await again.orderAggregate(unit.order.id)?.order == unit.order)
        #expect(try await again.fullCheck() == [])
        await again.close()
    }

    // MARK: New databases

    /// Invariant I-40: of two installations under one master key only the references are alike.
    @Test func `new databases have keys of their own, and make the same references`() async throws {
        let (one, two) = (try TemporaryFolder(), try TemporaryFolder())
        let (first, second) = (try await keys(one), try await keys(two))
        let random = Set(DataKeys.Purpose.allCases).subtracting([.operatorReference])
        #expect(differing(first, second) == random)
        #expect(differing(first, .derived(from: try TestKeys.master())) == random)
        let references = [first, second].map { OperatorReferences($0).derive(Self.origin, shape: .uuid) }
        #expect(references[0] == references[1])
        #expect(try await differing(first, keys(one)) == [], "they stay")
        try await isSound(one)
    }

    @Test func `no key stands in the files in clear`() async throws {
        let folder = try TemporaryFolder()
        let store = try await TestKeys.open(folder)
        #expect(await store.commit([try Samples.unit()], epoch: 1) == .committed)
        let secrets = DataKeys.Purpose.allCases.map { store.dataKeys[$0].withUnsafeBytes { Array($0) } }
        for secret in secrets + [Array(repeating: 7, count: 32)] {
            for file in try TestKeys.contents(folder) {
                #expect(file.range(of: Data(secret)) == nil && file.range(of: Data(Hex.text(secret).utf8)) == nil)
            }
        }
        await store.close()
    }

    // MARK: Databases of before

    @Test func `a database of before keeps what the master key derives, and everything in it`() async throws {
        let folder = try TemporaryFolder()
        try await TestKeys.makeOlder(folder)
        let unit = try Samples.unit()
        let store = try await TestKeys.open(folder)
        #expect(await store.commit([unit], epoch: 1) == .committed)
        await store.close()
        for _ in 0..<2 {
            try await TestKeys.forgetDataKeys(folder)
            let upgraded = try await TestKeys.open(folder)
            #expect(differing(upgraded.dataKeys, .derived(from: try TestKeys.master())) == [])
            #expect(try await upgraded.orderAggregate(unit.order.id)?.order == unit.order)
            #expect(try await upgraded.fullCheck() == [])
            await upgraded.close()
        }
        #expect(try await TestKeys.fact("data_keys", folder) != nil)
    }

    @Test(arguments: [
        "INSERT INTO facts VALUES ('master_key_id', 'ID')", "UPDATE epochs SET newest = 1",
        "INSERT INTO apps (id, name, enabled, created_at) VALUES ('app', 'shop', 1, 0)",
        "INSERT INTO app_keys (hash, app, role, environment, prefix, created_at) VALUES (x'00', 'a', 's', 'e', 'p', 0)",
        "INSERT INTO older_events VALUES (1)",
    ])
    func `whatever was ever written makes a database one of before`(_ trace: String) async throws {
        let folder = try TemporaryFolder()
        try await TestKeys.makeOlder(folder)
        try await TestKeys.change(folder, "DELETE FROM facts; CREATE TABLE older_events (n INTEGER)")
        try await TestKeys.change(folder, trace.replacing("'ID'", with: "'\(try TestKeys.master().id)'"))
        #expect(try await differing(keys(folder), .derived(from: try TestKeys.master())) == [])
    }

    /// It was made, but its form was not finished.
    @Test func `a database that nothing was written to is new, however often it was begun`() async throws {
        let folder = try TemporaryFolder()
        try await TestKeys.makeOlder(folder)
        try await TestKeys.change(folder, "DELETE FROM facts")
        #expect(try await differing(keys(folder), .derived(from: try TestKeys.master())).count == 7)
    }

    // MARK: What is refused

    private func refusedUnchanged(
        _ folder: TemporaryFolder, _ master: MasterKey? = nil, naming words: String...
    ) async throws {
        let before = try TestKeys.contents(folder)
        let failure = try #require(try await openingFails(folder, master))
        #expect(failure.kind == .corrupt)
        for word in words { #expect(failure.detail.contains(word), "\(failure.detail)") }
        #expect(try TestKeys.contents(folder) == before, "nothing was written")
    }

    @Test func `another master key is refused and changes nothing`() async throws {
        let folder = try TemporaryFolder()
        try await isSound(folder)
        try await refusedUnchanged(folder, try TestKeys.master(8), naming: "another key", "give that key")
        try await isSound(folder)
    }

    @Test func `keys that are missing where there were some are not made again`() async throws {
        let folder = try TemporaryFolder()
        try await isSound(folder)
        try await TestKeys.change(folder, "DELETE FROM facts WHERE name = 'data_keys'")
        try await refusedUnchanged(folder, naming: "missing", "restore the database from a backup")
        try await TestKeys.change(folder, "DELETE FROM facts")
        try await refusedUnchanged(folder, naming: "missing")
    }

    @Test func `a record with one changed character is refused, and the right one opens again`() async throws {
        let folder = try TemporaryFolder()
        try await isSound(folder)
        let record = try #require(try await TestKeys.fact("data_keys", folder))
        var places = Array(stride(from: 0, to: record.utf8.count, by: 37))
        places.append(record.utf8.count - 1)
        for place in places {
            var changed = Array(record.utf8)
            changed[place] ^= 1
            let text = String(decoding: changed, as: UTF8.self)
            try await TestKeys.change(folder, "UPDATE facts SET value = '\(text)' WHERE name = 'data_keys'")
            try await refusedUnchanged(folder, naming: "the keys of the data", "restore the database from a backup")
        }
        try await TestKeys.change(folder, "UPDATE facts SET value = '\(record)' WHERE name = 'data_keys'")
        try await isSound(folder)
    }

    @Test func `keys that another master key wrapped are refused, whatever the database says of itself`() async throws {
        let folder = try TemporaryFolder()
        try await isSound(folder)
        let other = try TestKeys.master(8)
        let record = try DataKeys.fresh(other).wrapped(by: other)
        try await TestKeys.change(folder, "UPDATE facts SET value = '\(record)' WHERE name = 'data_keys'")
        try await refusedUnchanged(folder, naming: other.id, "give that key")
    }

    // MARK: Programs of other times

    @Test func `a purpose that an older program did not know is added, one that only a newer one knows is kept`()
        async throws
    {
        let folder = try TemporaryFolder()
        let whole = try await keys(folder)
        let master = try TestKeys.master()
        var known = Dictionary(
            uniqueKeysWithValues: DataKeys.Purpose.allCases.map { ($0.rawValue, whole[$0]) })
        known["person-tokens"] = nil
        known["tickets"] = whole[.seal]
        let record = try DataKeys.record(of: known, by: master)
        try await TestKeys.change(folder, "UPDATE facts SET value = '\(record)' WHERE name = 'data_keys'")
        let completed = try await keys(folder)
        #expect(differing(completed, whole) == [.personTokens])
        let stored = try #require(try await TestKeys.fact("data_keys", folder))
        #expect(stored != record && stored.utf8.count > record.utf8.count)
        #expect(try DataKeys.unwrapped(stored, by: master).isComplete)
        #expect(try await differing(keys(folder), completed) == [])
        #expect(try await TestKeys.fact("data_keys", folder) == stored, "written once")
    }

    /// What a change of the master key will do: two facts, and no row besides.
    @Test(arguments: [true, false])
    func `under another master key that wraps the same keys everything is as it was`(_ isOlder: Bool) async throws {
        let folder = try TemporaryFolder()
        if isOlder { try await TestKeys.makeOlder(folder) }
        try await isSound(folder)
        let (first, second) = (try TestKeys.master(), MasterKey.random().key)
        let record = try #require(try await TestKeys.fact("data_keys", folder))
        let before = try await keys(folder)
        let moved = try DataKeys.rewrapped(record, from: first, to: second)
        try await TestKeys.change(
            folder,
            """
            UPDATE facts SET value = '\(moved)' WHERE name = 'data_keys';
            UPDATE facts SET value = '\(second.id)' WHERE name = 'master_key_id';
            """)
        #expect(try await differing(keys(folder, second), before) == [])
        try await isSound(folder, second)
        try await refusedUnchanged(folder, first, naming: "another key")
    }
}
