import Router
import RouterTestKit
import Testing

@testable import Router

/// Transfers whose next order has nobody to go to at the moment: that is no reason to give the money back, or to leave it with people.
@Suite struct TransferWaitingTests {
    private static func wallets(_ body: @escaping @Sendable (Rig) async throws -> Void) throws {
        try Rig.run({ setup in
            setup.breaker.minimumCalls = 1
            setup.addWallets()
        }) { rig in
            try await body(rig)
            rig.expectBooks()
        }
    }

    /// A transfer whose sender has paid while the recipient's provider takes nothing.
    private static func paid(_ rig: Rig) async throws -> OrderAggregate {
        rig.operators.script("alpha", .accept)
        let sent = try await rig.done(rig.engine.transfer(rig.between(5_000)))
        try rig.open("beta", .payout)
        let leg = try #require(rig.store.aggregates.first { $0.order.parent == sent.order.id })
        rig.operators.decide(leg.attempts[0].reference, .executed)
        await rig.wait(upTo: 600) { rig.store.aggregate(leg.order.id)?.order.outcome == .succeeded }
        return sent
    }

    @Test func `a credit waits for its provider`() throws {
        try Self.wallets { rig in
            let sent = try await Self.paid(rig)
            await rig.stage.sleep(seconds: 1)
            let waiting = try await rig.reread(sent)
            #expect(waiting.order.status == .processing && waiting.order.certainty == .confirmed)
            #expect(waiting.order.transferPhase == .crediting && waiting.order.followUps.map(\.kind) == [.payment])
            #expect(rig.observer.alarms.contains("transfer_delayed"))
            #expect(waiting.order.due != nil)
            await rig.ended(sent)
            let done = try await rig.reread(sent)
            #expect(done.order.status == .succeeded && done.order.followUps.map(\.kind) == [.payment, .payout])
        }
    }

    @Test func `whoever does not want to wait gets the money back`() throws {
        try Self.wallets { rig in
            let sent = try await Self.paid(rig)
            let (_, isPossible) = try await rig.engine.cancelTransfer(sent.order.id)
            #expect(isPossible)
            await rig.ended(sent)
            let ended = try await rig.reread(sent)
            #expect(ended.order.status == .cancelled && ended.order.followUps.map(\.kind) == [.payment, .refund])
            #expect(try await rig.balance(of: .provider("alpha")) == 0)
        }
    }

    @Test func `where nobody can ever pay the recipient the money goes back`() throws {
        try Rig.run({ $0.addWallets() }) { rig in
            rig.operators.script("alpha", .accept)
            let sent = try await rig.done(rig.engine.transfer(rig.between(5_000)))
            let leg = try #require(rig.store.aggregates.first { $0.order.parent == sent.order.id })
            rig.operators.decide(leg.attempts[0].reference, .executed)
            let next = try await rig.restart { $0.addWhole("alpha") }
            await next.ended(sent)
            let ended = try await next.reread(sent)
            #expect(ended.order.status == .failed && ended.order.failure?.code == "not_delivered")
            #expect(try await next.balance(of: .provider("alpha")) == 0)
            next.expectBooks()
            next.stop()
        }
    }

    /// Parked without a compensation: once there is a provider again, people have one begun.
    @Test func `what could not even begin is begun when people ask`() throws {
        try Rig.run({ $0.addWallets() }) { rig in
            rig.operators.script("alpha", .accept)
            let sent = try await rig.done(rig.engine.transfer(rig.between(5_000)))
            let leg = try #require(rig.store.aggregates.first { $0.order.parent == sent.order.id })
            rig.operators.script("beta", .refuse(.accountUnavailable))
            rig.operators.decide(leg.attempts[0].reference, .executed)
            await rig.wait(upTo: 600) { rig.store.aggregate(leg.order.id)?.order.outcome == .succeeded }
            let without = try await rig.restart { setup in
                setup.addWallets()
                setup.remove("alpha")
            }
            await without.wait(upTo: 600) { without.store.aggregate(sent.order.id)?.order.review != nil }
            let parked = try await without.reread(sent)
            #expect(parked.order.review?.reason == .transferParked)
            #expect(!parked.order.followUps.contains { $0.kind == .refund })
            #expect(try await without.engine.cancelTransfer(sent.order.id).isPossible == false)
            let refused = try await without.engine.compensateAgain(sent.order.id)
            #expect(refused?.objection == .refused(.providerMissing("alpha")), "\(String(describing: refused))")
            let next = try await without.restart { $0.addWallets() }
            #expect(try await next.engine.compensateAgain(sent.order.id)?.begun?.order.transferPhase == .compensating)
            await next.ended(sent)
            #expect(try await next.reread(sent).order.status == .failed)
            #expect(try await next.balance(of: .provider("alpha")) == 0)
            #expect(try await next.engine.compensateAgain(sent.order.id)?.objection == .notParked)
            next.expectBooks()
            next.stop()
        }
    }
}

extension Rig {
    /// Lets a provider look broken for an operation; its breaker has to open at one failure.
    func open(_ id: ProviderID, _ operation: MoneyOperation) throws {
        let runtime = try #require(engine.providers[id])
        #expect(runtime.begin(operation, at: stage.now))
        runtime.finish(operation, success: false, at: stage.now)
    }
}
