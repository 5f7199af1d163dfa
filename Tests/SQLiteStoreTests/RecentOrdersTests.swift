import Router
import Testing

@testable import SQLiteStore

@Suite struct RecentOrdersTests {
    private func next(_ unit: UnitOfWork) -> UnitOfWork {
        var next = UnitOfWork(order: unit.order, write: .update(expectedVersion: unit.order.version))
        next.order.version += 1
        next.attempts = unit.attempts
        return next
    }

    private func unit() throws -> UnitOfWork {
        var unit = try Samples.unit()
        unit.newAttempts = [Samples.attempt(of: unit.order, body: "")]
        return unit
    }

    @Test func `what was committed last is there and what came before goes`() throws {
        let recent = RecentOrders(count: 8)
        let units = try (0..<20).map { _ in try unit() }
        for (index, unit) in units.enumerated() {
            recent.committed([unit])
            for known in units[max(0, index - 3)...index] { #expect(recent.aggregate(known.order.id) != nil) }
        }
        #expect(units.prefix(12).allSatisfy { recent.aggregate($0.order.id) == nil })
        let empty = RecentOrders(count: 0)
        empty.committed(units)
        #expect(
            units.allSatisfy { empty.aggregate($0.order.id) == nil && empty.answer(.whole, of: $0.order.id) == nil })
    }

    @Test func `an answer lives as long as nothing is known beside it`() throws {
        let recent = RecentOrders(count: 8)
        let first = try unit()
        let id = first.order.id
        recent.committed([first])
        let ticket = try #require(recent.answer(.whole, of: id))
        #expect(ticket.bytes == nil && ticket.version == first.order.version)
        recent.keepAnswer([1], .whole, of: id, ticket: ticket.ticket)
        #expect(recent.answer(.whole, of: id)?.bytes == [1])
        #expect(recent.answer(.summary, of: id)?.bytes == nil, "each answer for itself")
        recent.noticed(first.attempts[0].id)
        #expect(recent.answer(.whole, of: id)?.bytes == nil, "a stranger's word about an attempt belongs into it")
        recent.keepAnswer([2], .whole, of: id, ticket: ticket.ticket)
        #expect(recent.answer(.whole, of: id)?.bytes == nil, "what was read before is not kept after")
        let second = next(first)
        recent.committed([second])
        #expect(recent.answer(.whole, of: id)?.version == second.order.version)
        #expect(recent.aggregate(id)?.order.version == second.order.version)
    }

    @Test func `an answer that is older than its order is not kept among the old either`() throws {
        let recent = RecentOrders(count: 4)
        let first = try unit()
        recent.committed([first])
        let ticket = try #require(recent.answer(.summary, of: first.order.id)).ticket
        for _ in 0..<2 { recent.committed([try unit()]) }
        recent.keepAnswer([1], .summary, of: first.order.id, ticket: ticket)
        #expect(recent.answer(.summary, of: first.order.id)?.bytes == [1], "in the older half too")
        recent.committed([next(first)])
        recent.keepAnswer([2], .summary, of: first.order.id, ticket: ticket)
        #expect(recent.answer(.summary, of: first.order.id)?.bytes == nil)
    }

    /// Writers and readers at once: whoever reads after a commit returned sees it, from memory or from the file.
    @Test func `nobody reads what is older than what was committed`() async throws {
        let folder = try TemporaryFolder()
        let store = try await TestKeys.open(folder) { $0.recentOrders = 4 }
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    guard var unit = try? self.unit() else { return }
                    #expect(await store.commit([unit], epoch: 1) == .committed)
                    for _ in 0..<40 {
                        unit = self.next(unit)
                        #expect(await store.commit([unit], epoch: 1) == .committed)
                        let read = try? await store.orderAggregate(unit.order.id)
                        #expect(read?.order.version == unit.order.version)
                        var query = OrderQuery(app: unit.order.app, environment: .sandbox)
                        query.kind = nil
                        #expect((try? await store.list(query))?.map(\.version) == [unit.order.version])
                    }
                }
            }
        }
        await store.close()
        await #expect(throws: StoreFailure.self) { try await store.orderAggregate(OrderID.none()) }
    }
}
