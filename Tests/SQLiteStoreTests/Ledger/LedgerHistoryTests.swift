import Router
import Testing

@testable import RouterTestKit
@testable import SQLiteStore

/// Random lives of a ledger, beside the plainest model of it: two engines and the model agree after every step.
@Suite struct LedgerHistoryTests {
    @Test(arguments: 1...24)
    func `two engines and the model agree`(_ seed: UInt64) async throws {
        let folder = try TemporaryFolder()
        let sqlite = try await TestKeys.open(folder) { $0.recentOrders = seed.isMultiple(of: 2) ? 0 : 6 }
        let run = LedgerHistoryRun(seed: seed, stores: [sqlite, MemoryStore()])
        try await run.begin()
        for _ in 0..<70 { try await run.step() }
        #expect(run.committed > 8 && run.refused > 5, "nothing much happened: \(run.committed), \(run.refused)")
        #expect(try await sqlite.fullCheck().filter { $0.hasPrefix("accounts") || $0.hasPrefix("entries") } == [])
        await sqlite.close()
        let again = try await TestKeys.reopen(folder)
        try await run.compare([again])
        await again.close()
    }

    /// The histories as a whole meet everything that a ledger refuses.
    @Test func `every refusal is met`() async throws {
        var met: Set<LedgerRefusal.Reason> = []
        for seed in 1...24 {
            let run = LedgerHistoryRun(seed: UInt64(seed), stores: [MemoryStore()])
            try await run.begin()
            for _ in 0..<70 { try await run.step() }
            met.formUnion(run.met)
        }
        #expect(met == Set(LedgerRefusal.Reason.allCases))
    }
}

/// One life, on several stores at once.
private final class LedgerHistoryRun {
    private let maker: LedgerMaker
    private let records: RecordFactory
    private let stores: [any Store]
    private var model = LedgerModel()
    private var wallets: [Wallet] = []
    private var now: Moment
    private var orders: [UnitOfWork] = []
    private(set) var (committed, refused) = (0, 0)
    private(set) var met: Set<LedgerRefusal.Reason> = []

    init(seed: UInt64, stores: [any Store]) {
        records = RecordFactory(seed: seed)
        maker = LedgerMaker(records)
        self.stores = stores
        now = records.base
    }

    func begin() async throws {
        for _ in 0..<3 {
            let wallet = maker.wallet()
            wallets.append(wallet)
            model.insert(wallet)
            for store in stores { _ = try await store.insert(wallet) }
        }
        for _ in 0..<4 { try await commit(maker.move(amount(), from: maker.source, to: wallets[0].account)) }
    }

    func step() async throws {
        now = now.adding(seconds: Int64(records.number(0...20_000)))
        if records.number(0...5) == 0 {
            try await change()
        } else {
            var unit = unit()
            if records.number(0...4) == 0 { unit.joined = records.several(1...2) { self.unit() } }
            try await commit(unit)
        }
        try await compare(stores)
    }

    private func change() async throws {
        let wallet = records.pick(wallets)
        let change: WalletChange
        switch records.number(0...5) {
        case 0: change = .freeze
        case 1, 2: change = .unfreeze
        case 3: change = .close
        default:
            change = .limits(
                records.several(0...3) {
                    WalletLimit(
                        records.pick([.transfer, .payment]), records.pick(WalletLimit.Measure.allCases),
                        most: Int64(records.number(0...60)))
                })
        }
        model.change(wallet.id, change)
        for store in stores { _ = try await store.change(wallet.id, change) }
    }

    private func amount() -> Int64 {
        records.number(0...30) == 0 ? records.pick([0, -1, .max / 2]) : Int64(records.number(1...60))
    }

    private func account() -> LedgerAccount {
        switch records.number(0...9) {
        case 0...5: records.pick(wallets).account
        case 6: .app(maker.app)
        case 7: .unclaimed(wallets[0].id)
        case 8: records.number(0...9) == 0 ? .wallet(records.id()) : .fees
        default: maker.source
        }
    }

    /// A unit of a new order, or the next of one that is there, with lines at random.
    private func unit() -> UnitOfWork {
        var unit = maker.unit(max(1, amount()))
        let order = unit.order
        for index in 0..<records.number(0...2) {
            unit.postings.append(
                maker.line(amount(), from: account(), to: account(), of: order, kind: index == 0 ? "transfer" : "fee"))
        }
        if records.number(0...11) == 0 {
            unit.postings.append(maker.line(.max / 2 + 1, from: "operator:big", to: "app:big", of: order, kind: "big"))
        }
        if records.flip() { unit.spends = Set(unit.postings.prefix(1).map(\.debit)) }
        for _ in 0..<records.number(0...2) { unit.holds.append(hold(order)) }
        if records.number(0...2) == 0 { unit.holds.append(day(order)) }
        if records.number(0...3) == 0 {
            unit.holds += WalletLimit.holds(
                of: order.id, on: records.pick(wallets).id, records.pick([.transfer, .payment]), amount: order.amount,
                at: now)
        }
        return unit
    }

    /// A use of an app's or a number's daily limit.
    private func day(_ order: Order) -> HoldChange {
        let use = DailyUse(
            records.flip() ? .app : .number("1f"), records.pick(WalletLimit.Measure.allCases),
            most: Int64(records.number(1...120)), at: now)
        var hold = order.hold(of: use)
        if use.subject == .app { hold.account = .limit(of: maker.app, .sandbox, .payment, use.measure) }
        return .place(hold, ceiling: use.most)
    }

    private func hold(_ order: Order) -> HoldChange {
        let pending = model.holds.filter { $0.state == .pending || records.number(0...3) == 0 }
        if records.flip(), !pending.isEmpty {
            let held = records.pick(pending)
            return records.flip() ? .post(held.order, held.account) : .void(held.order, held.account)
        }
        return .place(
            Hold(
                order: order.id, account: account(), amount: Money(amount(), order.amount.currency),
                endsAt: records.sometimes(now), at: now),
            ceiling: records.number(0...5) == 0 ? Int64(records.number(0...80)) : nil)
    }

    private func commit(_ unit: UnitOfWork) async throws {
        let verdict = model.commit(unit)
        if verdict == .committed { (committed, orders) = (committed + 1, orders + unit.joined + [unit]) }
        if verdict != .committed { refused += 1 }
        if case .refused(let refusal) = verdict { met.insert(refusal.reason) }
        for store in stores {
            let result = await store.commit([unit], epoch: 1)
            switch verdict {
            case .committed: #expect(result == .committed)
            case .refused(let refusal): #expect(result == .conflict(index: 0, .ledger(refusal)))
            case .broken:
                guard case .conflict = result else { throw StoreFailure(.other, "\(result) instead of a conflict") }
            }
        }
    }

    /// Compares everything that stores show with what the model says, and with what always has to hold.
    func compare(_ stores: [any Store]) async throws {
        for store in stores {
            for balance in try await store.balances(AccountQuery(limit: 1_000)) {
                if balance.account.healsItself, !balance.account.isDailyLimit { continue }
                let (account, currency) = (balance.account, balance.currency)
                #expect(balance.posted == model.posted(account, currency), "\(account)")
                #expect(balance.held == model.held(account, currency), "\(account)")
                #expect(balance.state == model.state(account), "\(account)")
                #expect(balance.floor.map { balance.posted - balance.held >= $0 } ?? true, "\(account)")
            }
            for wallet in wallets {
                let standing = try #require(try await store.wallet(wallet.id))
                #expect(standing.limits == model.limits(of: wallet.id))
                let entries = try await store.entries(of: wallet.account, in: .xof, before: nil, limit: 1_000)
                var sum: Int64 = 0
                for entry in entries.reversed() {
                    sum += entry.posting.change(of: wallet.account)
                    #expect(entry.balance == sum)
                }
                #expect(sum == standing.balance.posted)
            }
            for unit in orders.suffix(5) {
                let holds = model.holds.filter { $0.order == unit.order.id }.sorted { $0.account < $1.account }
                #expect(try await store.holds(of: unit.order.id) == holds)
                #expect(
                    try await store.postings(unit.order.movement).map(\.amount)
                        == unit.postings.sorted { $0.kind < $1.kind }.map(\.amount))
            }
        }
    }
}
