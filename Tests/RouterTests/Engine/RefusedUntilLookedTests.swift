import Router
import RouterTestKit
import Testing

/// A refusal that counts only once the operator shows that nothing was tried.
@Suite struct RefusedUntilLookedTests {
    private static let refused = #"{"result":"refused","reason":"invalid_request","needs_check":true}"#
    private static let untried: Result<WireReply, TransportFailure> = .success(.json(#"{"result":"untried"}"#))

    private static func setup(_ made: inout Rig.Setup) {
        made.add("alpha", Sample.contract(absence: false, reviewAfter: 60))
        made.add("beta")
    }

    @Test func `a look that shows nothing tried ends it at once`() throws {
        try Rig.run(Self.setup) { rig in
            rig.operators.script("alpha", .reply(400, Self.refused))
            rig.operators.answer("status", Self.untried)
            try await rig.create(async: true)
            await rig.wait(upTo: 2) { rig.order?.status == .failed }
            #expect(rig.order?.failure?.code == "invalid_request")
            #expect(rig.states == [.rejected] && rig.history == [.prepared, .sending, .unknown, .rejected])
            #expect(rig.operators.requests.count == 1 && rig.operators.executions.isEmpty)
        }
    }

    @Test func `a look that shows money is a success`() throws {
        try Rig.run(Self.setup) { rig in
            rig.operators.script(
                "alpha",
                .first({ reference in rig.operators.decide(reference, .executed) }, .reply(400, Self.refused)))
            try await rig.create(async: true)
            await rig.wait(upTo: 10) { rig.order?.status == .succeeded }
            #expect(rig.operators.requests.count == 1)
        }
    }

    @Test(arguments: [
        Result<WireReply, TransportFailure>.success(WireReply(status: 404)), .success(WireReply(status: 500)),
        .failure(TransportFailure(.timeout)),
    ])
    func `any other answer proves nothing`(_ answer: Result<WireReply, TransportFailure>) throws {
        try Rig.run(Self.setup) { rig in
            rig.operators.script("alpha", .reply(400, Self.refused))
            for _ in 0..<50 { rig.operators.answer("status", answer) }
            try await rig.create(async: true)
            await rig.stage.sleep(seconds: 1_200)
            #expect(rig.states == [.unknown] && rig.order?.status == .underReview)
            #expect(rig.operators.requests.count == 1)
        }
    }

    @Test(arguments: [
        Act.lose(executes: false), .reply(409, refused), .reply(422, refused), .reply(500, refused),
        .reply(400, "{}"), .reply(400, #"{"result":"refused""#),
    ])
    func `nothing tried proves nothing without that refusal`(_ act: Act) throws {
        try Rig.run(Self.setup) { rig in
            rig.operators.script("alpha", act)
            for _ in 0..<50 { rig.operators.answer("status", Self.untried) }
            try await rig.create(async: true)
            await rig.stage.sleep(seconds: 1_200)
            #expect(rig.states == [.unknown] && rig.order?.status == .underReview)
        }
    }

    @Test func `one unanswered transmission is enough to doubt`() throws {
        try Rig.run({
            $0.add("alpha", Sample.contract(key: .replays, keyWindow: 3_600, absence: false, reviewAfter: 60))
        }) { rig in
            rig.operators.script("alpha", .lose(executes: false), .reply(400, Self.refused), .reply(400, Self.refused))
            for _ in 0..<200 { rig.operators.answer("status", Self.untried) }
            try await rig.create(async: true)
            await rig.stage.sleep(seconds: 1_200)
            #expect(rig.attempts.first?.transmissions.count == 2, "what was refused is not sent again")
            #expect(rig.states == [.unknown])
        }
    }

    @Test func `what waits for a look survives a restart`() throws {
        try Rig.run(Self.setup) { rig in
            rig.operators.script("alpha", .reply(400, Self.refused))
            rig.operators.answer("status", .failure(TransportFailure(.timeout)))
            try await rig.create(async: true)
            await rig.wait(upTo: 2) { rig.attempts.first?.checks == 1 }
            #expect(rig.states == [.unknown])
            let next = try await rig.restart(Self.setup)
            rig.operators.answer("status", Self.untried)
            await next.wait { next.order?.status == .failed }
            #expect(next.order?.failure?.code == "invalid_request")
            next.stop()
        }
    }

    @Test func `a refusal that waits for a look starts no quarantine`() throws {
        try Rig.run({ $0.add("alpha", Sample.contract(absence: false, quarantine: 30, reviewAfter: 60)) }) { rig in
            rig.operators.script("alpha", .reply(400, Self.refused))
            for _ in 0..<200 { rig.operators.answer("status", .failure(TransportFailure(.timeout))) }
            try await rig.create(async: true)
            await rig.stage.sleep(seconds: 3_600)
            #expect(rig.states == [.unknown], "time alone ends nothing")
        }
    }
}
