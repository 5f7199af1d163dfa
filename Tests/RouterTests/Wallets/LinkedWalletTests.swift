import Router
import RouterTestKit
import Testing

/// What an app collects from wallets goes to the business wallet it is linked to.
@Suite struct LinkedWalletTests {
    @Test func `a payment by wallet goes to the linked wallet, in the commit that accepts it`() throws {
        try Rig.wallets { rig in
            let (payer, shop) = (try await rig.wallet(5_000), try await rig.wallet(owner: .holder))
            try await rig.link(shop)
            let commits = rig.store.commits
            let paid = try await rig.done(rig.engine.create(rig.byWallet(payer, 2_000, key: "linked-1")))
            #expect(paid.order.status == .succeeded && rig.store.commits == commits + 1)
            #expect(paid.order.destinationWallet == shop && paid.order.request.account == nil)
            #expect(try await rig.balance(shop).posted == 2_000)
            #expect(try await rig.balance(of: .app(Sample.app)) == 0)
            let lines = try await rig.store.postings(paid.order.movement)
            #expect(lines.map(\.kind) == ["wallet_payment"] && lines.flatMap(\.accounts).contains("wallet:\(shop)"))
        }
    }

    @Test func `the platform's fee stays with the platform`() throws {
        try Rig.wallets { rig in
            let (payer, shop) = (try await rig.wallet(5_000), try await rig.wallet(owner: .holder))
            try await rig.link(shop)
            var command = rig.byWallet(payer, 2_000, key: "linked-fee-1")
            command.request.fee = 150
            _ = try await rig.done(rig.engine.create(command))
            #expect(try await rig.balance(shop).posted == 1_850)
            #expect(try await rig.balance(payer).posted == 3_000)
        }
    }

    /// A payment that names its destination, one over an operator, one by the linked wallet itself.
    @Test func `nothing else goes there`() throws {
        try Rig.wallets { rig in
            let (payer, shop) = (try await rig.wallet(5_000), try await rig.wallet(900))
            let named = try await rig.wallet()
            try await rig.link(shop)
            _ = try await rig.done(rig.engine.create(rig.byWallet(payer, 100, to: named, key: "named-1")))
            #expect(try await rig.balance(named).posted == 100)
            let over = try await rig.done(
                rig.engine.create(rig.command(key: "operator-1", amount: Money(300, .xof), channels: ["tmoney"])))
            #expect(over.order.status == .succeeded && over.order.destinationWallet == nil)
            #expect(try await rig.balance(of: .app(Sample.app)) == 300)
            let own = try await rig.done(rig.engine.create(rig.byWallet(shop, 200, key: "itself-1")))
            #expect(own.order.status == .succeeded)
            #expect(try await rig.balance(of: .app(Sample.app)) == 500)
            #expect(try await rig.balance(shop).posted == 700)
        }
    }

    /// The payer has done everything right: the shop's app is owed the money instead.
    @Test func `a linked wallet that cannot take it leaves it to the app`() throws {
        try Rig.wallets { rig in
            let closed = try await rig.wallet()
            let payer = try await rig.wallet(5_000)
            let dinars = try await rig.wallet(currency: .tnd)
            _ = try await rig.store.change(closed, .close)
            for (number, wallet) in [closed, dinars].enumerated() {
                try await rig.link(wallet)
                let paid = try await rig.done(rig.engine.create(rig.byWallet(payer, 100, key: "elsewhere-\(number)")))
                #expect(paid.order.status == .succeeded && paid.order.destinationWallet == nil)
            }
            #expect(try await rig.balance(of: .app(Sample.app)) == 200)
            let frozen = try await rig.wallet(owner: .holder)
            _ = try await rig.store.change(frozen, .freeze)
            try await rig.link(frozen)
            _ = try await rig.done(rig.engine.create(rig.byWallet(payer, 100, key: "frozen-1")))
            #expect(try await rig.balance(frozen).posted == 100, "a frozen wallet takes money in")
        }
    }

    /// The engine knows a wallet as open, and it is closed before the payment's commit.
    @Test(arguments: [true, false])
    func `one that is closed in between leaves it to the app`(holds: Bool) throws {
        try Rig.wallets { rig in
            let (payer, shop) = (try await rig.wallet(5_000), try await rig.wallet())
            try await rig.link(shop)
            _ = try await rig.done(rig.engine.create(rig.byWallet(payer, 100, key: "open-1")))
            _ = try await rig.done(rig.engine.create(rig.byWallet(shop, 100, key: "emptied-1")))
            _ = try await rig.store.change(shop, .close)
            let paid = try await rig.done(rig.engine.create(rig.byWallet(payer, 700, key: "late-1", holds: holds)))
            #expect(paid.order.status == (holds ? .authorized : .succeeded) && paid.order.destinationWallet == nil)
            if holds { _ = try await rig.done(rig.engine.follow(rig.followUp(.capture, paid, 700))) }
            #expect(try await rig.balance(of: .app(Sample.app)) == 800)
            #expect(try await rig.balance(payer).posted == 4_200)
            #expect(rig.store.aggregates.allSatisfy { $0.order.status != .failed })
        }
    }

    @Test func `a capture goes where the payment's money was to go when it was authorized`() throws {
        try Rig.wallets { rig in
            let (payer, shop) = (try await rig.wallet(5_000), try await rig.wallet(owner: .holder))
            try await rig.link(shop)
            let held = try await rig.done(rig.engine.create(rig.byWallet(payer, 2_000, key: "held-1", holds: true)))
            #expect(held.order.status == .authorized)
            try await rig.link(try await rig.wallet(owner: .holder))
            let captured = try await rig.done(rig.engine.follow(rig.followUp(.capture, held, 1_500)))
            #expect(captured.order.status == .succeeded)
            #expect(try await rig.balance(shop).posted == 1_500)
            #expect(try await rig.balance(payer).posted == 3_500)
        }
    }

    @Test func `what is captured for a linked wallet that was closed lies unclaimed`() throws {
        try Rig.wallets { rig in
            let (payer, shop) = (try await rig.wallet(5_000), try await rig.wallet(owner: .holder))
            try await rig.link(shop)
            let held = try await rig.done(rig.engine.create(rig.byWallet(payer, 2_000, key: "held-1", holds: true)))
            _ = try await rig.store.change(shop, .close)
            let captured = try await rig.done(rig.engine.follow(rig.followUp(.capture, held, 2_000)))
            #expect(captured.order.status == .succeeded && captured.order.review?.reason == .walletClosed)
            #expect(try await rig.balance(of: .unclaimed(shop)) == 2_000)
            let back = try await rig.refund(try await rig.reread(held), 2_000)
            #expect(back.order.status == .succeeded)
            #expect(try await rig.balance(of: .unclaimed(shop)) == 0)
            #expect(try await rig.balance(payer).posted == 5_000)
        }
    }

    /// The answer to a repeated call is the first one, whatever the app is linked to by then.
    @Test func `a repeated call changes nothing, though the link has changed`() throws {
        try Rig.wallets { rig in
            let (payer, shop) = (try await rig.wallet(5_000), try await rig.wallet(owner: .holder))
            let first = try await rig.done(rig.engine.create(rig.byWallet(payer, 400, key: "again-1")))
            try await rig.link(shop)
            let again = await rig.engine.create(rig.byWallet(payer, 400, key: "again-1"))
            #expect(again.replayed?.aggregate.order.id == first.order.id)
            #expect(try await rig.balance(shop).posted == 0)
            #expect(try await rig.balance(payer).posted == 4_600)
        }
    }
}
