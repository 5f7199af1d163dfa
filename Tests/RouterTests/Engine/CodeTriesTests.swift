import RouterTestKit
import Testing

@testable import Router

/// Three wrong codes in all, whoever refuses them.
@Suite struct CodeTriesTests {
    private static let asking: @Sendable (inout Rig.Setup) -> Void = { setup in
        setup.add("alpha") { AskingCodeProvider(base: CodeProvider(base: $0)) }
    }

    private static let no = Result<WireReply, TransportFailure>.success(WireReply(status: 404))
    private static let broken = Result<WireReply, TransportFailure>.success(WireReply(status: 503))
    private static let lost = Result<WireReply, TransportFailure>.failure(TransportFailure(.timeout))

    private func left(_ result: Engine.CommandResult) -> Int? {
        guard case .wrongCode(let aggregate) = result else { return nil }
        return aggregate.order.status.isFinal ? 0 : aggregate.codeTriesLeft
    }

    @Test func `three wrong codes end it before anything was sent`() throws {
        try Rig.run(Self.asking) { rig in
            rig.operators.answer("/code", Self.no, Self.no, Self.no)
            try await rig.create()
            for number in 1...3 {
                #expect(left(try await rig.confirm("00000\(number)", key: "c\(number)")) == 3 - number)
            }
            #expect(rig.order?.status == .failed && rig.order?.failure?.code == "wrong_code")
            try #require(try await rig.confirm("123456", key: "c4").notPossible != nil, "a fourth code")
            #expect(rig.operators.questions.count == 3 && rig.operators.requests.isEmpty)
        }
    }

    @Test func `the right code after two wrong ones pays`() throws {
        try Rig.run(Self.asking) { rig in
            rig.operators.answer("/code", Self.no, Self.no)
            try await rig.create()
            _ = try await rig.confirm("000001", key: "c1")
            _ = try await rig.confirm("000002", key: "c2")
            #expect(rig.order?.status == .awaitingCustomer)
            #expect(try await rig.done(rig.confirm("123456", key: "c3")).order.status == .succeeded)
            #expect(rig.operators.requests.count == 1)
        }
    }

    /// One code refused by a question, two by the confirmation itself.
    @Test func `both ways of refusing are counted together`() throws {
        try Rig.run(Self.asking) { rig in
            rig.operators.answer("/code", Self.no)
            rig.operators.script("alpha", .refuse(.wrongCode), .refuse(.wrongCode))
            try await rig.create()
            #expect(left(try await rig.confirm("000001", key: "c1")) == 2)
            #expect(try await rig.done(rig.confirm("000002", key: "c2")).order.status == .awaitingCustomer)
            let ended = try await rig.done(rig.confirm("000003", key: "c3"))
            #expect(ended.order.status == .failed && ended.order.failure?.code == "wrong_code")
            #expect(rig.operators.requests.count == 2)
        }
    }

    @Test func `lost answers count as none`() throws {
        for answer in [Self.lost, Self.broken] {
            try Rig.run(Self.asking) { rig in
                rig.operators.answer("/code", answer, answer, answer, answer, answer, Self.no, Self.no)
                try await rig.create()
                for number in 1...5 {
                    try #require(
                        try await rig.confirm("00000\(number)", key: "c\(number)").codeUnchecked != nil, "answered")
                }
                #expect(rig.store.aggregate()?.codeTriesLeft == 3)
                #expect(left(try await rig.confirm("000001", key: "c1")) == 2, "the same key may be used again")
                _ = try await rig.confirm("000006", key: "c6")
                #expect(try await rig.done(rig.confirm("123456", key: "c7")).order.status == .succeeded)
            }
        }
    }

    /// The payment still waits for a code: whoever has it may send it again.
    @Test func `a code is not refused because its operator takes nothing now`() throws {
        try Rig.run({ setup in
            setup.breaker.minimumCalls = 1
            Self.asking(&setup)
        }) { rig in
            try await rig.create()
            let alpha = try #require(rig.engine.providers["alpha"])
            #expect(alpha.begin(.collect, at: rig.stage.now))
            alpha.finish(.collect, success: false, at: rig.stage.now)
            #expect(alpha.breakerState == .open)
            let result = try await rig.confirm("123456", key: "c1")
            try #require(result.codeUnchecked != nil, "\(result)")
            #expect(rig.operators.questions.isEmpty && rig.store.aggregate()?.codeTriesLeft == 3)
            await rig.stage.sleep(seconds: 31)
            #expect(try await rig.done(rig.confirm("123456", key: "c1")).order.status == .succeeded)
        }
    }

    @Test func `malformed codes cost nothing`() throws {
        try Rig.run(Self.asking) { rig in
            try await rig.create()
            for number in 1...9 {
                try #require(try await rig.confirm("\(number)", key: "c\(number)").unusableInput != nil, "taken")
            }
            #expect(rig.operators.questions.isEmpty && rig.store.aggregate()?.codeTriesLeft == 3)
        }
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `sixty at once reach the operator three times`(seed: UInt64) throws {
        try Rig.run(seed: seed, Self.asking) { rig in
            for _ in 0..<60 { rig.operators.answer("/code", Self.no) }
            try await rig.create()
            for round in 0..<4 {
                await withTaskGroup(of: Void.self) { group in
                    for number in 0..<15 {
                        group.addTask(executorPreference: rig.stage) {
                            let code = String(100_000 + round * 15 + number)
                            _ = try? await rig.confirm(code, key: "c\(code)")
                        }
                    }
                }
            }
            #expect(rig.operators.questions.count <= 3)
            #expect(rig.operators.requests.isEmpty)
            #expect(rig.store.aggregate()?.wrongCodes == rig.operators.questions.count)
        }
    }

    @Test func `the same command again asks nothing`() throws {
        try Rig.run(Self.asking) { rig in
            rig.operators.answer("/code", Self.no)
            try await rig.create()
            _ = try await rig.confirm("000001", key: "c1")
            for _ in 0..<5 {
                let idempotencyRecord = try #require(try await rig.confirm("000001", key: "c1").replayed, "asked again")
                    .idempotencyRecord
                #expect(idempotencyRecord.status == Engine.wrongCodeStatus)
            }
            #expect(rig.operators.questions.count == 1 && rig.store.aggregate()?.codeTriesLeft == 2)
        }
    }

    /// Whoever sends the same again while the operator is asked is answered with what that led to.
    @Test(arguments: [true, false])
    func `the same command during the question asks nothing and is answered with its end`(_ isRight: Bool) throws {
        try Rig.run(Self.asking) { rig in
            rig.operators.slow("/code", seconds: 1)
            if !isRight { rig.operators.answer("/code", Self.no) }
            try await rig.create()
            async let first = rig.confirm("123456", key: "c1")
            await rig.stage.sleep(milliseconds: 100)
            let second = try await rig.confirm("123456", key: "c1")
            let firstResult = try await first
            let (aggregate, idempotencyRecord) = try #require(second.replayed, "\(second)")
            #expect(idempotencyRecord.status == (isRight ? 200 : Engine.wrongCodeStatus))
            #expect((firstResult.done != nil) == isRight && (left(firstResult) == 2) == !isRight)
            #expect(aggregate.order.id == rig.order?.id && rig.operators.questions.count == 1)
            #expect(rig.operators.requests.count == (isRight ? 1 : 0))
        }
    }

    @Test func `a question that lasts keeps other codes waiting, and nobody knows what its own key will do`() throws {
        try Rig.run(Self.asking) { rig in
            rig.operators.slow("/code", seconds: 5)
            try await rig.create()
            async let first = rig.confirm("123456", key: "c1")
            await rig.stage.sleep(milliseconds: 100)
            try #require(try await rig.confirm("123456", key: "c1").isUnknown, "said what it cannot know")
            try #require(try await rig.confirm("000001", key: "c2").codeUnchecked != nil, "refused another code")
            #expect(try await rig.done(first).order.status == .succeeded)
            try #require(try await rig.confirm("123456", key: "c1").replayed != nil, "not repeated")
            #expect(rig.operators.questions.count == 1 && rig.operators.requests.count == 1)
        }
    }

    @Test func `a code that a cancel overtook is refused with the payment as it is`() throws {
        try Rig.run(Self.asking) { rig in
            rig.operators.slow("/code", seconds: 1)
            let aggregate = try await rig.create()
            async let confirmed = rig.confirm("123456", key: "c1")
            await rig.stage.sleep(milliseconds: 100)
            _ = try await rig.engine.cancel(aggregate.order.id)
            let shown = try #require(try await confirmed.notPossible, "confirmed")
            #expect(shown.order.status == .cancelled && rig.operators.requests.isEmpty)
        }
    }

    @Test func `tries survive a restart`() throws {
        try Rig.run(Self.asking) { rig in
            rig.operators.answer("/code", Self.no, Self.no, Self.no)
            try await rig.create()
            _ = try await rig.confirm("000001", key: "c1")
            _ = try await rig.confirm("000002", key: "c2")
            let next = try await rig.restart(Self.asking)
            #expect(left(try await next.confirm("000003", key: "c3")) == 0)
            try #require(try await next.confirm("123456", key: "c4").notPossible != nil, "a fourth code")
            #expect(next.operators.questions.count == 3)
        }
    }

    /// The code may have been refused under this key already: whoever asks again uses up a try of the payer's.
    @Test func `a code is not asked about while nobody can say what its key did`() throws {
        try Rig.run(Self.asking) { rig in
            rig.operators.answer("/code", Self.no)
            try await rig.create()
            #expect(left(try await rig.confirm("000001", key: "c1")) == 2)
            rig.store.failReads(true)
            try #require(try await rig.confirm("000001", key: "c1").isUnknown, "answered without knowing")
            rig.store.failReads(false)
            let answer = try #require(try await rig.confirm("000001", key: "c1").replayed, "the key was forgotten")
            #expect(answer.idempotencyRecord.status == Engine.wrongCodeStatus && rig.operators.questions.count == 1)
        }
    }

    /// A process that dies within the question has told nobody: the try is free again, and not twice.
    @Test func `a question whose process died is no try`() throws {
        try Rig.run(Self.asking) { rig in
            rig.operators.answer("/code", Self.no, Self.no, Self.no, Self.no)
            try await rig.create()
            rig.store.inject { _, units in
                units.contains { $0.order.codeAskedAt == nil } ? .failsBefore : nil
            }
            try #require(try await rig.confirm("000001", key: "c1").isUnknown, "told before it was durable")
            #expect(rig.order?.codeAskedAt != nil && rig.order?.codeRefusals == 0)
            rig.store.inject(nil)
            let next = try await rig.restart(Self.asking)
            for number in 2...4 { _ = try await next.confirm("00000\(number)", key: "c\(number)") }
            #expect(next.order?.status == .failed && next.operators.questions.count == 4)
        }
    }

    /// Nothing is asked under a try that is not durable.
    @Test func `a try that is not stored asks nothing`() throws {
        try Rig.run(Self.asking) { rig in
            try await rig.create()
            rig.store.inject { _, units in units.contains { $0.order.codeAskedAt != nil } ? .failsBefore : nil }
            for number in 1...5 { _ = try await rig.confirm("00000\(number)", key: "c\(number)") }
            #expect(rig.operators.questions.isEmpty && rig.operators.requests.isEmpty)
        }
    }

    /// A lost answer to the confirmation keeps the payment open; it fails only when no attempt is live.
    @Test func `a lost confirmation is neither a try nor a failure`() throws {
        try Rig.run(Self.asking) { rig in
            rig.operators.answer("/code", Self.no, Self.no)
            rig.operators.script("alpha", .lose(executes: true))
            try await rig.create()
            _ = try await rig.confirm("000001", key: "c1")
            _ = try await rig.confirm("000002", key: "c2")
            _ = try await rig.confirm("123456", key: "c3")
            #expect(rig.store.aggregate()?.wrongCodes == 2)
            await rig.wait { rig.order?.status == .succeeded }
            #expect(rig.operators.requests.count == 1)
        }
    }

    @Test func `a cancel during the question wins`() throws {
        try Rig.run(Self.asking) { rig in
            let aggregate = try await rig.create()
            async let confirmed = rig.confirm("123456", key: "c1")
            await rig.stage.sleep(milliseconds: 5)
            _ = try await rig.engine.cancel(aggregate.order.id)
            _ = try await confirmed
            let names = rig.operators.requests.count
            #expect(rig.order?.status == .cancelled ? names == 0 : names == 1)
        }
    }
}
