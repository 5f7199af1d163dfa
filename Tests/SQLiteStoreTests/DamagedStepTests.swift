import Router
import SQLiteStore
import Testing

/// A damaged record hides its own step only.
@Suite struct DamagedStepTests {
    @Test func `the other steps of an order are read, and what stands beside the seal`() async throws {
        let folder = try TemporaryFolder()
        let store = try await TestKeys.open(folder)
        var unit = try Samples.unit()
        let order = unit.order
        unit.newAttempts = [Samples.attempt(of: order, body: "x")]
        unit.evidence = [
            Evidence(
                attempt: unit.newAttempts[0].id, source: .response, strength: .strong, claim: "refused",
                at: Samples.now)
        ]
        #expect(await store.commit([unit], epoch: 1) == .committed)
        var next = UnitOfWork(order: order, write: .update(expectedVersion: 1))
        next.order.version = 2
        next.attempts = unit.attempts
        Samples.tell([65], in: &next)
        #expect(await store.commit([next], epoch: 1) == .committed)
        // A start would refuse it: it happens while the store is in use.
        try await TestKeys.change(folder, "UPDATE units SET sealed = x'00' WHERE n = (SELECT max(n) FROM units)")
        await #expect(throws: StoreFailure.self) { try await store.evidence(order.id) }
        let steps = try await store.steps(of: order.id)
        #expect(steps.map { $0.evidence?.map(\.claim) } == [["refused"], nil])
        #expect(steps.map { $0.told.map(\.type) } == [[], ["payment.created"]])
        #expect(steps.allSatisfy { $0.app == order.app })
        await store.close()
    }
}
