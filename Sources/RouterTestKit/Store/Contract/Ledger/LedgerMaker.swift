import Router

/// Makes wallets, and units that move money or set it aside; all in one currency unless said otherwise.
struct LedgerMaker {
    let records: RecordFactory
    let app: AppID
    /// Where money comes from that no account of ours has: no floor keeps it from leaving.
    let source: LedgerAccount = "operator:tmoney-tg"

    init(_ records: RecordFactory) {
        self.records = records
        app = records.id()
    }

    func wallet(
        app: AppID? = nil, environment: PayEnvironment = .sandbox, owner: Wallet.Owner = .app,
        currency: Currency = .xof, reference: String? = nil, key: String? = nil, id: WalletID? = nil
    ) -> Wallet {
        let createdAt = records.moment()
        return Wallet(
            id: id ?? WalletID(at: createdAt, from: records.random), app: app ?? self.app, environment: environment,
            owner: owner, purpose: records.pick(Wallet.Purpose.allCases), currency: currency, reference: reference,
            holder: Customer(
                phone: records.phone(), email: records.sometimes(records.text()),
                name: records.sometimes(records.text())),
            idempotencyKey: key ?? records.text() + records.id().text, fingerprint: records.bytes(32...32),
            requestID: records.id(), createdAt: createdAt)
    }

    /// A wallet that is there, with so much in it.
    func wallet(_ store: any Store, with amount: Int64, _ bench: inout Bench) async throws -> Wallet {
        let wallet = wallet()
        _ = try await store.insert(wallet)
        if amount > 0 { await bench.commit(store, move(amount, from: source, to: wallet.account)) }
        return wallet
    }

    /// An order about an amount.
    func order(_ amount: Int64, _ currency: Currency = .xof) -> Order {
        var request = OrderRequest(amount: Money(amount, currency))
        request.description = records.text()
        return records.order(request: request)
    }

    /// A unit that accepts an order about an amount, and does nothing else yet.
    func unit(_ amount: Int64, _ currency: Currency = .xof) -> UnitOfWork { records.insert(order(amount, currency)) }

    /// A unit that moves an amount by a new order.
    func move(
        _ amount: Int64, from debit: LedgerAccount, to credit: LedgerAccount, _ currency: Currency = .xof,
        spends: Bool = false
    ) -> UnitOfWork {
        var unit = unit(amount, currency)
        unit.postings = [line(amount, from: debit, to: credit, of: unit.order)]
        if spends { unit.spends = [debit] }
        return unit
    }

    func line(
        _ amount: Int64, from debit: LedgerAccount, to credit: LedgerAccount, of order: Order,
        kind: String = "transfer"
    ) -> Posting {
        Posting(
            order.movement, kind: kind, debit: debit, credit: credit, amount: Money(amount, order.amount.currency),
            at: records.moment())
    }

    /// A unit that sets an amount aside by a new order.
    func hold(
        _ amount: Int64, of account: LedgerAccount, endsAt: Moment? = nil, ceiling: Int64? = nil, at now: Moment? = nil
    ) -> UnitOfWork {
        var unit = unit(amount)
        let hold = Hold(
            order: unit.order.id, account: account, amount: unit.order.amount, endsAt: endsAt,
            at: now ?? records.moment())
        unit.holds = [.place(hold, ceiling: ceiling)]
        return unit
    }

    /// The next unit of an order, with lines of its own.
    func next(_ unit: UnitOfWork, _ holds: [HoldChange] = [], _ postings: [Posting] = []) -> UnitOfWork {
        var next = records.update(unit.order)
        next.holds = holds
        next.postings = postings
        return next
    }

    /// An account's figures: what is posted to it, and what is held of it; `nil` if it is not there.
    func figures(
        _ store: any Store, _ account: LedgerAccount, _ currency: Currency = .xof
    ) async throws -> [Int64]? {
        try await store.balance(of: account, in: currency).map { [$0.posted, $0.held] }
    }
}

extension CommitResult {
    /// Nothing was written, because the ledger refuses the first unit.
    static func refused(
        _ account: LedgerAccount, _ reason: LedgerRefusal.Reason, room: LedgerRefusal.Room? = nil
    ) -> CommitResult {
        .conflict(index: 0, .ledger(LedgerRefusal(account, reason, room: room)))
    }
}
