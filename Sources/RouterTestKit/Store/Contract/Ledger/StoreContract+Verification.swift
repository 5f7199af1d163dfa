import Router
import Synchronization

/// The check of the whole ledger: clean where everything is right, and to the point where something is not.
extension StoreContractSuite {
    func verification(_ store: any Store, _ bench: inout Bench) async throws {
        let told = Mutex(0)
        let empty = try await store.verifyLedger { _ in told.withLock { $0 += 1 } }
        bench.expect(empty.isClean, "an empty ledger is clean")
        bench.expect(told.withLock { $0 } > 0, "somebody hears how far the check is")
        let maker = HistoryMaker(bench.records)
        var wallets: [Wallet] = []
        for _ in 0..<3 {
            let wallet = LedgerMaker(bench.records).wallet()
            _ = try await store.insert(wallet)
            _ = try await store.change(
                wallet.id,
                .limits(
                    WalletOperation.allCases.flatMap { operation in
                        WalletLimit.Measure.allCases.map { WalletLimit(operation, $0, most: 1_000_000) }
                    }))
            wallets.append(wallet)
        }
        let histories = good(maker, wallets, &bench)
        for unit in histories.joined() { await bench.commit(store, unit) }
        let orders = Set(histories.joined().flatMap { [$0.order.id] + $0.joined.map(\.order.id) })
        let clean = try await store.verifyLedger { _ in }
        bench.equal(clean.findings, [], "a ledger of good orders is clean")
        bench.equal(clean.counts[.orders], Int64(orders.count), "... and every order was looked at")
        bench.equal(clean.counts[.wallets], 3, "... as was every wallet")
        bench.expect((clean.counts[.entries] ?? 0) > 20, "... and every posting")
        for mistake in LedgerMistake.allCases {
            let (units, expected) = mistake.units(maker, wallets)
            let before = Set(try await store.verifyLedger { _ in }.findings)
            for unit in units { await bench.commit(store, unit) }
            let found = try await store.verifyLedger { _ in }.findings.filter { !before.contains($0) }
            bench.equal(
                Set(found.map(\.table)), Set(expected.map(\.table)), "\(mistake) is found in its tables")
            for place in expected {
                bench.expect(
                    found.contains { $0.table == place.table && $0.place.contains(place.name) },
                    "\(mistake) is found where it is: \(place.table) \(place.name) in \(found)")
            }
        }
    }

    /// Lives of good orders, each with all its units in their order.
    private func good(_ maker: HistoryMaker, _ wallets: [Wallet], _ bench: inout Bench) -> [[UnitOfWork]] {
        func succeeded(_ history: OrderHistory) {
            bench.expect(!history.order.disputes.contains { $0.state == .open }, "people end what is disputed")
            bench.expect(!history.order.disputes.isEmpty, "... and it stays on file")
        }
        let (first, second) = (wallets[0], wallets[1])
        var histories = [
            maker.succeeded(.payment, 50_000, account: first.account, fee: 100).units,
            maker.succeeded(.payment, 50_000, account: second.account, from: .person).units,
            maker.succeeded(.payment, 700).units, maker.succeeded(.payout, 300, from: .check).units,
            maker.refused(.payment, 700).units, maker.succeeded(.payout, 400, account: first.account).units,
            maker.refused(.payout, 400, account: first.account).units, maker.paid(900, by: first.id).units,
            maker.inside(800, from: first.id, to: second.id, fee: 7).units, maker.late(333).units,
            maker.late(333, claiming: 444).units,
        ]
        for verdict in [Review.Finding.Verdict.executed, .notExecuted, .split(maker.money(12))] {
            var late = maker.late(250)
            late.find(verdict)
            late.commit()
            succeeded(late)
            histories.append(late.units)
        }
        var split = maker.begin(.payment, 100)
        split.send()
        split.hear(.mismatched(ReportedTransaction(amount: .money(maker.money(5))), "amount"))
        split.commit()
        split.find(.split(maker.money(5)))
        split.commit()
        succeeded(split)
        histories.append(split.units)
        var taken = maker.succeeded(.payment, 60)
        taken.hear(.refused, from: .callback)
        taken.commit()
        histories.append(taken.units)
        for verdict in [Review.Finding.Verdict.executed, .notExecuted] {
            var disputed = maker.succeeded(.payout, 61)
            disputed.hear(.refused, from: .callback)
            disputed.commit()
            disputed.find(verdict)
            disputed.commit()
            succeeded(disputed)
            histories.append(disputed.units)
        }
        var payment = maker.succeeded(.payment, 500, account: first.account)
        histories.append(payment.units + maker.following(.refund, &payment).units)
        for kind in [OrderKind.capture, .void] {
            var held = maker.paid(120, by: second.id, heldFor: 3_600)
            histories.append(held.units + maker.following(kind, &held).units)
        }
        histories += maker.everyEnd([first.id, second.id]).map(\.units)
        var released = maker.counted(.payment, 77) { $0.capturesLater = true }
        released.book(second.id, heldFor: 60)
        released.commit()
        histories.append(released.units + maker.following(.void, &released).units)
        var lapsed = maker.paid(130, by: second.id, heldFor: 3_600)
        lapsed.step { aggregate, now in aggregate.lapse(at: now) }
        lapsed.commit()
        histories.append(lapsed.units)
        histories.append(maker.paid(140, by: second.id, heldFor: 3_600).units)
        let waiting = maker.suspended(4_000, fee: 40)
        histories.append(waiting.legs[0].units)
        var (done, legs) = maker.suspended(5_000, fee: 50)
        let credit = maker.credit(&done, fee: 50)
        histories.append(legs[0].units + credit.units)
        legs = []
        return histories
    }
}
