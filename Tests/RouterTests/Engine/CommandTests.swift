import Router
import RouterTestKit
import Testing

@Suite struct CancelTests {
    @Test func `cancelling before sending cancels`() throws {
        try Rig.run({ $0.add("alpha") { CodeProvider(base: $0) } }) { rig in
            let aggregate = try await rig.create()
            let cancelled = try await rig.engine.cancel(aggregate.order.id)
            #expect(cancelled?.order.status == .cancelled)
            #expect(rig.operators.requests.isEmpty)
            #expect(rig.store.events.last?.type == "payment.cancelled")
        }
    }

    @Test func `cancelling what is under way is a wish`() throws {
        try Rig.run { rig in
            rig.operators.script("alpha", .accept)
            let aggregate = try await rig.create()
            let wished = try await rig.engine.cancel(aggregate.order.id)
            #expect(wished?.order.status == .awaitingCustomer)
            #expect(wished?.order.cancelRequestedAt != nil)
            rig.operators.decide(try #require(rig.operators.references.first), .refused(.expired, definitive: true))
            await rig.wait { rig.order?.status == .cancelled }
        }
    }

    @Test func `success wins over the wish`() throws {
        try Rig.run { rig in
            rig.operators.script("alpha", .accept)
            let aggregate = try await rig.create()
            _ = try await rig.engine.cancel(aggregate.order.id)
            rig.operators.decide(try #require(rig.operators.references.first), .executed)
            await rig.wait { rig.order?.status == .succeeded }
        }
    }

    @Test func `cancelling twice or too late changes nothing`() throws {
        try Rig.run { rig in
            let aggregate = try await rig.create()
            #expect(try await rig.engine.cancel(aggregate.order.id)?.order == rig.order)
            #expect(rig.order?.cancelRequestedAt == nil)
            #expect(try await rig.engine.cancel(Sample.paymentID) == nil)
        }
    }

    /// The compare-and-set decides: a cancelled payment was never sent, a sent one is never called cancelled.
    @Test(arguments: 1...60 as ClosedRange<UInt64>)
    func `cancel racing send has one winner`(seed: UInt64) throws {
        try Rig.run(seed: seed) { rig in
            let id = Box<OrderID>()
            let stage = rig.stage
            stage.spawn {
                if let aggregate = try? await rig.create(async: true) { id.set(aggregate.order.id) }
            }
            stage.spawn {
                while id.value == nil { await stage.sleep(milliseconds: 1) }
                for _ in 0..<(seed % 12) { await Task.yield() }
                if let id = id.value { _ = try? await rig.engine.cancel(id) }
            }
            await rig.wait(upTo: 120) { rig.order?.outcome.isFinal == true }
            let sent = rig.operators.requests.count
            switch rig.order?.status {
            case .cancelled: #expect(sent == 0)
            case .succeeded: #expect(sent == 1)
            default: Issue.record("ended \(String(describing: rig.order?.status))")
            }
        }
    }
}

@Suite struct CheckNowTests {
    @Test func `asks at once`() throws {
        try Rig.run { rig in
            rig.operators.script("alpha", .accept)
            let aggregate = try await rig.create()
            rig.operators.decide(try #require(rig.operators.references.first), .executed)
            let checked = try #require(await rig.engine.checkNow(aggregate).checked, "not checked")
            #expect(checked.order.status == .succeeded)
            #expect(rig.stage.now < .start + 5)
        }
    }

    @Test func `keeps to the operators rate`() throws {
        try Rig.run({ $0.add("alpha", Sample.contract(checksPerSecond: 0.01)) }) { rig in
            rig.operators.script("alpha", .accept)
            let aggregate = try await rig.create()
            try #require(await rig.engine.checkNow(aggregate).checked != nil, "the first was refused")
            let moment = try #require(await rig.engine.checkNow(aggregate).tooOften, "the second was allowed")
            #expect(moment > rig.stage.now + 90)
            #expect(rig.operators.questions.count == 1)
        }
    }

    @Test func `final payments are not asked`() throws {
        try Rig.run { rig in
            let aggregate = try await rig.create()
            let same = try #require(await rig.engine.checkNow(aggregate).checked, "refused")
            #expect(same.order == aggregate.order)
            #expect(rig.operators.questions.isEmpty)
        }
    }

    @Test func `timers keep to the operators rate`() throws {
        let ladder = CheckLadder(stepsMilliseconds: [], thenEveryMilliseconds: 1_000)
        try Rig.run({ $0.add("alpha", Sample.contract(checksPerSecond: 2, ladder: ladder)) }) { rig in
            rig.operators.improvise { .accept }
            for number in 1...20 { try await rig.create(key: "k\(number)") }
            let before = rig.operators.questions.count
            await rig.stage.sleep(seconds: 60)
            let asked = rig.operators.questions.count - before
            #expect(asked <= 123)
            #expect(asked >= 90, "and the rate is used")
        }
    }
}

@Suite struct ConfirmTests {
    private static func codes(_ setup: inout Rig.Setup) { setup.add("alpha") { CodeProvider(base: $0) } }

    private func status(_ result: Engine.CommandResult) -> OrderStatus? {
        guard case .done(let aggregate, _) = result else { return nil }
        return aggregate.order.status
    }

    @Test func `the right code settles`() throws {
        try Rig.run(Self.codes) { rig in
            let aggregate = try await rig.create()
            #expect(aggregate.order.status == .awaitingCustomer)
            #expect(rig.operators.requests.isEmpty)
            #expect(status(try await rig.confirm("123456", key: "c1")) == .succeeded)
            #expect(String(decoding: try #require(rig.operators.requests.first).body, as: UTF8.self).contains("123456"))
        }
    }

    @Test func `three wrong codes end it`() throws {
        try Rig.run(Self.codes) { rig in
            rig.operators.improvise { .refuse(.wrongCode) }
            try await rig.create()
            #expect(status(try await rig.confirm("111111", key: "c1")) == .awaitingCustomer)
            #expect(status(try await rig.confirm("222222", key: "c2")) == .awaitingCustomer)
            #expect(status(try await rig.confirm("333333", key: "c3")) == .failed)
            try #require(try await rig.confirm("444444", key: "c4").notPossible != nil, "a fourth code was taken")
            #expect(rig.operators.requests.count == 3)
            #expect(rig.order?.failure?.code == "wrong_code")
            #expect(Set(rig.attempts.map(\.reference)).count == 3)
        }
    }

    @Test func `a replayed confirm sends nothing`() throws {
        try Rig.run(Self.codes) { rig in
            rig.operators.script("alpha", .refuse(.wrongCode))
            try await rig.create()
            _ = try await rig.confirm("111111", key: "c1")
            try #require(try await rig.confirm("111111", key: "c1").replayed != nil, "not replayed")
            try #require(try await rig.confirm("222222", key: "c1").keyReused != nil, "another code under the same key")
            #expect(rig.operators.requests.count == 1)
        }
    }

    @Test func `an unusable code is said and sends nothing`() throws {
        try Rig.run(Self.codes) { rig in
            try await rig.create()
            try #require(try await rig.confirm("12", key: "c1").unusableInput != nil, "taken")
            #expect(rig.states.isEmpty)
            #expect(status(try await rig.confirm("123456", key: "c2")) == .succeeded)
        }
    }

    @Test func `a lost answer is never followed by another code`() throws {
        try Rig.run(Self.codes) { rig in
            rig.operators.script("alpha", .lose(executes: true))
            try await rig.create()
            _ = try await rig.confirm("123456", key: "c1")
            guard try await rig.confirm("123456", key: "c2").notPossible != nil else {
                #expect(rig.order?.status == .succeeded, "a second code was taken")
                return
            }
            await rig.wait { rig.order?.status == .succeeded }
            #expect(rig.operators.requests.count == 1)
        }
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `codes typed at once are sent once`(seed: UInt64) throws {
        try Rig.run(seed: seed, Self.codes) { rig in
            try await rig.create()
            await withTaskGroup(of: Void.self) { group in
                for number in 0..<8 {
                    group.addTask { _ = try? await rig.confirm("12345\(number)", key: "c\(number)") }
                }
            }
            await rig.wait(upTo: 30) { rig.order?.status == .succeeded }
            #expect(rig.operators.requests.count == 1)
        }
    }

    @Test func `a payment that awaits nothing cannot be confirmed`() throws {
        try Rig.run { rig in
            try await rig.create()
            try #require(try await rig.confirm("123456", key: "c1").notPossible != nil, "taken")
        }
    }

    @Test func `a payer who never types lets it expire`() throws {
        try Rig.run(Self.codes) { rig in
            try await rig.create(expires: 120)
            await rig.wait(upTo: 200) { rig.order?.status == .failed }
            #expect(rig.order?.failure?.code == "expired")
        }
    }
}
