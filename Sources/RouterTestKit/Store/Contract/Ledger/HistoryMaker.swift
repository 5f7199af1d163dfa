import Router

/// Makes lives of orders of every kind that leave something in the books.
struct HistoryMaker {
    let records: RecordFactory
    let app: AppID

    init(_ records: RecordFactory) { (self.records, app) = (records, records.id()) }

    func money(_ amount: Int64) -> Money { Money(amount, .xof) }

    func begin(
        _ kind: OrderKind = .payment, _ amount: Int64, account: LedgerAccount? = nil, fee: Int64 = 0,
        parent: OrderID? = nil, _ change: (inout OrderRequest) -> Void = { _ in }
    ) -> OrderHistory {
        var request = OrderRequest(amount: money(amount))
        (request.account, request.fee) = (account, fee)
        change(&request)
        return OrderHistory(kind, request, parent: parent, app: app, records)
    }

    /// An order that an operator executed.
    func succeeded(
        _ kind: OrderKind = .payment, _ amount: Int64, account: LedgerAccount? = nil, fee: Int64 = 0,
        from source: Evidence.Source = .response
    ) -> OrderHistory {
        var history = begin(kind, amount, account: account, fee: fee)
        history.send()
        history.commit()
        history.hear(.executed(money(amount)), from: source)
        history.commit()
        return history
    }

    /// An order that an operator refused.
    func refused(_ kind: OrderKind = .payment, _ amount: Int64, account: LedgerAccount? = nil) -> OrderHistory {
        var history = begin(kind, amount, account: account)
        history.send()
        history.commit()
        history.hear(.refused)
        history.step { aggregate, _ in aggregate.close(.failed, nil) }
        history.commit()
        return history
    }

    /// A payment that a wallet of ours paid, or of which it holds the money.
    func paid(_ amount: Int64, by wallet: WalletID, heldFor seconds: Int64? = nil) -> OrderHistory {
        var history = begin(.payment, amount) { $0.capturesLater = seconds != nil }
        history.book(wallet, heldFor: seconds)
        history.commit()
        return history
    }

    /// A refund, capture or release of a payment, which its payment remembers.
    func following(_ kind: OrderKind, _ payment: inout OrderHistory) -> OrderHistory {
        let parent = payment.aggregate
        var history = begin(
            kind, payment.order.amount.minorUnits, account: payment.order.request.account, parent: payment.order.id
        ) {
            $0.followUp = parent.terms(of: kind, isPaidOut: false)
        }
        if let wallet = parent.collection?.wallet {
            history.book(wallet)
        } else {
            history.send()
            history.hear(.executed(history.order.amount))
        }
        var preview = history.aggregate
        _ = preview.takeUnitOfWork(at: history.now)
        payment.step { aggregate, _ in aggregate.attach(FollowUp(preview)) }
        payment.commit()
        history.commit(joined: [payment.units[payment.units.count - 1]])
        return history
    }

    /// A payment that failed, and of which an operator says afterwards that it was executed.
    func late(_ amount: Int64, claiming claimed: Int64? = nil) -> OrderHistory {
        var history = refused(.payment, amount)
        let claim = Claim.executed(money(claimed ?? amount))
        history.hear(
            claimed == nil ? claim : .mismatched(ReportedTransaction(amount: .money(money(claimed ?? 0))), "amount"))
        history.commit()
        return history
    }

    /// A transfer between two wallets of ours.
    func inside(_ amount: Int64, from sender: WalletID, to recipient: WalletID, fee: Int64 = 0) -> OrderHistory {
        var history = begin(.transfer, amount, fee: fee) {
            $0.transfer = TransferTerms(from: .wallet(sender), to: .wallet(recipient))
        }
        history.step { aggregate, now in aggregate.executeInside(at: now) }
        history.commit()
        return history
    }

    /// A transfer between operators whose money is in suspense: the transfer, and what it has done so far.
    func suspended(_ amount: Int64, fee: Int64) -> (transfer: OrderHistory, legs: [OrderHistory]) {
        var transfer = begin(.transfer, amount, fee: fee) {
            $0.transfer = TransferTerms(
                from: .channel("tmoney"), to: .channel("flooz"),
                reservation: .init(provider: "flooz-tg", available: 1_000_000))
        }
        var debit = begin(.payment, amount + fee, account: .suspense(transfer.order.id), parent: transfer.order.id)
        debit.send()
        debit.hear(.executed(debit.order.amount))
        attach(debit, to: &transfer)
        debit.commit(joined: [transfer.units[0]])
        return (transfer, [debit])
    }

    /// Has the other operator pay the recipient of a suspended transfer.
    func credit(_ transfer: inout OrderHistory, fee: Int64) -> OrderHistory {
        var credit = begin(
            .payout, transfer.order.amount.minorUnits, account: .suspense(transfer.order.id), fee: fee,
            parent: transfer.order.id)
        credit.send(at: "flooz-tg")
        credit.commit()
        credit.hear(.executed(credit.order.amount))
        attach(credit, to: &transfer) { $0.take(.complete, at: $1) }
        credit.commit(joined: [transfer.units[transfer.units.count - 1]])
        return credit
    }

    private func attach(
        _ leg: OrderHistory, to transfer: inout OrderHistory,
        _ body: (inout OrderAggregate, Moment) -> Void = { _, _ in }
    ) {
        var preview = leg.aggregate
        _ = preview.takeUnitOfWork(at: leg.now)
        transfer.step { aggregate, now in
            aggregate.attach(FollowUp(preview))
            body(&aggregate, now)
        }
        transfer.commit()
    }
}
