import Router
import RouterTestKit
import Testing

extension Rig.Setup {
    /// Wallets, and two operators that can do everything: `alpha` on tmoney, `beta` on flooz.
    mutating func addWallets() {
        names.append("wallet")
        providers.append(LedgerExecutingProvider([.xof, .tnd]))
        exposures["wallet"] = [:]
        addWhole("alpha")
        addWhole("beta") { manifest in
            manifest.channels = ["flooz"]
            manifest.payout?.channels = ["flooz"]
        }
    }

    mutating func remove(_ name: ProviderID) {
        guard let index = names.firstIndex(of: name) else { return }
        names.remove(at: index)
        providers.remove(at: index)
    }
}

extension Rig {
    /// Runs a test with wallets and looks at the ledger afterwards.
    static func wallets(
        seed: UInt64? = nil, _ body: @escaping @Sendable (Rig) async throws -> Void
    ) throws {
        try run(seed: seed, { $0.addWallets() }) { rig in
            try await body(rig)
            rig.expectBooks()
        }
    }

    /// That every balance is the sum of its postings, and what is held the sum of its holds.
    func expectBooks() {
        let snapshot = store.memory.snapshot()
        for balance in snapshot.balances where balance.account.kind != .limit {
            let posted = snapshot.postings.filter { $0.amount.currency == balance.currency }
                .reduce(0) { $0 + $1.change(of: balance.account) }
            #expect(balance.posted == posted, "\(balance.account)")
            #expect(balance.floor.map { balance.available >= $0 } ?? true, "\(balance.account) fell below its floor")
        }
        for balance in snapshot.balances {
            let held = snapshot.holds.filter {
                $0.state == .pending && $0.account == balance.account && $0.amount.currency == balance.currency
            }
            #expect(balance.held == held.reduce(0) { $0 + $1.amount.minorUnits }, "held of \(balance.account)")
        }
    }

    /// A wallet, with money in it if some is asked for.
    func wallet(
        _ units: Int64 = 0, owner: Wallet.Owner = .app, currency: Currency = .xof, app: AppID = Sample.app
    ) async throws -> WalletID {
        let id = WalletID(at: stage.now, from: SeededRandom(UInt64(store.commits) &* 7_919 &+ UInt64(units)))
        let wallet = Wallet(
            id: id, app: app, environment: .sandbox, owner: owner, purpose: .personal, currency: currency,
            reference: nil, holder: Customer(name: "Ama"), idempotencyKey: "wallet-\(id)", fingerprint: [1],
            requestID: Sample.requestID, createdAt: stage.now)
        guard case .done = try await store.insert(wallet) else { throw TestFailure() }
        if units > 0 {
            let paid = try await topUp(id, units, key: "first-\(id)")
            #expect(paid.order.status == .succeeded)
        }
        return id
    }

    struct TestFailure: Error {}

    /// Links an app to a wallet, or to none.
    func link(_ wallet: WalletID?, to app: AppID = Sample.app) async throws {
        guard var known = try await store.app(app) else {
            var new = App(id: app, name: "Shop", isEnabled: true, createdAt: stage.now)
            new.wallet = wallet
            return try await store.insert(new)
        }
        known.wallet = wallet
        known.version += 1
        let line = AuditEntry(at: stage.now, .system, .walletLinked, .init(.app, app.text), app: app)
        var change = PlatformChange(line)
        change.app = .update(known)
        guard case .done = try await store.apply(change) else { throw TestFailure() }
    }

    /// A payment at an operator whose money goes to a wallet.
    func topUp(_ wallet: WalletID, _ units: Int64, key: String) async throws -> OrderAggregate {
        try await done(engine.create(toWallet(wallet, units, key: key)))
    }

    func toWallet(_ wallet: WalletID, _ units: Int64, key: String) -> Engine.CreateCommand {
        var command = command(key: key, amount: Money(units, .xof), channels: ["tmoney"])
        command.request.account = .wallet(wallet)
        return command
    }

    /// A payment by a wallet, to the app or to another wallet.
    func byWallet(
        _ wallet: WalletID, _ units: Int64, to: WalletID? = nil, key: String, holds: Bool = false
    ) -> Engine.CreateCommand {
        var command = command(key: key, amount: Money(units, .xof), channels: ["wallet"])
        command.request.wallet = wallet
        command.request.account = to.map { .wallet($0) }
        command.request.capturesLater = holds
        return command
    }

    /// A payout to an operator, out of a wallet.
    func cashOut(_ wallet: WalletID, _ units: Int64, key: String) -> Engine.CreateCommand {
        var command = payout(key: key)
        command.request.amount = Money(units, .xof)
        command.request.channels = ["tmoney"]
        command.request.account = .wallet(wallet)
        return command
    }

    func balance(_ wallet: WalletID) async throws -> AccountBalance {
        try #require(try await store.wallet(wallet)).balance
    }

    func balance(of account: LedgerAccount) async throws -> Int64 {
        try await store.balance(of: account, in: .xof)?.posted ?? 0
    }
}

extension Engine.CommandResult {
    var ledgerRefusal: LedgerRefusal? {
        guard case .ledgerRefused(let refusal) = self else { return nil }
        return refusal
    }

    var walletRefusal: WalletRefusal? {
        guard case .walletRefused(let refusal) = self else { return nil }
        return refusal
    }
}

extension Engine.CommandResult {
    var refusal: FollowUpRefusal? {
        guard case .refused(_, let refusal) = self else { return nil }
        return refusal
    }
}
