import Foundation
import GRDB
import Router
import SQLiteStore
import Testing

@Suite struct MetadataIndexTests {
    private let app = AppID(at: Samples.now, from: SystemRandom())

    private func unit(_ value: String, _ seconds: Int64) throws -> UnitOfWork {
        let random = SystemRandom()
        let at = Samples.now.adding(seconds: seconds)
        let request = OrderRequest(amount: Money(5_000, .xof), metadata: ["order_id": value])
        var order = Order(
            id: OrderID(at: at, from: random), app: app, environment: .sandbox, request: request, idempotencyKey: "k",
            requestID: RequestID(at: at, from: random), createdAt: at, plan: [], explanation: .null)
        order.version = 1
        return UnitOfWork(order: order, write: .insert)
    }

    private func found(_ store: SQLiteStore, _ value: String) async throws -> Int {
        var query = OrderQuery(app: app, environment: .sandbox, limit: 1_000)
        query.metadata = [MetadataTerm("order_id", value)]
        return try await store.list(query).count
    }

    /// A store that is closed in the middle goes on where it was, and new orders are indexed from the first on.
    @Test func `an index half made is finished by the next process`() async throws {
        let folder = try TemporaryFolder()
        var store = try await TestKeys.open(folder)
        for number in 0..<100 {
            #expect(await store.commit([try unit("17", Int64(number))], epoch: 1) == .committed)
        }
        try await store.setMetadataIndex(["order_id"], of: app, from: Samples.now.adding(seconds: 200))
        for _ in 0..<5 { #expect(try await store.indexOlderMetadata(limit: 10)) }
        let before = try await found(store, "17")
        #expect((10...50).contains(before))
        await store.close()

        store = try await TestKeys.open(folder)
        #expect(try await found(store, "17") == before)
        #expect(await store.commit([try unit("17", 300)], epoch: 1) == .committed)
        #expect(try await found(store, "17") == before + 1)
        while try await store.indexOlderMetadata(limit: 10) {}
        #expect(try await found(store, "17") == 101)
        #expect(try await store.metadataIndex(of: app).names.first?.completeFrom == [:])
        await store.close()
    }

    /// Orders that come while names are chosen and left are found by what was chosen when they were written.
    @Test func `choosing meanwhile loses no order`() async throws {
        let folder = try TemporaryFolder()
        let store = try await TestKeys.open(folder)
        let units = try (0..<300).map { try unit("17", Int64($0)) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for unit in units { group.addTask { #expect(await store.commit([unit], epoch: 1) == .committed) } }
            group.addTask {
                for names in [["order_id"], [], ["order_id", "b"], ["b"], ["order_id"]] {
                    try await store.setMetadataIndex(names, of: self.app, from: Samples.now)
                    _ = try await store.indexOlderMetadata(limit: 7)
                }
            }
            try await group.waitForAll()
        }
        while try await store.indexOlderMetadata(limit: 50) {}
        #expect(try await found(store, "17") == 300)
        try await store.setMetadataIndex([], of: app, from: Samples.now)
        while try await store.indexOlderMetadata(limit: 50) {}
        await store.close()
        let queue = try DatabaseQueue(path: folder.database)
        let left = try await queue.read { db in
            try Int.fetchOne(
                db, sql: "SELECT (SELECT count(*) FROM order_metadata) + (SELECT count(*) FROM metadata_indexes)")
        }
        try queue.close()
        #expect(left == 0, "of names that left nothing stays")
    }

    @Test func `values are nowhere in the file`() async throws {
        let folder = try TemporaryFolder()
        let store = try await TestKeys.open(folder)
        try await store.setMetadataIndex(["order_id"], of: app, from: Samples.now)
        #expect(await store.commit([try unit("a-value-to-be-hidden", 0)], epoch: 1) == .committed)
        #expect(try await found(store, "a-value-to-be-hidden") == 1)
        await store.close()
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.path + "/" + name))
            #expect(bytes.range(of: Data("a-value-to-be-hidden".utf8)) == nil, "\(name)")
        }
    }
}
