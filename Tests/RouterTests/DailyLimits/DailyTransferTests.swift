import Router
import RouterTestKit
import Testing

/// Daily limits of transfers, and of payments by wallet.
@Suite struct DailyTransferTests {
    /// Every operation has a limit, so that a leg that counted would be seen.
    private static let all: @Sendable (inout Rig.Setup) -> Void = { setup in
        for kind in DailyLimits.operations {
            setup.limit(perNumber: kind, amount: 6_000, count: 1)
            setup.limit(perApp: kind, amount: 100_000, count: 100)
        }
    }

    @Test func `a transfer counts once, as its sender's, with the fee that the sender pays`() throws {
        try Rig.limited(Self.all) { rig in
            let sent = try await rig.done(rig.engine.transfer(rig.between(5_000, fee: 100)))
            await rig.ended(sent)
            #expect(try await rig.reread(sent).order.status == .succeeded)
            #expect(
                rig.counted == [
                    "number transfer amount": 5_100, "number transfer count": 1, "app transfer amount": 5_100,
                    "app transfer count": 1,
                ])
            let again = await rig.engine.transfer(
                rig.transfer(.channel("tmoney"), .channel("flooz"), 500, key: "transfer-2"))
            #expect(again.dailyLimit == "number transfer count")
        }
    }

    @Test func `a transfer that was given back counts no more`() throws {
        try Rig.limited(Self.all) { rig in
            rig.operators.script("beta", .refuse(.accountUnavailable), .refuse(.accountUnavailable))
            let sent = try await rig.done(rig.engine.transfer(rig.between(5_000)))
            await rig.ended(sent)
            #expect(try await rig.reread(sent).order.status == .failed)
            #expect(rig.counted == [:])
        }
    }

    @Test func `between wallets a transfer without a number counts for the app`() throws {
        try Rig.limited({ setup in
            setup.limit(perNumber: .transfer, count: 1)
            setup.limit(perApp: .transfer, amount: 3_000)
        }) { rig in
            let (from, to) = (try await rig.wallet(9_000), try await rig.wallet())
            func send(_ units: Int64, _ key: String) async -> Engine.CommandResult {
                var command = rig.transfer(.wallet(from), .wallet(to), units, key: key)
                command.request.customer = Customer()
                return await rig.engine.transfer(command)
            }
            _ = try await rig.done(send(2_000, "inside-1"))
            let refused = await send(1_001, "inside-2")
            #expect(refused.dailyLimit == "app transfer amount" && refused.ledgerRefusal?.room?.left == 1_000)
            _ = try await rig.done(send(1_000, "inside-3"))
            #expect(try await rig.balance(to).posted == 3_000)
            #expect(rig.counted == ["app transfer amount": 3_000])
        }
    }

    @Test func `a payment that its wallet cannot pay counts nothing; one beyond the limit is not stored`() throws {
        try Rig.limited({ $0.limit(perApp: .payment, amount: 6_000) }) { rig in
            let wallet = try await rig.wallet(1_000)
            let poor = try await rig.done(rig.engine.create(rig.byWallet(wallet, 1_001, key: "poor")))
            #expect(poor.order.failure?.code == "insufficient_funds")
            #expect(rig.counted == ["app payment amount": 1_000], "the first filled the wallet")
            let stored = rig.store.aggregates.count
            #expect(
                (await rig.engine.create(rig.byWallet(wallet, 5_001, key: "beyond"))).dailyLimit
                    == "app payment amount")
            #expect(rig.store.aggregates.count == stored)
            _ = try await rig.done(rig.engine.create(rig.byWallet(wallet, 1_000, key: "fits")))
            #expect(rig.counted == ["app payment amount": 2_000])
        }
    }
}
