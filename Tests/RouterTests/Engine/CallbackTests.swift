import Router
import RouterTestKit
import Testing

@Suite struct CallbackTests {
    private static func paid(_ reference: String, amount: Int = 5_000, event: String? = nil) -> String {
        let key = event.map { #","event":"\#($0)""# } ?? ""
        return #"{"result":"succeeded","reference":"\#(reference)","amount":\#(amount),"currency":"XOF"\#(key)}"#
    }

    private static func pending(_ rig: Rig) async throws -> String {
        rig.operators.script("alpha", .accept)
        try await rig.create()
        return try #require(rig.operators.references.first)
    }

    @Test func `a signed callback settles`() throws {
        try Rig.run { rig in
            let reference = try await Self.pending(rig)
            let reply = await rig.callback(Self.paid(reference))
            #expect(reply.status == 200)
            #expect(reply.acknowledgement.map { String(decoding: $0.body, as: UTF8.self) } == "OK")
            await rig.wait(upTo: 2) { rig.order?.status == .succeeded }
            #expect(rig.store.messages.map(\.state) == [.applied])
        }
    }

    @Test(arguments: [nil, 1, 2, 3, 4, 5, 6, 7, 8] as [UInt64?])
    func `a callback before the answer wins and the answer joins`(seed: UInt64?) throws {
        try Rig.run(seed: seed) { rig in
            let text: @Sendable (String) -> String = { Self.paid($0) }
            rig.operators.script("alpha", .first({ reference in _ = await rig.callback(text(reference)) }, .succeed))
            try await rig.create()
            await rig.wait(upTo: 5) { rig.order?.status == .succeeded }
            await rig.stage.sleep(seconds: 60)
            #expect(rig.history == [.prepared, .sending, .succeeded])
            #expect(rig.store.postings.count == 1)
            #expect(rig.attempts.first?.transmissions.first?.endedAt != nil, "the answer is on file as well")
            #expect(rig.store.discrepancies.isEmpty)
        }
    }

    @Test func `an unsigned callback only triggers a check`() throws {
        try Rig.run({
            $0.add("alpha", Sample.contract(ladder: CheckLadder(stepsMilliseconds: [], thenEveryMilliseconds: 600_000)))
        }) { rig in
            let reference = try await Self.pending(rig)
            let reply = await rig.callback(Self.paid(reference), signature: nil)
            #expect(reply.status == 200)
            await rig.stage.sleep(seconds: 5)
            #expect(rig.states == [.pending], "the operator says that it is still open")
            #expect(rig.operators.questions.count == 1)
            rig.operators.decide(reference, .executed)
            _ = await rig.callback(Self.paid(reference, event: "second"), signature: nil)
            await rig.wait(upTo: 5) { rig.order?.status == .succeeded }
            #expect(rig.operators.questions.count == 2)
        }
    }

    @Test func `an unsigned callback without a check moves no money and calls a person`() throws {
        try Rig.run({ $0.add("alpha", Sample.contract(check: .none)) }) { rig in
            let reference = try await Self.pending(rig)
            _ = await rig.callback(Self.paid(reference), signature: nil)
            await rig.stage.sleep(seconds: 60)
            #expect(rig.states == [.pending])
            #expect(rig.operators.questions.isEmpty)
            #expect(rig.store.postings.isEmpty)
            #expect(rig.order?.review?.reason == .outcomeUnknown)
        }
    }

    private static func orderedFor(_ phone: String, _ rig: Rig) async throws -> String {
        rig.operators.script("alpha", .accept)
        var command = rig.command()
        command.request.customer.phone = try MSISDN(parsing: phone)
        _ = await rig.engine.create(command)
        return try #require(rig.operators.references.first)
    }

    @Test(arguments: ["22890112233", "+228 90 11 22 33", "90112233"])
    func `the orders own payer settles`(_ payer: String) throws {
        try Rig.run({ $0.add("alpha", Sample.contract(check: .none)) }) { rig in
            let reference = try await Self.orderedFor("+22890112233", rig)
            _ = await rig.callback(Self.paid(reference).dropLast() + #","payer":"\#(payer)"}"#)
            await rig.wait(upTo: 2) { rig.order?.status == .succeeded }
        }
    }

    /// Money may have moved from another wallet, and nobody can be asked: no success, no failure, a person.
    @Test(arguments: ["22890112234", "22999112233", "112233", "nobody"])
    func `another payer proves nothing and calls a person`(_ payer: String) throws {
        try Rig.run({ $0.add("alpha", Sample.contract(check: .none)) }) { rig in
            let reference = try await Self.orderedFor("+22890112233", rig)
            _ = await rig.callback(Self.paid(reference).dropLast() + #","payer":"\#(payer)"}"#)
            await rig.wait(upTo: 2) { rig.order?.review != nil }
            #expect(rig.states == [.pending] && rig.order?.status == .underReview)
            #expect(rig.store.postings.isEmpty)
            let refusal = #"{"result":"refused","reason":"declined","reference":"\#(reference)","payer":"\#(payer)"}"#
            _ = await rig.callback(refusal)
            await rig.stage.sleep(seconds: 5)
            #expect(rig.states == [.pending])
        }
    }

    @Test func `a payer that the order does not fix is any payer`() throws {
        try Rig.run { rig in
            let reference = try await Self.pending(rig)
            _ = await rig.callback(Self.paid(reference).dropLast() + #","payer":"22890112234"}"#)
            await rig.wait(upTo: 2) { rig.order?.status == .succeeded }
        }
    }

    @Test(arguments: ["", "bad"])
    func `a wrong signature touches nothing`(_ signature: String) throws {
        try Rig.run { rig in
            let reference = try await Self.pending(rig)
            let before = rig.order
            #expect(await rig.callback(Self.paid(reference), signature: signature).status == 401)
            #expect(await rig.callback("not json").status == 400)
            #expect(await rig.callback(Self.paid(reference), for: "nobody").status == 404)
            await rig.stage.sleep(seconds: 1)
            #expect(rig.order == before)
            #expect(rig.store.messages.isEmpty)
        }
    }

    @Test func `another amount is put before a person`() throws {
        try Rig.run { rig in
            let reference = try await Self.pending(rig)
            _ = await rig.callback(Self.paid(reference, amount: 500))
            await rig.wait(upTo: 2) { rig.order?.status == .underReview }
            #expect(rig.states == [.conflict])
            #expect(rig.store.postings.isEmpty)
        }
    }

    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func `fifty copies have the effect of one`(seed: UInt64) throws {
        try Rig.run(seed: seed) { rig in
            let reference = try await Self.pending(rig)
            let text = Self.paid(reference)
            await withTaskGroup(of: Void.self) { group in
                for number in 0..<50 {
                    // Half of them byte for byte, half with an event number of their own.
                    let copy = number.isMultiple(of: 2) ? text : Self.paid(reference, event: "e\(number)")
                    group.addTask {
                        let reply = await rig.callback(copy)
                        #expect(reply.status == 200)
                    }
                }
            }
            await rig.wait(upTo: 20) { rig.order?.status == .succeeded }
            await rig.wait(upTo: 20) { rig.store.messages.allSatisfy { $0.state == .applied } }
            #expect(rig.store.messages.count == 26)
            #expect(rig.store.postings.count == 1)
            #expect(rig.store.events.filter { $0.type == "payment.succeeded" }.count == 1)
        }
    }

    @Test func `a callback that cannot be stored is not acknowledged`() throws {
        try Rig.run { rig in
            let reference = try await Self.pending(rig)
            rig.store.failReads(true)
            #expect(await rig.callback(Self.paid(reference)).status == 503)
            rig.store.failReads(false)
            #expect(rig.states == [.pending])
        }
    }

    @Test func `a callback that cannot be applied is applied later`() throws {
        try Rig.run { rig in
            let reference = try await Self.pending(rig)
            rig.store.inject { _, units in units.contains { $0.inboxDone != nil } ? .failsBefore : nil }
            #expect(await rig.callback(Self.paid(reference)).status == 200)
            await rig.stage.sleep(seconds: 3)
            #expect(rig.states == [.pending])
            rig.store.inject(nil)
            await rig.wait(upTo: 10) { rig.order?.status == .succeeded }
            #expect(rig.store.postings.count == 1)
        }
    }

    @Test func `an orphan is matched again for a day and then reported`() throws {
        try Rig.run { rig in
            #expect(await rig.callback(Self.paid("nobody's")).status == 200)
            await rig.stage.sleep(seconds: 86_000)
            #expect(rig.observer.alarms.isEmpty)
            await rig.stage.sleep(seconds: 2_000)
            #expect(rig.observer.alarms == ["orphan_callback"])
            #expect(rig.store.messages.map(\.state) == [.orphaned])
        }
    }

    @Test func `a callback faster than its commit is matched later`() throws {
        try Rig.run { rig in
            var setup = Rig.Setup()
            setup.add("alpha")
            let origin = OperatorReferences.Origin(
                app: Sample.app, environment: .sandbox, operation: "payment.create", idempotencyKey: "order-1",
                movementOrdinal: 1, attemptOrdinal: 1, provider: "alpha")
            let reference = OperatorReferences(try Sample.dataKeys()).derive(origin, shape: .uuid)
            _ = await rig.callback(Self.paid(reference))
            await rig.stage.sleep(milliseconds: 100)
            #expect(try await Self.pending(rig) == reference)
            await rig.wait(upTo: 60) { rig.order?.status == .succeeded }
        }
    }

    @Test func `an uninteresting callback is stored and acknowledged`() throws {
        try Rig.run { rig in
            #expect(await rig.callback(#"{"result":"hello"}"#).status == 200)
            #expect(rig.store.messages.map(\.state) == [.applied])
        }
    }

    @Test func `failure after success is a discrepancy`() throws {
        try Rig.run { rig in
            try await rig.create()
            let reference = try #require(rig.operators.references.first)
            _ = await rig.callback(#"{"result":"refused","reason":"declined","reference":"\#(reference)"}"#)
            await rig.wait(upTo: 2) { !rig.store.discrepancies.isEmpty }
            #expect(rig.order?.status == .succeeded)
            #expect(rig.store.discrepancies.map(\.kind) == [.lateFailure])
        }
    }

    @Test func `a signed refusal lets the next provider try`() throws {
        try Rig.run({
            $0.add("alpha")
            $0.add("beta")
        }) { rig in
            let reference = try await Self.pending(rig)
            _ = await rig.callback(#"{"result":"refused","reason":"operator_unavailable","reference":"\#(reference)"}"#)
            await rig.wait(upTo: 5) { rig.order?.status == .succeeded }
            #expect(rig.states == [.rejected, .succeeded])
        }
    }

    @Test func `an unsigned hint about a dead attempt finds a late success`() throws {
        try Rig.run { rig in
            rig.operators.script("alpha", .refuse(.declined))
            try await rig.create()
            let reference = try #require(rig.operators.references.first)
            rig.operators.decide(reference, .executed)
            _ = await rig.callback(Self.paid(reference), signature: nil)
            await rig.wait(upTo: 10) { !rig.store.discrepancies.isEmpty }
            #expect(rig.store.discrepancies.map(\.kind) == [.lateSuccess])
            #expect(rig.order?.status == .failed)
        }
    }
}

/// The same contradiction, told again and again, in commits of their own.
@Suite struct RepeatedContradictionTests {
    @Test(arguments: [true, false])
    func `one discrepancy however often it is told`(executedLate: Bool) throws {
        try Rig.run { rig in
            rig.operators.script("alpha", executedLate ? .refuse(.declined) : .succeed)
            try await rig.create()
            let reference = try #require(rig.operators.references.first)
            let word = executedLate ? #""succeeded","amount":5000,"currency":"XOF""# : #""refused","reason":"declined""#
            for number in 1...5 {
                let reply = await rig.callback(
                    #"{"result":\#(word),"reference":"\#(reference)","event":"e\#(number)"}"#)
                #expect(reply.status == 200)
                await rig.stage.sleep(seconds: 1)
            }
            await rig.wait(upTo: 10) { rig.store.messages.allSatisfy { $0.state == .applied } }
            #expect(rig.store.discrepancies.map(\.kind) == [executedLate ? .lateSuccess : .lateFailure])
            #expect(rig.store.postings.count == (executedLate ? 1 : 2))
            #expect(!rig.observer.alarms.contains("not_stored"))
        }
    }
}
