import Router
import RouterTestKit
import Testing

/// The store fails at each write-ahead step (S03, S04).
@Suite struct StoreFailureTests {
    private static func isCreation(_ units: [UnitOfWork]) -> Bool { units.contains { $0.idempotencyRecord != nil } }
    private static func isSend(_ units: [UnitOfWork]) -> Bool {
        units.contains { unit in (unit.newAttempts + unit.changedAttempts).contains { $0.state == .sending } }
    }
    private static func isAnswer(_ units: [UnitOfWork]) -> Bool { units.contains { !$0.evidence.isEmpty } }

    @Test func `at W1 nothing is accepted`() throws {
        try Rig.run { rig in
            rig.store.inject { _, units in Self.isCreation(units) ? .failsBefore : nil }
            try #require(await rig.engine.create(rig.command()).isUnknown, "accepted")
            #expect(rig.store.payments.isEmpty)
            #expect(rig.operators.requests.isEmpty)
            rig.store.inject(nil)
            try await rig.create()
            #expect(rig.operators.requests.count == 1)
        }
    }

    @Test func `at W1 a commit that counted after all is found by its timer`() throws {
        try Rig.run { rig in
            rig.store.inject { _, units in Self.isCreation(units) ? .failsAfter : nil }
            try #require(await rig.engine.create(rig.command()).isUnknown, "accepted")
            rig.store.inject(nil)
            await rig.wait(upTo: 60) { rig.order?.status == .failed }
            let aggregate = try #require(
                await rig.engine.create(rig.command()).replayed, "the retry made another payment"
            )
            .aggregate
            #expect(rig.states == [.notSent])
            #expect(aggregate.order.failure?.retryable == true)
            #expect(rig.operators.requests.isEmpty, "the caller was told that nothing was accepted")
        }
    }

    /// What was durable after all goes on, so nobody may be told that nothing was stored.
    @Test(arguments: [TestProvider.Style.request, .asksFirst])
    func `a payment whose acceptance counted after all is found under its key`(_ style: TestProvider.Style) throws {
        try Rig.run({ $0.add("alpha", style: style) }) { rig in
            rig.store.inject { _, units in Self.isCreation(units) ? .failsAfter : nil }
            let command = rig.command()
            try #require(await rig.engine.create(command).isUnknown, "told what nobody knows")
            rig.store.inject(nil)
            await rig.wait(upTo: 600) { rig.order?.status.isFinal == true }
            #expect(await rig.engine.create(command).replayed?.aggregate.order.id == rig.order?.id)
            #expect(rig.store.payments.count == 1 && rig.operators.requests.count <= 1)
        }
    }

    /// What is about a payment may be done already: who cannot read the payment does not know.
    @Test func `what is about a payment that cannot be read ends as unknown`() throws {
        try Rig.run({ $0.addWhole("alpha") }) { rig in
            let payment = try await rig.create()
            try #require(await rig.engine.follow(rig.followUp(.refund, payment, 1_000)).done != nil, "not refunded")
            rig.store.failReads(true)
            #expect(await rig.engine.follow(rig.followUp(.refund, payment, 1_000)).isUnknown)
            #expect(await rig.accept(payment, payment.order.amount).isUnknown)
            rig.store.failReads(false)
            #expect(await rig.engine.follow(rig.followUp(.refund, payment, 1_000)).replayed != nil)
        }
    }

    @Test(arguments: [TestStore.Fault.failsBefore, .failsAfter])
    func `at W3 nothing is sent`(_ fault: TestStore.Fault) throws {
        try Rig.run({ $0.add("alpha", style: .asksFirst) }) { rig in
            rig.store.inject { _, units in Self.isSend(units) ? fault : nil }
            try await rig.create(async: true)
            await rig.stage.sleep(seconds: 20)
            #expect(rig.operators.requests.isEmpty, "no byte without a durable SENDING")
            rig.store.inject(nil)
            await rig.stage.sleep(seconds: 1_000)
            switch fault {
            case .failsBefore: #expect(rig.order?.status == .succeeded)
            // SENDING is durable, and this process knows that nothing left.
            default: #expect(rig.states.first == .notSent)
            }
            #expect(rig.operators.requests.count <= 1)
        }
    }

    @Test(arguments: [TestStore.Fault.failsBefore, .failsAfter, .conflicts(.constraint(.other("unheard of")))])
    func `at W5 the answer is found by a check`(_ fault: TestStore.Fault) throws {
        try Rig.run { rig in
            rig.store.inject { _, units in Self.isAnswer(units) ? fault : nil }
            try await rig.create(async: true)
            await rig.stage.sleep(seconds: 3)
            rig.store.inject(nil)
            await rig.wait(upTo: 200) { rig.order?.status == .succeeded }
            #expect(rig.operators.requests.count == 1)
            #expect(rig.store.postings.count == 1)
        }
    }

    @Test func `a store that is down for a while loses nothing`() throws {
        try Rig.run { rig in
            try await rig.create(key: "before", async: true)
            rig.store.inject { _, _ in .failsBefore }
            rig.store.failReads(true)
            try #require(await rig.engine.create(rig.command(key: "during")).isUnknown, "accepted")
            await rig.stage.sleep(seconds: 100)
            rig.store.failReads(false)
            rig.store.inject(nil)
            await rig.wait(upTo: 600) { rig.store.payments.allSatisfy { $0.status == .succeeded } }
            #expect(rig.store.payments.count == 1)
            #expect(rig.operators.executions.values.allSatisfy { $0 == 1 })
            #expect(rig.observer.storeFailures > 0)
        }
    }

    /// A full disk must not make the router ask the operator, or the store, fifty times a second.
    @Test func `a store that refuses writes is not asked without end`() throws {
        try Rig.run({ $0.add("alpha", style: .asksFirst) }) { rig in
            rig.store.inject { _, units in Self.isCreation(units) ? nil : .failsBefore }
            for number in 1...3 { try await rig.create(key: "k\(number)", async: true) }
            await rig.stage.sleep(seconds: 200)
            #expect(rig.store.commits < 3 * 200)
            #expect(rig.operators.questions.count < 3 * 200)
            rig.store.inject(nil)
            await rig.wait(upTo: 60) { rig.store.payments.allSatisfy { $0.status == .succeeded } }
            #expect(rig.operators.executions.values.allSatisfy { $0 == 1 })
        }
    }

    /// A constraint that never lets an attempt in must neither send nor run hot.
    @Test(
        arguments: [TestProvider.Style.request, .asksFirst], [StoreConstraint.reference, .other("unheard of")])
    func `a refused attempt is not tried without end`(_ style: TestProvider.Style, _ held: StoreConstraint) throws {
        try Rig.run({ $0.add("alpha", style: style) }) { rig in
            rig.store.inject { _, units in Self.isSend(units) ? .conflicts(.constraint(held)) : nil }
            try await rig.create(async: true, expires: 300)
            await rig.stage.sleep(seconds: 200)
            #expect(rig.operators.requests.isEmpty)
            #expect(rig.store.commits < 100)
            #expect(rig.observer.alarms.contains("constraint_held"))
        }
    }

    @Test func `writers that meet repeat themselves`() throws {
        try Rig.run { rig in
            rig.operators.script("alpha", .accept)
            try await rig.create()
            let failures = Log<Int>()
            rig.store.inject { number, _ in
                guard failures.count < 5 else { return nil }
                failures.append(number)
                return .conflicts(.version)
            }
            let aggregate = try #require(rig.store.aggregate())
            let cancelled = try await rig.engine.cancel(aggregate.order.id)
            #expect(cancelled?.order.cancelRequestedAt != nil)
            #expect(failures.count == 5)
        }
    }
}
