import GRDB
import Router
import SQLiteStore
import Testing

/// Whoever writes to the database leaves traces in the audit trail.
@Suite struct AuditTrailTests {
    private func filled(_ folder: TemporaryFolder) async throws {
        let store = try await TestKeys.open(folder)
        for number in 1...6 {
            let entry = AuditEntry(
                at: Samples.now, .commandLine(person: nil), .appMade, .init(.app, "app \(number)"),
                after: ["name": .string("Shop \(number)")])
            #expect(try await store.apply(PlatformChange(entry)) == .done)
        }
        await store.close()
    }

    @Test(arguments: [
        ("UPDATE audit SET sealed = (SELECT sealed FROM audit WHERE n = 3) WHERE n = 2", 2),
        ("UPDATE audit SET sealed = x'00' WHERE n = 1", 1),
        ("UPDATE audit SET digest = x'00' WHERE n = 6", 6),
        ("DELETE FROM audit WHERE n = 4", 4), ("DELETE FROM audit WHERE n = 1", 1),
        ("DELETE FROM audit WHERE n = 4; UPDATE audit SET n = n - 1 WHERE n > 4", 4),
        (
            """
            INSERT INTO audit (n, at, actor, subject, sealed, digest)
            SELECT 7, at, actor, subject, sealed, digest FROM audit WHERE n = 6
            """, 7
        ),
    ])
    func `a line that was changed, taken out or put in is found`(_ sql: String, _ line: Int64) async throws {
        let folder = try TemporaryFolder()
        try await filled(folder)
        let queue = try DatabaseQueue(path: folder.database)
        try await queue.write { try $0.execute(sql: sql) }
        try queue.close()
        let store = try await TestKeys.reopen(folder)
        #expect(try await store.verifyAudit() == .broken(at: line))
        await store.close()
    }

    @Test func `what is taken off the end shows by the digest that was kept`() async throws {
        let folder = try TemporaryFolder()
        try await filled(folder)
        let queue = try DatabaseQueue(path: folder.database)
        try await queue.write { try $0.execute(sql: "DELETE FROM audit WHERE n > 4") }
        try queue.close()
        let store = try await TestKeys.reopen(folder)
        let (count, digest) = try #require(try await store.verifyAudit().whole)
        #expect(count == 4)
        let first = AuditEntry(at: Samples.now, .system, .appMade, .init(.app, "another"))
        #expect(try await store.apply(PlatformChange(first)) == .done)
        let after = try #require(try await store.verifyAudit().whole)
        #expect(after.count == 5 && after.digest != digest)
        await store.close()
    }
}

extension AuditVerdict {
    fileprivate var whole: (count: Int64, digest: [UInt8])? {
        guard case .whole(let count, let digest) = self else { return nil }
        return (count, digest)
    }
}
