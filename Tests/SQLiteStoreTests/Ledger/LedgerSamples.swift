import Router

/// Small wallets, and units that move money of them.
enum LedgerSamples {
    private static let random = SystemRandom()
    static let source: LedgerAccount = "operator:tmoney-tg"

    static func wallet(_ currency: Currency = .xof) -> Wallet {
        let id = WalletID(at: Samples.now, from: random)
        return Wallet(
            id: id, app: AppID(at: Samples.now, from: random), environment: .sandbox, owner: .app, purpose: .business,
            currency: currency, reference: nil, holder: Customer(), idempotencyKey: id.text, fingerprint: [1],
            requestID: RequestID(at: Samples.now, from: random), createdAt: Samples.now)
    }

    /// A wallet that is there, with so much in it.
    static func wallet(_ store: any Store, with amount: Int64) async throws -> Wallet {
        let wallet = wallet()
        _ = try await store.insert(wallet)
        guard amount > 0 else { return wallet }
        let result = await store.commit([move(amount, from: source, to: wallet.account)], epoch: 1)
        guard result == .committed else { throw StoreFailure(.other, "\(result)") }
        return wallet
    }

    static func unit(_ amount: Int64, _ currency: Currency = .xof) -> UnitOfWork {
        var order = Order(
            id: OrderID(at: Samples.now, from: random), app: AppID(at: Samples.now, from: random),
            environment: .sandbox, request: OrderRequest(amount: Money(amount, currency)), idempotencyKey: "k",
            requestID: RequestID(at: Samples.now, from: random), createdAt: Samples.now, plan: [], explanation: .null)
        order.version = 1
        return UnitOfWork(order: order, write: .insert)
    }

    static func move(
        _ amount: Int64, from debit: LedgerAccount, to credit: LedgerAccount, _ currency: Currency = .xof,
        spends: Bool = false
    ) -> UnitOfWork {
        var unit = unit(amount, currency)
        unit.postings = [line(unit.order, amount, from: debit, to: credit)]
        if spends { unit.spends = [debit] }
        return unit
    }

    static func line(
        _ order: Order, _ amount: Int64, from debit: LedgerAccount, to credit: LedgerAccount,
        kind: String = "transfer"
    ) -> Posting {
        Posting(
            order.movement, kind: kind, debit: debit, credit: credit, amount: Money(amount, order.amount.currency),
            at: Samples.now)
    }

    static func hold(
        _ amount: Int64, of account: LedgerAccount, endsAt: Moment? = nil, at now: Moment = Samples.now
    ) -> UnitOfWork {
        var unit = unit(amount)
        unit.holds = [
            .place(Hold(order: unit.order.id, account: account, amount: unit.order.amount, endsAt: endsAt, at: now))
        ]
        return unit
    }

    /// The next step of an order, which ends holds and books what was used of them.
    static func next(_ unit: UnitOfWork, _ holds: [HoldChange], _ postings: [Posting] = []) -> UnitOfWork {
        var order = unit.order
        order.version += 1
        var next = UnitOfWork(order: order, write: .update(expectedVersion: unit.order.version))
        (next.holds, next.postings) = (holds, postings)
        return next
    }
}
