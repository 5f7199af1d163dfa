import Router
import RouterTestKit
import Testing

/// Money of wallets that is set aside: authorizations, payouts to operators, limits.
@Suite struct WalletHoldTests {
    @Test func `an authorization holds, a capture takes a part, the rest is free`() throws {
        try Rig.wallets { rig in
            let wallet = try await rig.wallet(5_000)
            let held = try await rig.done(rig.engine.create(rig.byWallet(wallet, 4_000, key: "hold-1", holds: true)))
            #expect(held.order.status == .authorized)
            let balance = try await rig.balance(wallet)
            #expect(balance.posted == 5_000 && balance.held == 4_000)
            let failed = try await rig.done(rig.engine.create(rig.byWallet(wallet, 1_001, key: "hold-2")))
            #expect(failed.order.failure?.code == "insufficient_funds")
            let capture = try await rig.done(rig.engine.follow(rig.followUp(.capture, held, 3_000)))
            #expect(capture.order.status == .succeeded)
            let after = try await rig.balance(wallet)
            #expect(after.posted == 2_000 && after.held == 0)
            #expect(try await rig.reread(held).order.status == .succeeded)
            let second = await rig.engine.follow(rig.followUp(.capture, held, 1_000, key: "second-capture"))
            #expect(second.done == nil)
        }
    }

    @Test func `a release gives it back, and so does the end of its time`() throws {
        try Rig.wallets { rig in
            let wallet = try await rig.wallet(5_000)
            let first = try await rig.done(rig.engine.create(rig.byWallet(wallet, 4_000, key: "void-1", holds: true)))
            let void = try await rig.done(rig.engine.follow(rig.followUp(.void, first)))
            #expect(void.order.status == .succeeded)
            #expect(try await rig.balance(wallet).held == 0)
            let second = try await rig.done(rig.engine.create(rig.byWallet(wallet, 5_000, key: "void-2", holds: true)))
            #expect(try await rig.balance(wallet).held == 5_000)
            await rig.stage.sleep(seconds: 3_700)
            let lapsed = try await rig.reread(second)
            #expect(lapsed.order.status == .failed && lapsed.order.failure?.code == "authorization_expired")
            #expect(try await rig.balance(wallet).held == 0)
            let late = await rig.engine.follow(rig.followUp(.capture, second, 100, key: "late-capture"))
            #expect(late.done == nil)
        }
    }

    @Test func `a cash-out is held, and taken once the operator has paid`() throws {
        try Rig.wallets { rig in
            let wallet = try await rig.wallet(5_000)
            rig.operators.script("alpha", .accept)
            let out = try await rig.done(rig.engine.create(rig.cashOut(wallet, 3_000, key: "cash-out-1")))
            #expect(out.order.status == .awaitingCustomer)
            #expect(try await rig.balance(wallet).held == 3_000)
            rig.operators.decide(out.attempts[0].reference, .executed)
            await rig.wait(upTo: 600) { rig.store.aggregate(out.order.id)?.order.outcome == .succeeded }
            let balance = try await rig.balance(wallet)
            #expect(balance.posted == 2_000 && balance.held == 0)
            #expect(try await rig.store.postings(out.order.movement).map(\.kind) == ["cash_out"])
        }
    }

    @Test func `a refused cash-out gives the money back`() throws {
        try Rig.wallets { rig in
            let wallet = try await rig.wallet(5_000)
            rig.operators.script("alpha", .refuse(.accountUnavailable))
            let out = try await rig.done(rig.engine.create(rig.cashOut(wallet, 3_000, key: "cash-out-2")))
            #expect(out.order.status == .failed)
            let balance = try await rig.balance(wallet)
            #expect(balance.posted == 5_000 && balance.held == 0)
        }
    }

    /// However long nobody knows, the money stays held; then it is taken or free as the truth is.
    @Test(arguments: [true, false])
    func `a cash-out whose end is not known holds its money as long as that takes`(executes: Bool) throws {
        try Rig.wallets { rig in
            let wallet = try await rig.wallet(5_000)
            rig.operators.script("alpha", .lose(executes: executes))
            rig.operators.hang("/status/")
            let out = try await rig.done(rig.engine.create(rig.cashOut(wallet, 3_000, key: "cash-out-3")))
            #expect(out.order.certainty == .unknown)
            await rig.stage.sleep(seconds: 86_400)
            #expect(try await rig.balance(wallet).held == 3_000, "a hold ended by time")
            #expect(try await rig.reread(out).order.outcome == .open)
            rig.operators.hang(nil)
            await rig.wait(upTo: 100_000) { rig.store.aggregate(out.order.id)?.order.outcome != .open }
            let balance = try await rig.balance(wallet)
            #expect(balance.held == 0 && balance.posted == (executes ? 2_000 : 5_000))
        }
    }

    @Test func `a cash-out of more than there is stores nothing`() throws {
        try Rig.wallets { rig in
            let wallet = try await rig.wallet(5_000)
            let result = await rig.engine.create(rig.cashOut(wallet, 5_001, key: "cash-out-4"))
            #expect(result.ledgerRefusal == LedgerRefusal(.wallet(wallet), .insufficient))
            #expect(rig.store.aggregates.count == 1)
            let paid = try await rig.done(rig.engine.create(rig.cashOut(wallet, 5_000, key: "cash-out-4")))
            #expect(paid.order.status == .succeeded, "nothing was bound to the key")
        }
    }

    @Test func `a limit heals by itself, and what failed gives its share back`() throws {
        try Rig.wallets { rig in
            let wallet = try await rig.wallet(50_000)
            _ = try await rig.store.change(
                wallet, .limits([WalletLimit(.payment, .amount, most: 3_000), WalletLimit(.cashOut, .count, most: 1)]))
            let first = try await rig.done(rig.engine.create(rig.byWallet(wallet, 2_000, key: "limit-1")))
            #expect(first.order.status == .succeeded)
            let second = try await rig.done(rig.engine.create(rig.byWallet(wallet, 1_001, key: "limit-2")))
            #expect(second.order.failure?.code == "limit_reached")
            #expect(
                try await rig.done(rig.engine.create(rig.byWallet(wallet, 1_000, key: "limit-3"))).order.status
                    == .succeeded)
            #expect(try #require(try await rig.store.wallet(wallet)).limits.map(\.used) == [0, 3_000])

            rig.operators.script("alpha", .refuse(.accountUnavailable))
            #expect(
                try await rig.done(rig.engine.create(rig.cashOut(wallet, 100, key: "limit-4"))).order.status == .failed)
            #expect(
                try await rig.done(rig.engine.create(rig.cashOut(wallet, 100, key: "limit-5"))).order.status
                    == .succeeded)
            #expect(
                (await rig.engine.create(rig.cashOut(wallet, 100, key: "limit-6"))).ledgerRefusal?.reason == .limit)

            await rig.stage.sleep(seconds: WalletLimit.windowSeconds)
            #expect(
                try await rig.done(rig.engine.create(rig.byWallet(wallet, 3_000, key: "limit-7"))).order.status
                    == .succeeded)
            _ = try await rig.store.change(wallet, .limits([]))
            #expect(
                try await rig.done(rig.engine.create(rig.byWallet(wallet, 9_000, key: "limit-8"))).order.status
                    == .succeeded)
        }
    }
}
