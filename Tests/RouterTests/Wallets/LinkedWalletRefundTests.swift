import Router
import RouterTestKit
import Testing

/// What an app may give back out of the wallet it collects into: what it collected there, while the link lasts.
@Suite struct LinkedWalletRefundTests {
    private func paid(_ rig: Rig, _ payer: WalletID, _ units: Int64, key: String) async throws -> OrderAggregate {
        try await rig.done(rig.engine.create(rig.byWallet(payer, units, key: key)))
    }

    @Test func `what it collected, and no more`() throws {
        try Rig.wallets { rig in
            let (payer, shop) = (try await rig.wallet(5_000), try await rig.wallet(10_000, owner: .holder))
            try await rig.link(shop)
            let payment = try await paid(rig, payer, 2_000, key: "collected-1")
            let back = try await rig.refund(payment, 1_500)
            #expect(back.order.status == .succeeded)
            #expect(try await rig.balance(shop).posted == 10_500)
            #expect(try await rig.balance(payer).posted == 4_500)
            let more = await rig.engine.follow(rig.followUp(.refund, payment, 501, key: "too-much"))
            #expect(more.done == nil, "\(more)")
            #expect(try await rig.refund(payment, 500, key: "the-rest").order.status == .succeeded)
            #expect(try await rig.balance(shop).posted == 10_000)
        }
    }

    @Test func `not what anybody else brought in, though it is linked`() throws {
        try Rig.wallets { rig in
            let (payer, shop) = (try await rig.wallet(5_000), try await rig.wallet(owner: .holder))
            let topUp = try await rig.topUp(shop, 3_000, key: "own-money")
            let named = try await rig.done(rig.engine.create(rig.byWallet(payer, 500, to: shop, key: "named-1")))
            try await rig.link(shop)
            for payment in [topUp, named] {
                let refused = await rig.engine.follow(
                    rig.followUp(.refund, payment, 100, key: "take-\(payment.order.id)"))
                #expect(refused.refusal == .belongsToHolder(shop), "\(refused)")
            }
            #expect(try await rig.balance(shop).posted == 3_500)
        }
    }

    @Test func `nothing once the link has ended; again once it is there again`() throws {
        try Rig.wallets { rig in
            let (payer, shop) = (try await rig.wallet(5_000), try await rig.wallet(owner: .holder))
            try await rig.link(shop)
            let payment = try await paid(rig, payer, 2_000, key: "collected-1")
            let other = try await rig.wallet(owner: .holder)
            for (number, link) in [nil, other].enumerated() {
                try await rig.link(link)
                let refused = await rig.engine.follow(rig.followUp(.refund, payment, 100, key: "unlinked-\(number)"))
                #expect(refused.refusal == .belongsToHolder(shop), "\(refused)")
            }
            try await rig.link(shop)
            #expect(try await rig.refund(payment, 100, key: "linked-again").order.status == .succeeded)
            #expect(try await rig.balance(shop).posted == 1_900)
        }
    }

    /// It is not in the wallet: nobody's money is taken, and nobody could link the closed wallet again.
    @Test(arguments: [true, false])
    func `what came for a wallet that was closed goes back without a link`(_ wasUnlinked: Bool) throws {
        try Rig.wallets { rig in
            let (payer, shop) = (try await rig.wallet(5_000), try await rig.wallet(owner: .holder))
            try await rig.link(shop)
            let held = try await rig.done(rig.engine.create(rig.byWallet(payer, 2_000, key: "held-1", holds: true)))
            _ = try await rig.store.change(shop, .close)
            _ = try await rig.done(rig.engine.follow(rig.followUp(.capture, held, 2_000)))
            if wasUnlinked { try await rig.link(nil) }
            #expect(try await rig.refund(try await rig.reread(held), 2_000).order.status == .succeeded)
            #expect(try await rig.balance(payer).posted == 5_000)
            #expect(try await rig.balance(of: .unclaimed(shop)) == 0)
        }
    }

    @Test func `nothing that its holder has spent, or that is frozen`() throws {
        try Rig.wallets { rig in
            let (payer, shop) = (try await rig.wallet(5_000), try await rig.wallet())
            try await rig.link(shop)
            let payment = try await paid(rig, payer, 2_000, key: "collected-1")
            _ = try await rig.done(rig.engine.create(rig.byWallet(shop, 1_500, key: "spent-1")))
            let refused = await rig.engine.follow(rig.followUp(.refund, payment, 1_000, key: "too-late"))
            #expect(refused.done == nil && refused.refusal != .belongsToHolder(shop), "\(refused)")
            #expect(try await rig.balance(shop).posted == 500)
            _ = try await rig.store.change(shop, .freeze)
            let frozen = await rig.engine.follow(rig.followUp(.refund, payment, 100, key: "frozen"))
            #expect(frozen.done == nil, "\(frozen)")
            #expect(try await rig.balance(shop).posted == 500)
            _ = try await rig.store.change(shop, .unfreeze)
            #expect(try await rig.refund(payment, 500, key: "in-time").order.status == .succeeded)
            #expect(try await rig.balance(payer).posted == 3_500)
        }
    }
}
