import Router

/// What became of holders' orders.
extension HolderDesk {
    /// What a call made before under the same name; `nil` if it is new.
    func replay(_ wish: HolderWish, _ account: Account, _ name: CallName) async throws(Problem) -> Performed? {
        let (kind, app): (OrderKind, AppID)
        switch wish {
        case .transfer: (kind, app) = (.transfer, self.app)
        case .cashOut: (kind, app) = (.payout, self.app)
        case .topUp: (kind, app) = (.payment, self.app)
        case .billPayment(let wish):
            guard let code = wish.bill.map({ BillCode($0) }) else {
                (kind, app) = (.payout, self.app)
                break
            }
            guard let code else { return nil }
            let bill = try await stored { () async throws(StoreFailure) in try await store.bill(code: code) }
            guard let bill else { return nil }
            (kind, app) = (.payment, bill.app)
        // The payment and the bill say themselves what became of them.
        case .payment, .billCreation: return nil
        }
        let key = IdempotencyRecord.Key(
            .create(kind), app: app, environment: settings.environment, key: name.named(by: account))
        let found = try await stored { () async throws(StoreFailure) -> (IdempotencyRecord, OrderAggregate?)? in
            guard let record = try await store.idempotencyRecord(key) else { return nil }
            return (record, try await store.orderAggregate(record.order))
        }
        guard let (record, aggregate) = found else { return nil }
        guard record.fingerprint == name.fingerprint else { throw CommandAnswers.reused(record) }
        guard let aggregate else { throw Problem(.unavailable, "the order cannot be read now", outcome: .unknown) }
        return .order(aggregate, replay: record, status: record.status)
    }

    /// An order of the holder's: begun by them, or with one of their wallets at an end; what belongs to such an order, too.
    func order(_ text: String, _ account: Account) async throws(Problem) -> OrderAggregate {
        let missing = Problem(.notFound, "you have no such order")
        guard let id = OrderID(text) else { throw missing }
        let found = try await stored { () async throws(StoreFailure) -> (OrderAggregate, isOwn: Bool)? in
            guard let aggregate = try await store.orderAggregate(id) else { return nil }
            let wallets = try await store.wallets(of: account.id)
            if aggregate.order.concerns(account.id, wallets) { return (aggregate, true) }
            guard let parent = aggregate.order.parent, let whole = try await store.orderAggregate(parent) else {
                return nil
            }
            return (aggregate, whole.order.concerns(account.id, wallets))
        }
        guard let (aggregate, isOwn) = found, isOwn, aggregate.order.environment == settings.environment else {
            throw missing
        }
        return aggregate
    }

    /// Ends what the holder began, as far as that is still possible.
    func cancel(_ text: String, _ account: Account) async throws(Problem) -> OrderAggregate {
        let aggregate = try await order(text, account)
        guard aggregate.order.initiator == account.id, aggregate.order.outcome == .open else {
            throw Problem(
                .paymentStateConflict, "it is \(aggregate.order.status.rawValue) and cannot be cancelled",
                payment: aggregate.order.id)
        }
        return try await changed { () async throws(StoreFailure) -> OrderAggregate? in
            guard aggregate.order.kind == .transfer else { return try await engine.cancel(aggregate.order.id) }
            return try await engine.cancelTransfer(aggregate.order.id).0
        } ?? aggregate
    }

    /// A line of a holder's history, with the other side in words that people use.
    struct HolderLine: Sendable {
        var line: HistoryLine
        var counterparty: String

        var json: JSONValue {
            var object = line.json.objectValue ?? JSONObject()
            object["counterparty"] = .string(counterparty)
            return .object(object)
        }
    }

    func history(
        of wallet: Wallet, before: Int64?, limit: Int
    ) async throws(Problem) -> ([HolderLine], hasMore: Bool) {
        let (lines, hasMore) = try await WalletHistoryAPI(store: store, time: engine.time)
            .lines(wallet, before: before, limit: limit)
        var shown: [HolderLine] = []
        for line in lines {
            let name = try await stored { () async throws(StoreFailure) in try await self.name(of: line) }
            shown.append(HolderLine(line: line, counterparty: name))
        }
        return (shown, hasMore)
    }

    /// Who is at the other end of a line: a holder's, shop's or biller's name, or an operator's wallet.
    func name(of line: HistoryLine) async throws(StoreFailure) -> String {
        switch line.counterparty.kind {
        case .wallet, .unclaimed:
            let wallet = line.counterparty.wallet
            if let wallet, wallet == line.order?.linkedWallet { fallthrough }
            return try await name(of: wallet) ?? line.counterparty.name
        case .app:
            guard let app = line.order?.app else { return line.counterparty.name }
            return try await store.app(app)?.name ?? line.counterparty.name
        case .provider, .suspense:
            if line.order?.paysBiller == true,
                let biller = engine.providers[ProviderID(line.counterparty.name)].flatMap({ Biller($0) })
            {
                return biller.name
            }
            guard let channel = line.order?.channel else { return line.counterparty.name }
            return party(channel, line.order?.phone)
        case .fees, .adjustments, .discrepancy, .limit, nil: return line.counterparty.name
        }
    }

    /// An operator's wallet, as people call it.
    func party(_ channel: PaymentChannel, _ phone: MSISDN?) -> String {
        [channelName(channel), phone?.masked].compactMap(\.self).joined(separator: " ")
    }

    /// Whose a wallet is, as others are shown it.
    func name(of wallet: WalletID?) async throws(StoreFailure) -> String? {
        guard let wallet else { return nil }
        if let holder = try await store.holder(of: wallet), let account = try await store.account(holder) {
            return account.name
        }
        guard let standing = try await store.wallet(wallet) else { return nil }
        if let name = standing.wallet.holder.name { return name }
        return try await store.app(standing.wallet.app)?.name
    }
}

extension Order {
    /// Whether a holder began it, or one of the holder's wallets is at an end of it.
    fileprivate func concerns(_ account: AccountID, _ wallets: [WalletID]) -> Bool {
        let ends = [
            sourceWallet, destinationWallet, payeeWallet, request.transfer?.from.wallet, request.transfer?.to.wallet,
        ]
        return initiator == account || ends.contains { $0.map(wallets.contains) ?? false }
    }
}
