/// Between which accounts an order's money moves.
extension Order {
    /// Our side of it: where a payment's money goes, and where a payout's or a refund's comes from.
    package var ownAccount: LedgerAccount {
        let account = namedAccount ?? .app(app)
        guard isUnclaimed, kind != .refund, let wallet = account.wallet else { return account }
        return .unclaimed(wallet)
    }

    /// The account of ours that it names, itself or by its app's link; `nil` for the app's own.
    package var namedAccount: LedgerAccount? { request.account ?? linkedWallet.map { .wallet($0) } }

    /// Where a payment's money lies once it is collected: what a capture brought for a closed wallet is unclaimed.
    package var collectedAccount: LedgerAccount {
        guard let wallet = ownAccount.wallet, followUps.contains(where: { $0.kind == .capture && $0.isUnclaimed })
        else { return ownAccount }
        return .unclaimed(wallet)
    }

    /// The other side: our money at the attempt's provider, or the wallet that stands there for an operator's.
    package func outsideAccount(_ attempt: Attempt) -> LedgerAccount {
        guard let wallet = attempt.wallet else { return .provider(attempt.provider) }
        return isUnclaimed && kind == .refund ? .unclaimed(wallet) : .wallet(wallet)
    }

    /// The account from which it takes in two steps: set aside when it is accepted, taken once it has succeeded.
    package var drawnAccount: LedgerAccount? {
        guard kind != .transfer, purpose == .payout || purpose == .refund, request.followUp?.isOfLateExecution != true,
            ownAccount.isHeldFirst
        else { return nil }
        return ownAccount
    }

    /// Whether accepting it sets something of an account aside.
    func setsAside(_ account: LedgerAccount) -> Bool {
        account.isDailyLimit || LedgerLines.accepting(self).holds.contains { $0.account == account }
    }

    /// The wallet of ours whose limits count it, and as what.
    package var limitedWallet: (WalletID, WalletOperation)? {
        guard let account = request.account, account.kind == .wallet, let wallet = account.wallet else { return nil }
        switch kind {
        case .payment: return (wallet, .topUp)
        case .payout: return (wallet, parent == nil ? .cashOut : .transfer)
        case .refund, .capture, .void, .transfer: return nil
        }
    }

    /// What its wallet's limits count: what leaves it, or what arrives.
    package var limitedAmount: Money {
        amount.plus(kind == .payout ? request.fee : -request.fee)
    }

    func incomingTemplate(from outside: LedgerAccount) -> PostingTemplate {
        if purpose == .capture { return .capture }
        if parent?.kind == .transfer { return .transfer }
        guard namedAccount?.kind == .wallet else { return .collect }
        return outside.kind == .provider ? .topUp : .walletPayment
    }

    func outgoingTemplate(to outside: LedgerAccount) -> PostingTemplate {
        if purpose == .refund { return .refund }
        if parent?.kind == .transfer { return .transfer }
        return request.account?.kind == .wallet && outside.kind == .provider ? .cashOut : .payout
    }
}
