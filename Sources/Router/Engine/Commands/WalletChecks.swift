/// Whether the wallets of a request may be used so, as far as that can be known before it is accepted.
final class WalletChecks: EnginePart {
    let context: EngineContext

    init(_ context: EngineContext) { self.context = context }

    /// Why a payment, a payout or a transfer cannot be accepted; `nil` if its wallets allow it.
    ///
    /// An app's key takes nothing out of a holder's wallet; the holder's code does, and then the wallets may be those of any
    /// app.
    func objection(
        _ request: OrderRequest, _ kind: OrderKind, app: AppID, environment: PayEnvironment,
        consent: ChallengeUse? = nil
    ) async throws(StoreFailure) -> WalletRefusal? {
        let (source, target) = Self.ends(request, kind)
        let isBookedAtOnce = source != nil && request.operation(for: kind) != .authorize
        if let source, source == target { return WalletRefusal(source, .itself, isSource: true) }
        for (wallet, leaves) in [(source, true), (target, false)] {
            guard let wallet else { continue }
            var access = request.initiator == nil ? Wallet.Access.app(app) : .receiving
            if leaves, let consent { access = try await self.access(of: consent, to: wallet, for: kind) }
            let reason = try await reason(
                wallet, request.amount, access, environment, leaves: leaves, isBookedAtOnce: leaves || isBookedAtOnce)
            if let reason { return WalletRefusal(wallet, reason, isSource: leaves) }
        }
        return nil
    }

    /// Why a wallet cannot be an end of an order; `nil` if it can.
    ///
    /// What leaves a wallet is booked or held in the commit that accepts it, which sees the wallet's state itself. What an
    /// operator or a capture is still to bring is not: a wallet that takes nothing must be seen here.
    private func reason(
        _ wallet: WalletID, _ amount: Money, _ access: Wallet.Access, _ environment: PayEnvironment, leaves: Bool,
        isBookedAtOnce: Bool
    ) async throws(StoreFailure) -> WalletRefusal.Reason? {
        if isBookedAtOnce, let known = context.wallets.known(wallet) {
            return known.lastingObjection(amount, access, environment: environment, leaves: leaves)
        }
        guard let standing = try await store.wallet(wallet) else { return .missing }
        context.wallets.keep(standing.wallet)
        return standing.objection(amount, access, environment: environment, leaves: leaves)
    }

    /// The wallet that the app collects into what a wallet of ours pays; `nil` where its own account takes the money: it is
    /// linked to none, the payment names where its money goes, or the wallet cannot take it.
    func linkedWallet(
        for request: OrderRequest, app: AppID, environment: PayEnvironment
    ) async throws(StoreFailure) -> WalletID? {
        guard let source = request.wallet, request.account == nil,
            let linked = try await context.links.linkedWallet(of: app),
            linked != source
        else { return nil }
        let reason = try await reason(
            linked, request.amount, .receiving, environment, leaves: false,
            isBookedAtOnce: request.operation(for: .payment) != .authorize)
        return reason == nil ? linked : nil
    }

    /// What a holder's code gives access to.
    private func access(
        of consent: ChallengeUse, to wallet: WalletID, for kind: OrderKind
    ) async throws(StoreFailure) -> Wallet.Access {
        guard consent.purpose.allows(kind), try await store.holder(of: wallet) == consent.account else {
            return .nobody
        }
        return .holder
    }

    /// The holder's wallet that a refund would debit; `nil` if it debits none.
    ///
    /// What was paid into a holder's wallet is the holder's: an app cannot take it back by refunding the payment. A holder
    /// who has let an app collect into the wallet has let it give back out of it what it collected there, while the link
    /// lasts. What came for a wallet that was closed before is not in it, and goes back without asking anybody.
    func holdersWallet(
        behind kind: OrderKind, _ payment: OrderAggregate
    ) async throws(StoreFailure) -> WalletID? {
        let account = payment.order.collectedAccount
        guard kind == .refund, account.kind == .wallet, let wallet = account.wallet,
            try await store.wallet(wallet)?.wallet.owner == .holder
        else { return nil }
        let collected = payment.order.linkedWallet == wallet
        if collected, try await store.app(payment.order.app)?.wallet == wallet { return nil }
        return wallet
    }

    /// The wallets that money leaves and reaches.
    private static func ends(_ request: OrderRequest, _ kind: OrderKind) -> (source: WalletID?, target: WalletID?) {
        if let transfer = request.transfer { return (transfer.from.wallet, transfer.to.wallet) }
        return kind == .payout ? (request.account?.wallet, request.wallet) : (request.wallet, request.account?.wallet)
    }
}
