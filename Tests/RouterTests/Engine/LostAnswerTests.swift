import Router
import RouterTestKit
import Testing

/// What happens when nobody knows what happened.
@Suite struct LostAnswerTests {
    @Test(arguments: [true, false])
    func `a lost answer is unknown and only checked`(executes: Bool) throws {
        try Rig.run { rig in
            rig.operators.script("alpha", .lose(executes: executes))
            try await rig.create(async: true)
            await rig.stage.sleep(seconds: 1)
            #expect(rig.order?.status == .processing)
            #expect(rig.order?.certainty == .unknown)
            #expect(rig.states == [.unknown])
            await rig.stage.sleep(seconds: 300)
            #expect(rig.operators.requests.count == 1, "never sent again")
            #expect(rig.states == [executes ? .succeeded : .unknown])
            #expect(rig.operators.questions.count >= (executes ? 1 : 5))
        }
    }

    @Test func `an unknown outcome never fails over and never expires`() throws {
        try Rig.run({
            $0.add("alpha", Sample.contract(check: .none))
            $0.add("beta")
        }) { rig in
            rig.operators.script("alpha", .lose(executes: false))
            try await rig.create()
            await rig.stage.sleep(seconds: 86_400)
            #expect(rig.states == [.unknown])
            #expect(rig.order?.status == .underReview)
            #expect(rig.order?.review?.reason == .outcomeUnknown)
            #expect(rig.operators.requests.count == 1)
        }
    }

    @Test func `absence proves it after the operators time and only then the next is tried`() throws {
        try Rig.run({
            $0.add("alpha")
            $0.add("beta")
        }) { rig in
            rig.operators.script("alpha", .lose(executes: false))
            try await rig.create(expires: 3_600)
            await rig.wait { rig.states.first == .notExecuted }
            let elapsed = rig.stage.now.milliseconds(since: .start)
            #expect(elapsed >= 600_000, "three answers over ten minutes")
            await rig.wait { rig.order?.status == .succeeded }
            #expect(rig.attempts.map(\.provider) == ["alpha", "beta"])
            #expect(rig.operators.executions.count == 1)
        }
    }

    @Test func `late success after absence is a discrepancy and nothing more is tried`() throws {
        try Rig.run({
            $0.add("alpha", Sample.contract(quarantine: 500))
            $0.add("beta")
        }) { rig in
            rig.operators.script("alpha", .lose(executes: false))
            try await rig.create(expires: 7_200)
            await rig.wait { rig.states.first == .notExecuted }
            let reference = try #require(rig.operators.references.first)
            rig.operators.decide(reference, .executed)
            _ = await rig.callback(#"{"result":"succeeded","reference":"\#(reference)","amount":5000}"#)
            await rig.stage.sleep(seconds: 10_000)
            #expect(rig.states == [.notExecuted])
            #expect(rig.order?.status == .underReview)
            #expect(rig.store.discrepancies.map(\.kind) == [.lateSuccess])
            #expect(rig.operators.executions.values.reduce(0, +) == 1)
        }
    }

    @Test func `a resend uses the same bytes and the same attempt`() throws {
        try Rig.run({ $0.add("alpha", Sample.contract(key: .replays, keyWindow: 86_400)) }) { rig in
            rig.operators.script("alpha", .lose(executes: false), .lose(executes: false), .succeed)
            try await rig.create()
            await rig.wait { rig.order?.status == .succeeded }
            let requests = rig.operators.requests
            #expect(requests.count == 3)
            #expect(Set(requests.map(\.body)).count == 1)
            #expect(Set(requests.map(\.url)).count == 1)
            #expect(rig.attempts.count == 1)
            #expect(rig.attempts.first?.transmissions.map(\.ordinal) == [1, 2, 3])
            #expect(rig.operators.executions.values.reduce(0, +) == 1)
        }
    }

    @Test func `resends end`() throws {
        try Rig.run({ $0.add("alpha", Sample.contract(key: .replays, keyWindow: 86_400)) }) { rig in
            rig.operators.improvise { .lose(executes: false) }
            try await rig.create(expires: 80_000)
            await rig.stage.sleep(seconds: 500)
            #expect(rig.operators.requests.count == AttemptRules.maximumTransmissions)
        }
    }

    @Test func `without a strong key nothing is resent`() throws {
        try Rig.run({ $0.add("alpha", Sample.contract(key: .remembersSuccessOnly, keyWindow: 86_400)) }) { rig in
            rig.operators.improvise { .lose(executes: false) }
            try await rig.create()
            await rig.stage.sleep(seconds: 500)
            #expect(rig.operators.requests.count == 1)
        }
    }

    @Test func `a resend that does not leave changes nothing`() throws {
        try Rig.run({ $0.add("alpha", Sample.contract(key: .replays, keyWindow: 86_400)) }) { rig in
            rig.operators.script("alpha", .lose(executes: false), .unsent(.connect), .refuse(.throttled), .succeed)
            try await rig.create()
            await rig.wait { rig.order?.status == .succeeded }
            #expect(rig.history == [.prepared, .sending, .unknown, .succeeded])
            #expect(rig.attempts.first?.transmissions.map(\.gateOpened) == [true, false, true, true])
        }
    }

    @Test func `a duplicate on a resend means that the first arrived`() throws {
        try Rig.run({ $0.add("alpha", Sample.contract(key: .rejectsDuplicate, keyWindow: 86_400)) }) { rig in
            rig.operators.answer("/status", .failure(TransportFailure(.timeout)))
            rig.operators.script("alpha", .lose(executes: true), .reply(409, #"{"result":"duplicate"}"#))
            try await rig.create()
            await rig.wait(upTo: 40) { rig.operators.requests.count == 2 }
            await rig.wait(upTo: 2) { rig.order?.status == .succeeded }
            #expect(rig.operators.requests.count == 2, "checked at once, not by the ladder")
            #expect(rig.operators.executions.values.reduce(0, +) == 1)
            #expect(rig.order?.review == nil)
        }
    }

    @Test func `a duplicate on the first transmission calls people`() throws {
        try Rig.run { rig in
            rig.operators.script("alpha", .reply(409, #"{"result":"duplicate"}"#))
            try await rig.create()
            #expect(rig.states == [.unknown])
            #expect(rig.order?.review?.reason == .referenceCollision)
            #expect(rig.operators.requests.count == 1)
        }
    }

    @Test(arguments: [
        (200, ""), (200, "<html>maintenance</html>"), (500, "{}"), (302, #"{"result":"succeeded","amount":5000}"#),
        (200, #"{"result":"SETTLED","amount":5000}"#), (200, #"{"result":"succeeded","result":"refused"}"#), (503, ""),
    ])
    func `what is not in the table is unknown`(_ status: Int, _ body: String) throws {
        try Rig.run { rig in
            rig.operators.script("alpha", .reply(status, body))
            try await rig.create()
            #expect(rig.states == [.unknown])
        }
    }
}
