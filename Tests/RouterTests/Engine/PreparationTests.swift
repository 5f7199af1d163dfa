import RouterTestKit
import Testing

@testable import Router

/// Whether a preparation asks is declared by its kind; the core takes it at its word, and never the other way round.
@Suite struct PreparationTests {
    /// Says that it needs nobody, and asks all the same.
    private struct Liar: Collecting, Checking {
        let base: TestProvider
        var manifest: ProviderManifest { base.manifest }

        func sign(_ request: WireRequest, _ context: SigningContext) -> WireRequest { base.sign(request, context) }
        func preparation(of order: Instruction, confirmedBy confirmation: Router.Confirmation?) -> Preparation {
            .offline
        }
        func prepare(_ order: CollectInstruction, asking wire: any Asking) async throws(PreparationFailure) -> Prepared
        {
            try await base.prepare(order, asking: wire)
        }
        func read(_ reply: WireReply, to order: CollectInstruction) -> ProviderOutcome { base.read(reply, to: order) }
        func check(_ order: Instruction, asking wire: any Asking) async -> StatusCheckResult {
            await base.check(order, asking: wire)
        }
    }

    @Test func `what is declared offline asks nobody, and what needs an answer is not sent`() throws {
        try Rig.run({ setup in setup.add("alpha", style: .asksFirst) { Liar(base: $0) } }) { rig in
            let payment = try await rig.create(expires: 60)
            await rig.wait(upTo: 120) { rig.order?.outcome.isFinal == true }
            #expect(rig.operators.questions.isEmpty && rig.operators.requests.isEmpty)
            #expect(try await rig.reread(payment).order.status == .failed)
        }
    }

    @Test func `an attempt is durable before its operator is asked`() throws {
        try Rig.run({ $0.add("alpha", style: .asksForSession) }) { rig in
            rig.store.inject { _, units in
                units.contains { $0.newAttempts.contains { $0.state == .prepared } } ? .failsBefore : nil
            }
            try #require(await rig.engine.create(rig.command()).isUnknown, "accepted")
            #expect(rig.operators.questions.isEmpty, "nobody is asked for what is not stored")
            rig.store.inject(nil)
        }
    }
}
