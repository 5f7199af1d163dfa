import Router
import RouterTestKit
import Testing

@Suite struct IdempotencyTests {
    @Test func `a replay gives the payment as it is`() throws {
        try Rig.run { rig in
            let first = try await rig.create()
            let result = await rig.engine.create(rig.command())
            let (aggregate, idempotencyRecord) = try #require(result.replayed, "\(result)")
            #expect(aggregate.order.id == first.order.id)
            #expect(idempotencyRecord.status == 201)
            #expect(rig.operators.requests.count == 1)
            #expect(rig.store.payments.count == 1)
        }
    }

    @Test func `a key belongs to one request`() throws {
        try Rig.run { rig in
            try await rig.create()
            let result = await rig.engine.create(rig.command(amount: Money(6_000, .xof), fingerprint: [2]))
            try #require(result.keyReused != nil, "\(result)")
            #expect(rig.operators.requests.count == 1)
        }
    }

    @Test func `a replay is answered even when no provider fits any more`() throws {
        try Rig.run { rig in
            let first = try await rig.create()
            let next = try await rig.restart {
                $0.apps = [Sample.otherApp]
                $0.add("alpha")
            }
            let aggregate = try #require(await next.engine.create(next.command()).replayed, "not replayed").aggregate
            #expect(aggregate.order.id == first.order.id)
        }
    }

    @Test func `apps have keys of their own`() throws {
        try Rig.run { rig in
            try await rig.create()
            try #require(
                await rig.engine.create(rig.command(app: Sample.otherApp)).done != nil, "the key of another app")
            #expect(rig.store.payments.count == 2)
            #expect(Set(rig.operators.references).count == 2)
        }
    }

    @Test(arguments: 1...25 as ClosedRange<UInt64>)
    func `thirty at once make one payment`(seed: UInt64) throws {
        try Rig.run(seed: seed) { rig in
            let ids = Log<OrderID>()
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<30 {
                    group.addTask {
                        switch await rig.engine.create(rig.command()) {
                        case .done(let aggregate, _), .replayed(let aggregate, _): ids.append(aggregate.order.id)
                        case let other: Issue.record("\(other)")
                        }
                    }
                }
            }
            #expect(ids.count == 30)
            #expect(Set(ids.values).count == 1)
            #expect(rig.store.payments.count == 1)
            #expect(rig.operators.requests.count == 1)
        }
    }
}
