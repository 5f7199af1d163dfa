import Router
import RouterTestKit
import Testing

/// What was on its way to a wallet when it was closed.
@Suite struct ClosedWalletTests {
    @Test func `a hold towards a closed wallet is refused like a payment`() throws {
        try Rig.wallets { rig in
            let (payer, shop) = (try await rig.wallet(1_000), try await rig.wallet())
            _ = await rig.engine.create(rig.byWallet(payer, 100, to: shop, key: "known-1"))
            _ = try await rig.done(rig.engine.create(rig.byWallet(shop, 100, key: "empty-1")))
            _ = try await rig.store.change(shop, .close)
            let stored = rig.store.aggregates.count
            for holds in [true, false] {
                let refused = await rig.engine.create(
                    rig.byWallet(payer, 100, to: shop, key: "late-\(holds)", holds: holds))
                #expect(
                    refused.walletRefusal?.reason == .closed || refused.ledgerRefusal?.reason == .closed, "\(refused)")
            }
            #expect(rig.store.aggregates.count == stored || rig.store.aggregates.allSatisfy { $0.order.status.isFinal })
        }
    }

    @Test func `what is captured for it is there, certain, and can be refunded`() throws {
        try Rig.wallets { rig in
            let (payer, shop) = (try await rig.wallet(1_000), try await rig.wallet())
            let held = try await rig.done(
                rig.engine.create(rig.byWallet(payer, 100, to: shop, key: "hold-1", holds: true)))
            _ = try await rig.store.change(shop, .close)
            let captured = try await rig.done(rig.engine.follow(rig.followUp(.capture, held, 100)))
            #expect(captured.order.status == .succeeded && captured.order.certainty == .confirmed)
            #expect(captured.order.review?.reason == .walletClosed)
            let payment = try await rig.reread(held)
            #expect(payment.order.status == .succeeded && payment.order.certainty == .confirmed)
            #expect(try await rig.balance(of: .unclaimed(shop)) == 100)
            let back = try await rig.refund(payment, 100, key: "back-1")
            #expect(back.order.status == .succeeded)
            #expect(try await rig.balance(of: .unclaimed(shop)) == 0)
            #expect(try await rig.balance(payer).posted == 1_000)
        }
    }

    /// Our own books name no operator's transaction, and are not in doubt.
    @Test func `two people end its review without an operator's reference, and never against the books`() throws {
        try Rig.wallets { rig in
            let (payer, shop) = (try await rig.wallet(1_000), try await rig.wallet())
            let held = try await rig.done(
                rig.engine.create(rig.byWallet(payer, 100, to: shop, key: "hold-1", holds: true)))
            _ = try await rig.store.change(shop, .close)
            let captured = try await rig.done(rig.engine.follow(rig.followUp(.capture, held, 100)))
            func sign(_ verdict: Review.Finding.Verdict, _ person: String) async -> Engine.SignResult {
                let finding = Review.Finding(verdict: verdict, reason: "r", document: "d", operatorReference: nil)
                return await rig.engine.sign(captured.order.id, finding, person: person, counts: { _ in true })
            }
            await rig.stage.sleep(seconds: 86_400)
            for person in ["anna", "ben"] {
                #expect(await sign(.notExecuted, person).refused == .isBooked)
            }
            #expect(try await rig.reread(captured).order.review?.reason == .walletClosed)
            _ = try await rig.refund(try await rig.reread(held), 100)
            for person in ["anna", "ben"] { #expect(await sign(.executed, person).refused == nil) }
            let ended = try await rig.reread(captured)
            #expect(ended.order.review == nil && ended.order.status == .succeeded)
        }
    }

    @Test func `payouts to two wallets under one order number are two`() throws {
        try Rig.wallets { rig in
            let (from, one, other) = (try await rig.wallet(1_000), try await rig.wallet(), try await rig.wallet(100))
            func pay(_ wallet: WalletID, _ key: String) -> Engine.CreateCommand {
                var command = rig.payout(key: key)
                command.request.amount = Money(100, .xof)
                command.request.channels = ["wallet"]
                command.request.customer = Customer()
                command.request.reference = "wages-7"
                (command.request.account, command.request.wallet) = (.wallet(from), wallet)
                return command
            }
            _ = try await rig.done(rig.engine.create(pay(one, "wages-one")))
            _ = try await rig.done(rig.engine.create(pay(other, "wages-other")))
            let again = await rig.engine.create(pay(one, "wages-again"))
            #expect(again.done == nil, "\(again)")
            #expect(try await rig.balance(from).posted == 800)
        }
    }

    /// The same amount leaves the wallet, whoever pays the fee and wherever it goes.
    @Test(arguments: [TransferTerms.FeePayer.sender, .recipient])
    func `limits count what leaves a wallet, with the fee`(payer: TransferTerms.FeePayer) throws {
        try Rig.wallets { rig in
            let leaves: Int64 = payer == .sender ? 1_060 : 1_000
            for end in [TransferTerms.End.channel("flooz"), .wallet(try await rig.wallet())] {
                let from = try await rig.wallet(5_000)
                _ = try await rig.store.change(from, .limits([WalletLimit(.transfer, .amount, most: 2_000)]))
                let sent = try await rig.done(
                    rig.engine.transfer(
                        rig.transfer(.wallet(from), end, 1_000, fee: 60, payer: payer, key: "to-\(end)")))
                await rig.ended(sent)
                #expect(try await rig.store.wallet(from)?.limits.map(\.used) == [leaves], "\(end)")
            }
        }
    }
}
