import Router
import RouterTestKit
import Testing

/// Payments into wallets and by wallets, each executed in its own commit.
@Suite struct WalletPaymentTests {
    @Test func `a payment at an operator tops a wallet up`() throws {
        try Rig.wallets { rig in
            let wallet = try await rig.wallet()
            let paid = try await rig.topUp(wallet, 5_000, key: "top-up-1")
            #expect(paid.order.status == .succeeded)
            #expect(try await rig.balance(wallet).posted == 5_000)
            let lines = try await rig.store.postings(paid.order.movement)
            #expect(
                lines.map(\.kind) == ["top_up"] && lines.flatMap(\.accounts) == ["operator:alpha", "wallet:\(wallet)"])
        }
    }

    @Test func `a payment by wallet is executed in the commit that accepts it`() throws {
        try Rig.wallets { rig in
            let wallet = try await rig.wallet(5_000)
            let before = (rig.store.commits, rig.operators.requests.count)
            let paid = try await rig.done(rig.engine.create(rig.byWallet(wallet, 2_000, key: "by-wallet-1")))
            #expect(paid.order.status == .succeeded && paid.attempts.map(\.state) == [.succeeded])
            #expect(rig.store.commits == before.0 + 1 && rig.operators.requests.count == before.1)
            #expect(try await rig.balance(wallet).posted == 3_000)
            #expect(try await rig.balance(of: .app(Sample.app)) == 2_000)
            let evidence = try await rig.store.evidence(paid.order.id)
            #expect(evidence.map(\.source) == [.ledger] && evidence.map(\.claim) == ["executed"])
        }
    }

    @Test(arguments: [3_001, 5_000, .max / 8] as [Int64])
    func `more than there is fails as with any channel`(units: Int64) throws {
        try Rig.wallets { rig in
            let wallet = try await rig.wallet(3_000)
            let failed = try await rig.done(rig.engine.create(rig.byWallet(wallet, units, key: "too-much-1")))
            #expect(failed.order.status == .failed && failed.order.failure?.code == "insufficient_funds")
            #expect(failed.attempts.map(\.state) == [.rejected])
            #expect(try await rig.balance(wallet).posted == 3_000)
            let again = await rig.engine.create(rig.byWallet(wallet, units, key: "too-much-1"))
            #expect(again.replayed?.aggregate.order.id == failed.order.id)
        }
    }

    @Test func `two hundred at once out of one wallet that covers ten are ten`() throws {
        try Rig.wallets { rig in
            let wallet = try await rig.wallet(10_000)
            let statuses = await withTaskGroup(of: OrderStatus?.self) { group in
                for number in 0..<200 {
                    let command = rig.byWallet(wallet, 1_000, key: "at-once-number-\(number)")
                    group.addTask(executorPreference: rig.stage) {
                        (await rig.engine.create(command)).done?.aggregate.order.status
                    }
                }
                return await group.reduce(into: [OrderStatus?]()) { $0.append($1) }
            }
            #expect(statuses.count { $0 == .succeeded } == 10)
            #expect(statuses.count { $0 == .failed } + statuses.count { $0 == nil } == 190)
            #expect(try await rig.balance(wallet).posted == 0)
        }
    }

    @Test func `only the app's own wallets are debited by its key`() throws {
        try Rig.wallets { rig in
            let (holders, others) = (
                try await rig.wallet(5_000, owner: .holder), try await rig.wallet(0, app: Sample.otherApp)
            )
            let refused = await rig.engine.create(rig.byWallet(holders, 100, key: "holders-1"))
            #expect(refused.walletRefusal?.reason == .belongsToHolder)
            #expect(
                (await rig.engine.create(rig.cashOut(holders, 100, key: "holders-2"))).walletRefusal?.reason
                    == .belongsToHolder)
            #expect(
                (await rig.engine.create(rig.byWallet(others, 100, key: "others-1"))).walletRefusal?.reason == .missing)
            #expect(
                (await rig.engine.create(rig.toWallet(others, 100, key: "others-2"))).walletRefusal?.reason == .missing)
            #expect(try await rig.balance(holders).posted == 5_000)
        }
    }

    /// A refund of what was paid in would be a way around it.
    @Test func `what was paid into a holder's wallet is not taken back by the app`() throws {
        try Rig.wallets { rig in
            let holders = try await rig.wallet(0, owner: .holder)
            let paid = try await rig.topUp(holders, 5_000, key: "holders-top-up")
            let refused = await rig.engine.follow(rig.followUp(.refund, paid, 1_000))
            #expect(refused.refusal == .belongsToHolder(holders))
            #expect(try await rig.balance(holders).posted == 5_000)
        }
    }

    @Test func `a frozen wallet takes money in and gives none out`() throws {
        try Rig.wallets { rig in
            let wallet = try await rig.wallet(5_000)
            _ = try await rig.done(rig.engine.create(rig.byWallet(wallet, 100, key: "frozen-0")))
            _ = try await rig.store.change(wallet, .freeze)
            let orders = rig.store.aggregates.count
            #expect(
                (await rig.engine.create(rig.byWallet(wallet, 100, key: "frozen-1"))).walletRefusal?.reason == .frozen)
            #expect(rig.store.aggregates.count == orders, "nothing is stored")
            #expect(try await rig.topUp(wallet, 1_000, key: "frozen-2").order.status == .succeeded)
            #expect(try await rig.balance(wallet).posted == 5_900)
            _ = try await rig.store.change(wallet, .unfreeze)
            let paid = try await rig.done(rig.engine.create(rig.byWallet(wallet, 100, key: "frozen-3")))
            #expect(paid.order.status == .succeeded)
        }
    }

    @Test func `another currency and itself are refused before anything is stored`() throws {
        try Rig.wallets { rig in
            let (dinars, francs) = (try await rig.wallet(currency: .tnd), try await rig.wallet(5_000))
            let commits = rig.store.commits
            #expect(
                (await rig.engine.create(rig.toWallet(dinars, 100, key: "currency-1"))).walletRefusal?.reason
                    == .currency(.tnd))
            #expect(
                (await rig.engine.create(rig.byWallet(francs, 100, to: francs, key: "itself-1"))).walletRefusal?.reason
                    == .itself)
            #expect(rig.store.commits == commits)
        }
    }

    @Test func `what arrives after a wallet was closed lies unclaimed, with a review`() throws {
        try Rig.wallets { rig in
            let wallet = try await rig.wallet()
            rig.operators.script("alpha", .first({ _ in _ = try? await rig.store.change(wallet, .close) }, .succeed))
            let paid = try await rig.topUp(wallet, 1_000, key: "closing-1")
            #expect(paid.order.status == .succeeded && paid.order.review?.reason == .walletClosed)
            #expect(try await rig.balance(of: .unclaimed(wallet)) == 1_000)
            #expect(try await rig.balance(wallet).posted == 0)
            let back = try await rig.refund(paid, 1_000)
            #expect(back.order.status == .succeeded)
            #expect(try await rig.balance(of: .unclaimed(wallet)) == 0)
        }
    }

    @Test func `a wallet with money or holds cannot be closed`() throws {
        try Rig.wallets { rig in
            let wallet = try await rig.wallet(500)
            let standing = try #require(try await rig.store.wallet(wallet))
            #expect(try await rig.store.change(wallet, .close) == .notEmpty(standing))
            _ = try await rig.done(rig.engine.create(rig.byWallet(wallet, 500, key: "empty-1")))
            _ = try await rig.store.change(wallet, .close)
            #expect(try await rig.balance(wallet).state == .closed)
            #expect(try await rig.store.change(wallet, .unfreeze) == .closed)
        }
    }

    @Test func `a refund by wallet goes back into it`() throws {
        try Rig.wallets { rig in
            let (payer, merchant) = (try await rig.wallet(5_000), try await rig.wallet())
            let paid = try await rig.done(
                rig.engine.create(rig.byWallet(payer, 4_000, to: merchant, key: "merchant-1")))
            #expect(try await rig.balance(merchant).posted == 4_000)
            let back = try await rig.refund(paid, 1_500)
            #expect(back.order.status == .succeeded)
            #expect(try await rig.balance(payer).posted == 2_500)
            #expect(try await rig.balance(merchant).posted == 2_500)
            _ = try await rig.done(rig.engine.create(rig.byWallet(merchant, 2_500, key: "merchant-2")))
            let refused = await rig.engine.follow(rig.followUp(.refund, paid, 1_000, key: "refund-too-late"))
            #expect(refused.ledgerRefusal == nil && refused.done == nil, "\(refused)")
            #expect(try await rig.balance(merchant).posted == 0)
        }
    }
}
