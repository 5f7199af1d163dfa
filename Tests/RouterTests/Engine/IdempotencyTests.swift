import Router
import Testing

@Suite struct IdempotencyTests {
    @Test func aReplayGivesThePaymentAsItIs() throws {
        try Rig.run { rig in
            let first = try await rig.create()
            let result = await rig.engine.create(rig.command())
            guard case .replayed(let file, let binding) = result else {
                Issue.record("\(result)")
                return
            }
            #expect(file.order.id == first.order.id)
            #expect(binding.status == 201)
            #expect(rig.operators.requests.count == 1)
            #expect(rig.store.payments.count == 1)
        }
    }

    @Test func aKeyBelongsToOneRequest() throws {
        try Rig.run { rig in
            try await rig.create()
            let result = await rig.engine.create(rig.command(amount: Money(6_000, .xof), fingerprint: [2]))
            guard case .keyReused = result else {
                Issue.record("\(result)")
                return
            }
            #expect(rig.operators.requests.count == 1)
        }
    }

    @Test func aReplayIsAnsweredEvenWhenNoProviderFitsAnyMore() throws {
        try Rig.run { rig in
            let first = try await rig.create()
            let next = try await rig.restart {
                $0.apps = [Sample.otherApp]
                $0.add("alpha")
            }
            guard case .replayed(let file, _) = await next.engine.create(next.command()) else {
                Issue.record("not replayed")
                return
            }
            #expect(file.order.id == first.order.id)
        }
    }

    @Test func appsHaveKeysOfTheirOwn() throws {
        try Rig.run { rig in
            try await rig.create()
            guard case .done = await rig.engine.create(rig.command(app: Sample.otherApp)) else {
                Issue.record("the key of another app")
                return
            }
            #expect(rig.store.payments.count == 2)
            #expect(Set(rig.operators.references).count == 2)
        }
    }

    @Test(arguments: 1...25 as ClosedRange<UInt64>)
    func thirtyAtOnceMakeOnePayment(seed: UInt64) throws {
        try Rig.run(seed: seed) { rig in
            let ids = Log<OrderID>()
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<30 {
                    group.addTask {
                        switch await rig.engine.create(rig.command()) {
                        case .done(let file, _), .replayed(let file, _): ids.append(file.order.id)
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
