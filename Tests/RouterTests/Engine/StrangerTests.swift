import Router
import RouterTestKit
import Testing

/// What strangers can do with notifications: make us ask, and nothing else.
@Suite struct StrangerTests {
    static func paid(_ reference: String, event: String? = nil, pad: Int = 0) -> String {
        let key = event.map { #","event":"\#($0)""# } ?? ""
        let pad = pad > 0 ? #","pad":"\#(String(repeating: "x", count: pad))""# : ""
        return #"{"result":"succeeded","reference":"\#(reference)","amount":5000,"currency":"XOF"\#(key)\#(pad)}"#
    }

    static func pending(_ rig: Rig) async throws -> String {
        rig.operators.script("alpha", .accept)
        try await rig.create()
        return try #require(rig.operators.references.first)
    }

    /// One that is asked only when somebody gives a reason to.
    static let seldom = Sample.contract(
        checksPerSecond: 100, ladder: CheckLadder(stepsMilliseconds: [], thenEveryMilliseconds: 86_400_000),
        reviewAfter: 1_000_000)

    private func hints(_ rig: Rig) async throws -> [InboxMessage] {
        try await rig.store.hints(about: try #require(rig.attempts.last?.id))
    }

    @Test func `of what matches nothing only the name and a digest are kept for an hour`() throws {
        try Rig.run { rig in
            #expect(await rig.callback(Self.paid("nobody's", pad: 9_000), signature: nil).status == 200)
            let message = try #require(rig.store.messages.first)
            #expect(message.callback == nil)
            #expect(message.subject == .reference("nobody's"))
            #expect(message.dedupKey.hasPrefix("hint:sha256:") && message.dedupKey.utf8.count == 76)
            #expect(await rig.callback(Self.paid("nobody's", pad: 9_000), signature: nil).status == 200)
            #expect(rig.store.messages.count == 1, "the same again is the same")
            await rig.stage.sleep(seconds: 3_500)
            #expect(rig.store.messages.count == 1)
            await rig.stage.sleep(seconds: 800)
            #expect(rig.store.messages.isEmpty)
            #expect(rig.observer.alarms.isEmpty, "nobody is called for it")
            #expect(rig.observer.callbacks == ["stranger unmatched", "stranger known", "stranger dropped"])
        }
    }

    @Test func `open ones are bounded and the operators own are not`() throws {
        try Rig.run({
            $0.settings.callbacks.openStrangers = 20
            $0.add("alpha")
            $0.add("beta")
        }) { rig in
            for number in 1...25 {
                let reply = await rig.callback(Self.paid("n\(number)"), signature: nil)
                #expect(reply.status == (number <= 20 ? 200 : 503))
            }
            #expect(try await rig.open() == [.stranger: 20])
            #expect(await rig.callback(Self.paid("n1"), signature: nil).status == 200, "one of them again is no more")
            #expect(await rig.callback(Self.paid("other"), signature: nil, for: "beta").status == 200)
            for number in 1...30 {
                #expect(await rig.callback(Self.paid("s\(number)")).status == 200)
            }
            let reference = try await Self.pending(rig)
            #expect(await rig.callback(Self.paid(reference)).status == 200)
            await rig.wait(upTo: 2) { rig.order?.status == .succeeded }
            #expect(rig.observer.alarms == ["inbox_full"], "told once")
            await rig.stage.sleep(seconds: 4_400)
            #expect(try await rig.open() == [.signed: 30], "the operator's wait for their day")
            #expect(await rig.callback(Self.paid("late"), signature: nil).status == 200, "there is room again")
        }
    }

    @Test func `the operators own have a bound of their own`() throws {
        try Rig.run({
            $0.settings.callbacks.openBelieved = 5
            $0.add("alpha")
        }) { rig in
            for number in 1...7 {
                #expect(await rig.callback(Self.paid("s\(number)")).status == (number <= 5 ? 200 : 503))
            }
            #expect(await rig.callback(Self.paid("n"), signature: nil).status == 200)
        }
    }

    @Test func `of what matches the newest ten are kept with their bytes`() throws {
        try Rig.run({ $0.add("alpha", Self.seldom) }) { rig in
            let reference = try await Self.pending(rig)
            let (evidence, version) = (
                try await rig.store.evidence(try #require(rig.order?.id)).count, rig.order?.version
            )
            for number in 1...40 {
                #expect(await rig.callback(Self.paid(reference, event: "\(number)"), signature: nil).status == 200)
                await rig.stage.sleep(milliseconds: 10)
            }
            let kept = try await hints(rig)
            let bodies = kept.compactMap { $0.callback.map { String(decoding: $0.body, as: UTF8.self) } }
            #expect(bodies == (31...40).reversed().map { Self.paid(reference, event: "\($0)") })
            await rig.stage.sleep(seconds: 2)
            #expect(try await hints(rig).allSatisfy { $0.state == .applied })
            #expect(try await rig.open() == [:])
            // One question, its answer and the timer; not forty of anything.
            #expect(rig.operators.questions.count == 1)
            #expect(try await rig.store.evidence(try #require(rig.order?.id)).count == evidence + 1)
            #expect(try #require(rig.order?.version) - (version ?? 0) <= 4)
        }
    }

    @Test func `what is too large is kept by its name only`() throws {
        try Rig.run({ $0.add("alpha", Self.seldom) }) { rig in
            let reference = try await Self.pending(rig)
            #expect(await rig.callback(Self.paid(reference, pad: 16_384), signature: nil).status == 200)
            #expect(try await hints(rig).map(\.callback) == [nil])
            #expect(await rig.callback(Self.paid(reference, pad: 16_000), signature: nil).status == 200)
            #expect(try await hints(rig).contains { $0.callback != nil })
            await rig.wait(upTo: 5) { rig.operators.questions.count >= 1 }
        }
    }

    @Test func `a day of forgeries asks a little and not for ever`() throws {
        try Rig.run({ $0.add("alpha", Self.seldom) }) { rig in
            let reference = try await Self.pending(rig)
            for number in 0..<2_880 {
                _ = await rig.callback(Self.paid(reference, event: "\(number)"), signature: nil)
                await rig.stage.sleep(seconds: 30)
            }
            #expect((5...40).contains(rig.operators.questions.count), "\(rig.operators.questions.count)")
            #expect(try await hints(rig).count == 10)
            #expect(rig.states == [.pending])
            _ = await rig.callback(Self.paid(reference))
            await rig.wait(upTo: 5) { rig.order?.status == .succeeded }
        }
    }

    @Test(arguments: [nil, "e1"] as [String?])
    func `a forged one never takes the place of the real one`(_ event: String?) throws {
        try Rig.run({ $0.add("alpha", Self.seldom) }) { rig in
            let reference = try await Self.pending(rig)
            // The very bytes that the operator will send, and the id it will use.
            #expect(await rig.callback(Self.paid(reference, event: event), signature: nil).status == 200)
            await rig.stage.sleep(seconds: 5)
            #expect(rig.states == [.pending])
            #expect(await rig.callback(Self.paid(reference, event: event)).status == 200)
            await rig.wait(upTo: 2) { rig.order?.status == .succeeded }
            #expect(try await rig.store.hints(about: try #require(rig.attempts.last?.id)).count == 1)
        }
    }

    @Test func `a repeated hint asks again however equal it is`() throws {
        try Rig.run({ $0.add("alpha", Self.seldom) }) { rig in
            let reference = try await Self.pending(rig)
            _ = await rig.callback(Self.paid(reference), signature: nil)
            await rig.stage.sleep(seconds: 6)
            rig.operators.decide(reference, .executed)
            _ = await rig.callback(Self.paid(reference), signature: nil)
            await rig.wait(upTo: 2) { rig.order?.status == .succeeded }
        }
    }

    @Test func `a hint faster than its commit is matched later`() throws {
        try Rig.run({ $0.add("alpha", Self.seldom) }) { rig in
            let origin = OperatorReferences.Origin(
                app: Sample.app, environment: .sandbox, operation: "payment.create", idempotencyKey: "order-1",
                movementOrdinal: 1, attemptOrdinal: 1, provider: "alpha")
            let reference = OperatorReferences(try Sample.dataKeys()).derive(origin, shape: .uuid)
            _ = await rig.callback(Self.paid(reference), signature: nil)
            #expect(try await Self.pending(rig) == reference)
            rig.operators.decide(reference, .executed)
            await rig.wait(upTo: 20) { rig.order?.status == .succeeded }
            #expect(try await hints(rig).map(\.callback) == [nil])
        }
    }

    @Test func `a hint that died between storing and acting is acted on after the restart`() throws {
        try Rig.run({ $0.add("alpha", Self.seldom) }) { rig in
            let reference = try await Self.pending(rig)
            rig.operators.decide(reference, .executed)
            let attempt = try #require(rig.attempts.last?.id)
            try await rig.store.keep(
                InboxMessage(
                    id: InboxID(at: rig.stage.now, from: SeededRandom(5)), provider: "alpha", dedupKey: "hint:x",
                    trust: .stranger, subject: .reference(reference), attempt: attempt,
                    callback: InboundCallback(method: "POST"), receivedAt: rig.stage.now,
                    state: .open(retryAt: rig.stage.now)), newest: 10)
            let next = try await rig.restart { $0.add("alpha", Self.seldom) }
            await next.wait(upTo: 10) { next.order?.status == .succeeded }
            #expect(try await next.open() == [:])
            next.stop()
        }
    }

    @Test func `a name without end is no name`() throws {
        try Rig.run { rig in
            let reply = await rig.callback(Self.paid(String(repeating: "r", count: 257)), signature: nil)
            #expect(reply.status == 400)
            #expect(rig.store.messages.isEmpty)
        }
    }

    @Test func `without a check the person is called once and the truth still counts`() throws {
        var contract = Sample.contract(check: .none)
        contract.reviewAfterSeconds = 1_000_000
        let final = contract
        try Rig.run({ $0.add("alpha", final) }) { rig in
            let reference = try await Self.pending(rig)
            for number in 1...5 { _ = await rig.callback(Self.paid(reference, event: "\(number)"), signature: nil) }
            await rig.wait(upTo: 5) { rig.order?.review != nil }
            let version = rig.order?.version
            for number in 6...9 { _ = await rig.callback(Self.paid(reference, event: "\(number)"), signature: nil) }
            await rig.stage.sleep(seconds: 5)
            #expect(rig.order?.version == version)
            #expect(rig.order?.status == .underReview && rig.states == [.pending])
            _ = await rig.callback(Self.paid(reference))
            await rig.wait(upTo: 5) { rig.order?.status == .succeeded }
            #expect(rig.order?.review == nil)
        }
    }

    @Test func `an unsigned notice records nothing`() throws {
        try Rig.run({ $0.addWhole("alpha") }) { rig in
            try await rig.create()
            let reference = try #require(rig.operators.references.first)
            let notice = #"{"dispute_of":"\#(reference)","event":"d1"}"#
            #expect(await rig.callback(notice, signature: nil).status == 200)
            await rig.stage.sleep(seconds: 10)
            #expect(rig.order?.notices.isEmpty == true)
            #expect(await rig.callback(notice).status == 200)
            await rig.wait(upTo: 5) { rig.order?.notices.count == 1 }
        }
    }
}
