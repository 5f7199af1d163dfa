import Router
import RouterTestKit
import Testing

/// What a new process finds and does (docs/money-safety.md, 3).
@Suite struct RecoveryTests {
    @Test(arguments: [true, false])
    func `sending becomes unknown and is never sent blindly`(executed: Bool) throws {
        try Rig.run { rig in
            let stage = rig.stage
            rig.operators.script("alpha", .first({ _ in await stage.sleep(seconds: 1_000_000) }, .succeed))
            try await rig.create(async: true)
            await rig.stage.sleep(seconds: 2)
            #expect(rig.states == [.sending])
            let reference = try #require(rig.operators.references.first)
            if executed { rig.operators.decide(reference, .executed) }
            let next = try await rig.restart()
            #expect(next.states == [.unknown], "before anything else happens")
            #expect(next.attempts.first?.history.last?.cause == "owner lost")
            await next.stage.sleep(seconds: 120)
            #expect(next.states == [executed ? .succeeded : .unknown])
            #expect(next.operators.requests.count == 1)
        }
    }

    /// Invariant I-40: a backup that knows nothing of a payment cannot make a second one of the operator's.
    @Test func `a rolled back database gives the same reference`() throws {
        try Rig.run { rig in
            let first = try await rig.create()
            await rig.stage.sleep(seconds: 60)
            rig.stop()
            var setup = Rig.Setup()
            setup.add("alpha")
            let restored = try await Rig(setup, stage: rig.stage, store: TestStore(), operators: rig.operators)
            restored.start()
            let again = try await restored.create()
            restored.stop()
            #expect(again.order.id != first.order.id, "the restored store knew nothing")
            #expect(again.attempts.map(\.reference) == first.attempts.map(\.reference))
            #expect(Set(rig.operators.references).count == 1 && rig.operators.requests.count == 2)
        }
    }

    @Test func `what the old process learns later is refused`() throws {
        try Rig.run { rig in
            let stage = rig.stage
            rig.operators.script("alpha", .first({ _ in await stage.sleep(seconds: 20) }, .succeed))
            try await rig.create(async: true)
            await rig.stage.sleep(seconds: 1)
            let next = try await rig.restart()
            await next.wait { next.order?.status == .succeeded }
            await next.stage.sleep(seconds: 30)
            #expect(rig.observer.alarms.contains("epoch_lost"))
            #expect(next.store.postings.count == 1)
            #expect(!rig.engine.isAdmitting)
        }
    }

    @Test(arguments: [TestProvider.Style.asksFirst, .asksForSession])
    func `prepared is withdrawn and driven on`(style: TestProvider.Style) throws {
        try Rig.run({ $0.add("alpha", style: style) }) { rig in
            // The process dies after the question and before what follows from it is durable.
            rig.store.inject { _, units in units.contains { !$0.changedAttempts.isEmpty } ? .failsBefore : nil }
            try await rig.create(async: true)
            await rig.stage.sleep(seconds: 1)
            #expect(rig.states == [.prepared])
            #expect(rig.operators.questions.count == 1)
            rig.store.inject(nil)
            let next = try await rig.restart { $0.add("alpha", style: style) }
            let end: AttemptState = style == .asksFirst ? .succeeded : .pending
            await next.wait(upTo: 60) { next.states.last == end }
            #expect(next.states == [.withdrawn, end])
            #expect(next.operators.references == (style == .asksFirst ? [next.attempts[1].reference] : []))
        }
    }

    @Test func `a session that was never published is left behind`() throws {
        try Rig.run({ $0.add("alpha", style: .asksForSession) }) { rig in
            rig.store.inject { _, units in units.contains { !$0.changedAttempts.isEmpty } ? .failsBefore : nil }
            try await rig.create(async: true)
            await rig.stage.sleep(seconds: 1)
            rig.store.inject(nil)
            let next = try await rig.restart { $0.add("alpha", style: .asksForSession) }
            await next.wait(upTo: 60) { next.order?.status == .awaitingCustomer }
            let opened = next.operators.questions.map(\.url)
            #expect(opened == next.attempts.map { "https://alpha.example/open/\($0.reference)" })
            #expect(Set(opened).count == 2, "each session has a reference of its own")
        }
    }

    @Test func `nothing is asked for a payment that is not stored`() throws {
        try Rig.run({ $0.add("alpha", style: .asksForSession) }) { rig in
            rig.store.inject { _, units in units.contains { !$0.newAttempts.isEmpty } ? .failsBefore : nil }
            try #require(await rig.engine.create(rig.command()).isUnknown, "it was accepted")
            await rig.stage.sleep(seconds: 120)
            #expect(rig.operators.questions.isEmpty)
        }
    }

    @Test func `a cancel while the operator is asked wins`() throws {
        try Rig.run({ $0.add("alpha", style: .asksForSession) }) { rig in
            let aggregate = try await rig.create(async: true)
            _ = try await rig.engine.cancel(aggregate.order.id)
            await rig.stage.sleep(seconds: 5)
            #expect(rig.order?.status == .cancelled)
            #expect(rig.states == [.withdrawn])
            #expect(rig.order?.nextActions.isEmpty == true)
        }
    }

    @Test func `a payment that was only accepted is driven on`() throws {
        try Rig.run({ $0.add("alpha", wrap: { LoginProvider(base: $0) }) }) { rig in
            rig.store.inject { _, units in units.contains { !$0.newAttempts.isEmpty } ? .failsBefore : nil }
            try await rig.create(async: true)
            await rig.stage.sleep(seconds: 1)
            #expect(rig.states.isEmpty)
            rig.store.inject(nil)
            let next = try await rig.restart { $0.add("alpha", wrap: { LoginProvider(base: $0) }) }
            await next.wait(upTo: 5) { next.order?.status == .succeeded }
            #expect(next.operators.requests.count == 1)
        }
    }

    @Test func `an interrupted resend does not block the next for ever`() throws {
        try Rig.run({ $0.add("alpha", Sample.contract(key: .replays, keyWindow: 86_400)) }) { rig in
            let stage = rig.stage
            rig.operators.script(
                "alpha", .lose(executes: false), .first({ _ in await stage.sleep(seconds: 1_000_000) }, .succeed))
            try await rig.create(async: true)
            await rig.wait { rig.operators.requests.count == 2 }
            #expect(rig.attempts.first?.hasOpenTransmission == true)
            let next = try await rig.restart { $0.add("alpha", Sample.contract(key: .replays, keyWindow: 86_400)) }
            await next.wait(upTo: 300) { next.order?.status == .succeeded }
            #expect(next.operators.requests.count == 3)
            #expect(Set(next.operators.requests.map(\.body)).count == 1)
        }
    }

    @Test func `open messages are applied after a restart`() throws {
        try Rig.run { rig in
            rig.operators.script("alpha", .accept)
            try await rig.create()
            let reference = try #require(rig.operators.references.first)
            rig.store.inject { _, units in units.contains { $0.inboxDone != nil } ? .failsBefore : nil }
            _ = await rig.callback(
                #"{"result":"succeeded","reference":"\#(reference)","amount":5000,"currency":"XOF"}"#)
            await rig.stage.sleep(milliseconds: 100)
            rig.store.inject(nil)
            let next = try await rig.restart()
            await next.wait(upTo: 10) { next.order?.status == .succeeded }
        }
    }

    @Test func `another master key is refused`() throws {
        try Rig.run { rig in
            await #expect(throws: MasterKeyMismatch.self) {
                try await rig.restart { setup in
                    setup.masterByte = 2
                    setup.add("alpha")
                }
            }
        }
    }

    @Test func `a provider that was taken out leaves its payment to people`() throws {
        try Rig.run({
            $0.add("alpha")
            $0.add("beta")
        }) { rig in
            rig.operators.script("alpha", .accept)
            try await rig.create()
            let next = try await rig.restart { $0.add("beta") }
            await next.stage.sleep(seconds: 120)
            #expect(next.states == [.pending])
            #expect(next.order?.status == .underReview || next.order?.due != nil)
            #expect(next.operators.requests.count == 1)
        }
    }

    @Test func `the same request on an empty store gives the same reference`() throws {
        let references = Log<String>()
        for _ in 0..<2 {
            try Rig.run { rig in
                try await rig.create()
                references.append(try #require(rig.operators.references.first))
            }
        }
        #expect(Set(references.values).count == 1)
    }
}
