import RouterTestKit
import Testing

@testable import Router

/// One commit for everything: whoever meets a store in trouble, or a new owner of it, the same is said and done.
@Suite struct CommitterTests {
    /// What commits something.
    enum Command: String, CaseIterable, Sendable {
        case create, refund, cancel
    }

    private func setUp(_ command: Command) -> (inout Rig.Setup) -> Void {
        { if command == .cancel { $0.add("alpha", style: .session) } else { $0.addWhole("alpha") } }
    }

    private func run(_ command: Command, _ rig: Rig, _ payment: OrderAggregate) async throws {
        switch command {
        case .create: _ = await rig.engine.create(rig.command(key: "another"))
        case .refund: _ = await rig.engine.follow(rig.followUp(.refund, payment, key: "back"))
        case .cancel: _ = try? await rig.engine.cancel(payment.order.id)
        }
    }

    @Test(arguments: Command.allCases)
    func `a commit that fails pauses the timers, whoever made it`(_ command: Command) throws {
        try Rig.run(setUp(command)) { rig in
            let payment = try await rig.create()
            #expect(!rig.engine.isStoreTroubled)
            rig.store.inject { _, _ in .failsBefore }
            try await run(command, rig, payment)
            rig.store.inject(nil)
            #expect(rig.engine.isStoreTroubled)
            #expect(rig.engine.context.storePause.until > rig.stage.now)
        }
    }

    @Test(arguments: Command.allCases)
    func `whoever is refused because another router owns the store ends all sends`(_ command: Command) throws {
        try Rig.run(setUp(command)) { rig in
            let payment = try await rig.create()
            let next = try await rig.restart(setUp(command))
            #expect(rig.engine.isAdmitting)
            try await run(command, rig, payment)
            #expect(!rig.engine.isAdmitting && !rig.engine.context.gatekeeper.maySend)
            #expect(rig.observer.alarms.contains("epoch_lost"))
            next.stop()
        }
    }
}
