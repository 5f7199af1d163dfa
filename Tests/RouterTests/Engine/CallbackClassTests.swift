import Router
import RouterTestKit
import Testing

/// What a kind claims counts only as far as its contract says (docs/money-safety.md, 8.2b); providers that are not
/// configured any more are still heard.
@Suite struct CallbackClassTests {
    private static func contract(
        _ callback: ProviderContract.CallbackTrust, check: ProviderContract.CheckAbility = .none
    ) -> ProviderContract {
        Sample.contract(
            check: check, callback: callback,
            ladder: CheckLadder(stepsMilliseconds: [], thenEveryMilliseconds: 86_400_000), reviewAfter: 1_000_000)
    }

    private static func paid(
        _ reference: String, _ rest: String = #","amount":5000,"currency":"XOF","event":"p1""#
    )
        -> String
    {
        #"{"result":"succeeded","reference":"\#(reference)"\#(rest)}"#
    }

    @Test(arguments: [ProviderContract.CallbackTrust.tokenInPath, .addressOnly, .none])
    func `a signature that the contract does not know is a hint`(_ callback: ProviderContract.CallbackTrust) throws {
        try Rig.run({ $0.add("alpha", Self.contract(callback)) }) { rig in
            let reference = try await StrangerTests.pending(rig)
            #expect(await rig.callback(Self.paid(reference)).status == 200)
            await rig.stage.sleep(seconds: 30)
            #expect(rig.states == [.pending] && rig.store.postings.isEmpty)
            #expect(rig.order?.review?.reason == .outcomeUnknown)
        }
    }

    @Test func `a listed address is believed where nobody can be asked`() throws {
        try Rig.run({ $0.add("alpha", Self.contract(.addressOnly)) }) { rig in
            let reference = try await StrangerTests.pending(rig)
            #expect(await rig.callback(Self.paid(reference), signature: "listed").status == 200)
            await rig.wait(upTo: 2) { rig.order?.status == .succeeded }
            #expect(rig.observer.callbacks == ["listed taken"])
        }
    }

    @Test func `where one can ask an address is only a reason to`() throws {
        try Rig.run({ $0.add("alpha", Self.contract(.addressOnly, check: .byOurReference)) }) { rig in
            let reference = try await StrangerTests.pending(rig)
            #expect(await rig.callback(Self.paid(reference), signature: "listed").status == 200)
            await rig.stage.sleep(seconds: 5)
            #expect(rig.states == [.pending])
            #expect(rig.operators.questions.count == 1)
        }
    }

    @Test(arguments: [
        #","amount":4999,"currency":"XOF","event":"p1""#, #","amount":5000,"currency":"XAF","event":"p1""#,
        #","currency":"XOF","event":"p1""#, #","amount":5000,"event":"p1""#, #","amount":5000,"currency":"XOF""#,
    ])
    func `from an address nothing may be missing or different`(_ rest: String) throws {
        try Rig.run({ $0.add("alpha", Self.contract(.addressOnly)) }) { rig in
            let reference = try await StrangerTests.pending(rig)
            #expect(await rig.callback(Self.paid(reference, rest), signature: "listed").status == 200)
            await rig.stage.sleep(seconds: 30)
            #expect(rig.states == [.pending] && rig.store.postings.isEmpty)
            #expect(rig.order?.review?.reason == .outcomeUnknown)
        }
    }

    @Test func `an operators ID is taken once`() throws {
        try Rig.run({ $0.add("alpha", Self.contract(.addressOnly)) }) { rig in
            rig.operators.script("alpha", .accept, .accept)
            try await rig.create(key: "order-1")
            try await rig.create(key: "order-2")
            let references = rig.operators.references
            for reference in references {
                #expect(await rig.callback(Self.paid(reference), signature: "listed").status == 200)
            }
            await rig.stage.sleep(seconds: 30)
            #expect(rig.store.payments.count { $0.status == .succeeded } == 1)
            #expect(rig.store.postings.count == 1)
        }
    }

    @Test func `a refusal from an address needs no ID`() throws {
        try Rig.run({ $0.add("alpha", Self.contract(.addressOnly)) }) { rig in
            let reference = try await StrangerTests.pending(rig)
            let text =
                #"{"result":"refused","reason":"declined","reference":"\#(reference)","amount":5000,"currency":"XOF"}"#
            #expect(await rig.callback(text, signature: "listed").status == 200)
            await rig.wait(upTo: 2) { rig.order?.status == .failed }
        }
    }

    @Test func `who is not listed is counted every time and told once`() throws {
        try Rig.run({ $0.add("alpha", Self.contract(.addressOnly)) }) { rig in
            let reference = try await StrangerTests.pending(rig)
            for _ in 1...3 { _ = await rig.callback(Self.paid(reference), signature: nil) }
            #expect(
                rig.observer.callbacks.filter { $0.hasPrefix("from ") } == [
                    "from 203.0.113.0/24 first", "from 203.0.113.0/24", "from 203.0.113.0/24",
                ])
        }
    }

    @Test func `a signed success that leaves the amount out is only a reason to ask`() throws {
        try Rig.run({ $0.add("alpha", StrangerTests.seldom) }) { rig in
            let reference = try await StrangerTests.pending(rig)
            #expect(await rig.callback(Self.paid(reference, #","event":"p1""#)).status == 200)
            await rig.stage.sleep(seconds: 5)
            #expect(rig.states == [.pending])
            #expect(rig.operators.questions.count == 1)
        }
    }

    // MARK: Providers that are not configured

    @Test func `a provider taken out is heard and read once it is back`() throws {
        try Rig.run({ $0.add("alpha", StrangerTests.seldom) }) { rig in
            let reference = try await StrangerTests.pending(rig)
            let without = try await rig.restart { $0.add("beta") }
            #expect(await without.callback(Self.paid(reference)).status == 200)
            #expect(await without.callback(Self.paid(reference)).status == 200)
            #expect(try await without.open() == [.unread: 1])
            await without.stage.sleep(seconds: 7_200)
            #expect(without.states == [.pending])
            let back = try await without.restart { $0.add("alpha", StrangerTests.seldom) }
            await back.wait(upTo: 700) { back.order?.status == .succeeded }
            #expect(try await back.open() == [:])
            #expect(await back.callback(Self.paid(reference)).status == 200)
            #expect(back.store.postings.count == 1)
            back.stop()
        }
    }

    @Test func `what a stranger said meanwhile is still a strangers`() throws {
        try Rig.run({ $0.add("alpha", StrangerTests.seldom) }) { rig in
            let reference = try await StrangerTests.pending(rig)
            let without = try await rig.restart { $0.add("beta") }
            #expect(await without.callback(Self.paid(reference), signature: nil).status == 200)
            #expect(await without.callback(Self.paid("nobody's"), signature: nil).status == 200)
            let back = try await without.restart { $0.add("alpha", StrangerTests.seldom) }
            await back.wait(upTo: 700) { back.operators.questions.count == 1 }
            #expect(back.states == [.pending])
            await back.stage.sleep(seconds: 4_500)
            #expect(try await back.open() == [:])
            back.stop()
        }
    }

    @Test func `the room of a provider taken out is bounded in number and size and ends after a day`() throws {
        try Rig.run({ $0.add("alpha", StrangerTests.seldom) }) { rig in
            _ = try await StrangerTests.pending(rig)
            let without = try await rig.restart {
                $0.settings.callbacks.openUnread = 3
                $0.add("beta")
            }
            let large = #"{"pad":"\#(String(repeating: "x", count: 16_384))"}"#
            #expect(await without.callback(large).status == 413)
            for number in 1...5 {
                #expect(await without.callback(#"{"n":\#(number)}"#).status == (number <= 3 ? 200 : 503))
            }
            await without.stage.sleep(seconds: 86_400)
            #expect(try await without.open()[.unread] == 3)
            await without.stage.sleep(seconds: 1_000)
            #expect(try await without.open() == [:])
            without.stop()
        }
    }

    @Test(arguments: ["gamma", "GAMMA", "", "al pha", "alphaa"])
    func `a provider that never was is not there`(_ name: String) throws {
        try Rig.run { rig in
            _ = try await StrangerTests.pending(rig)
            #expect(await rig.callback(Self.paid("r"), for: ProviderID(name)).status == 404)
            #expect(rig.store.messages.isEmpty)
        }
    }
}
