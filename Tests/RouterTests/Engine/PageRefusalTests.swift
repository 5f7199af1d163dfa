import Router
import RouterTestKit
import Testing

/// A refusal told of a page that can still be paid is held until the page's session is over, and no longer.
@Suite struct PageRefusalTests {
    /// Nobody can be asked; sessions live 300 seconds here.
    private static let contract: ProviderContract = {
        var contract = Sample.contract(
            check: .none, promptLifetime: 300, quarantine: 300, callback: .addressOnly,
            ladder: CheckLadder(stepsMilliseconds: [], thenEveryMilliseconds: 86_400_000), reviewAfter: 10)
        contract.refusalsEndWithSession = true
        return contract
    }()
    private static let page: @Sendable (inout Rig.Setup) -> Void = { $0.add("alpha", contract, style: .session) }

    private func opened(_ rig: Rig) async throws -> String {
        try await rig.create()
        #expect(rig.states == [.pending])
        return try #require(rig.attempts.first?.reference)
    }

    private func told(
        _ rig: Rig, _ reference: String, _ result: String, _ more: String = "", event: String = "p1"
    ) async {
        let text =
            #"{"result":"\#(result)","reference":"\#(reference)","amount":5000,"currency":"XOF","event":"\#(event)"\#(more)}"#
        #expect(await rig.callback(text, signature: "listed").status == 200)
        await rig.stage.sleep(seconds: 1)
    }

    private static let refused = #","reason":"declined","definitive":false"#

    @Test(arguments: ["p1", "p2"]) func `a page that is paid after a refusal is paid`(_ event: String) throws {
        try Rig.run(Self.page) { rig in
            let reference = try await opened(rig)
            await rig.stage.sleep(seconds: 60)
            await told(rig, reference, "refused", Self.refused)
            #expect(rig.states == [.pending] && rig.order?.status != .failed)
            await rig.stage.sleep(seconds: 200)
            await told(rig, reference, "succeeded", event: event)
            #expect(rig.order?.status == .succeeded && rig.order?.review == nil)
            #expect(rig.order?.disputes.isEmpty == true && rig.store.postings.count == 1)
            await rig.stage.sleep(seconds: 1_000)
            #expect(rig.order?.status == .succeeded && rig.order?.review == nil)
        }
    }

    @Test func `an earlier try that is told late contradicts nothing`() throws {
        try Rig.run(Self.page) { rig in
            let reference = try await opened(rig)
            await told(rig, reference, "succeeded", event: "p2")
            await told(rig, reference, "refused", Self.refused)
            #expect(rig.order?.status == .succeeded && rig.order?.disputes.isEmpty == true)
            #expect(rig.order?.review == nil)
        }
    }

    @Test func `the same try paid and refused is a contradiction`() throws {
        try Rig.run(Self.page) { rig in
            let reference = try await opened(rig)
            // The session's own name, by which the test operator knows the payment.
            let id = #","id":"session-\#(reference)""#
            await told(rig, reference, "succeeded", id)
            await told(rig, reference, "refused", Self.refused + id)
            #expect(rig.order?.status == .succeeded && rig.order?.disputes.count == 1)
        }
    }

    @Test func `a refusal stands once the page is over`() throws {
        try Rig.run(Self.page) { rig in
            let reference = try await opened(rig)
            await rig.stage.sleep(seconds: 100)
            await told(rig, reference, "refused", Self.refused)
            await told(rig, reference, "refused", Self.refused, event: "p2")
            await rig.stage.sleep(seconds: 190)
            #expect(rig.states == [.pending] && rig.order?.review == nil)
            await rig.wait(upTo: 15) { rig.order?.status == .failed }
            #expect(rig.states == [.rejected] && rig.order?.review == nil)
            #expect(rig.order?.failure?.code == "declined" && rig.store.postings.isEmpty)
            await told(rig, reference, "succeeded", event: "p3")
            #expect(rig.states == [.rejected] && rig.order?.disputes.count == 1)
        }
    }

    @Test func `a refusal within the session counts no longer than the session`() throws {
        try Rig.run(Self.page) { rig in
            let reference = try await opened(rig)
            await rig.stage.sleep(seconds: 298)
            await told(rig, reference, "refused", Self.refused)
            await rig.wait(upTo: 5) { rig.order?.status == .failed }
        }
    }

    @Test func `the end of the session is the end at once`() throws {
        try Rig.run(Self.page) { rig in
            let reference = try await opened(rig)
            await told(rig, reference, "refused", Self.refused)
            await told(rig, reference, "refused", #","reason":"expired""#, event: "p2")
            #expect(rig.order?.status == .failed && rig.order?.failure?.code == "expired")
        }
    }

    @Test func `what is held is held across a restart`() throws {
        try Rig.run(Self.page) { rig in
            let reference = try await opened(rig)
            await told(rig, reference, "refused", Self.refused)
            let next = try await rig.restart(Self.page)
            await next.stage.sleep(seconds: 250)
            #expect(next.states == [.pending])
            await next.wait(upTo: 60) { next.order?.status == .failed }
            next.stop()
        }
    }

    @Test func `without a refusal the page is a persons question`() throws {
        try Rig.run(Self.page) { rig in
            _ = try await opened(rig)
            await rig.wait(upTo: 400) { rig.order?.review != nil }
            await rig.stage.sleep(seconds: 10_000)
            #expect(rig.states == [.pending])
        }
    }

    @Test func `what is not known stays so`() {
        var scenario = AggregateScenario(.sending)
        scenario.contract = Self.contract
        scenario.observe(.no(definitive: false), source: .response)
        #expect(scenario.attempt?.state == .unknown)
        scenario.aggregate.letRefusalStand(Sample.attemptID(1), contract: Self.contract, at: .start + 100_000)
        #expect(scenario.attempt?.state == .unknown)
    }

    @Test func `who can be asked is asked`() {
        var contract = Self.contract
        contract.check = .byOurReference
        var scenario = AggregateScenario(.pending)
        scenario.contract = contract
        scenario.observe(.no(definitive: false), source: .callback)
        scenario.aggregate.letRefusalStand(Sample.attemptID(1), contract: contract, at: .start + 100_000)
        #expect(scenario.attempt?.state == .pending)
    }

    @Test func `a platforms own quarantine counts instead`() {
        var overrides = ContractOverrides()
        #expect(overrides.applied(to: Self.contract).refusalsEndWithSession)
        overrides.failureQuarantineSeconds = 1_000
        let changed = overrides.applied(to: Self.contract)
        let held = HeldRefusal(refusal: Refusal(.declined), since: .start)
        #expect(held.turns(until: changed, sessionEnd: .start + 300) == .start + 1_000)
        #expect(held.turns(until: Self.contract, sessionEnd: .start + 300) == .start + 300)
        #expect(held.turns(until: Self.contract, sessionEnd: .start + -5) == .start)
        #expect(held.turns(until: Self.contract, sessionEnd: nil) == .start + 300)
    }
}
