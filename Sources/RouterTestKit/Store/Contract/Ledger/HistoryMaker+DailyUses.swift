import Router

/// Lives of orders that count on daily limits.
extension HistoryMaker {
    /// An order that counts on daily limits of its app and of a number.
    func counted(
        _ kind: OrderKind, _ amount: Int64, number: String = "2b",
        _ change: (inout OrderRequest) -> Void = { _ in }
    ) -> OrderHistory {
        var request = OrderRequest(amount: money(amount))
        change(&request)
        var history = OrderHistory(kind, request, app: app, records)
        history.step { aggregate, now in
            for subject in [DailyUse.Subject.app, .number(number)] {
                aggregate.count(WalletLimit.Measure.allCases.map { DailyUse(subject, $0, most: 1_000_000, at: now) })
            }
        }
        return history
    }

    /// An order that an operator executed or refused.
    func ended(_ begun: OrderHistory, executed: Bool) -> OrderHistory {
        var history = begun
        history.send()
        history.commit()
        history.hear(executed ? .executed(history.order.amount) : .refused)
        if !executed { history.step { aggregate, _ in aggregate.close(.failed, nil) } }
        history.commit()
        return history
    }

    /// Payments, payouts and transfers that count on daily limits, and come to every end.
    func everyEnd(_ wallets: [WalletID]) -> [OrderHistory] {
        let paid = ended(counted(.payment, 70), executed: true)
        let failed = ended(counted(.payout, 71), executed: false)
        var open = counted(.payment, 72)
        open.send()
        open.commit()
        var moved = counted(.transfer, 73) { $0.transfer = .init(from: .wallet(wallets[0]), to: .wallet(wallets[1])) }
        moved.step { aggregate, now in aggregate.executeInside(at: now) }
        moved.commit()
        var returned = counted(.transfer, 74) { $0.transfer = .init(from: .channel("tmoney"), to: .wallet(wallets[0])) }
        returned.step { aggregate, now in aggregate.take(.fail, at: now) }
        returned.commit()
        var lapsed = counted(.payment, 75) { $0.capturesLater = true }
        lapsed.book(wallets[0], heldFor: 60)
        lapsed.commit()
        lapsed.step { aggregate, now in aggregate.lapse(at: now) }
        lapsed.commit()
        return [paid, failed, open, moved, returned, lapsed, left()]
    }

    /// A payment whose payer chose another number than the one it was begun with.
    private func left() -> OrderHistory {
        var history = counted(.payment, 76)
        history.commit()
        history.step { aggregate, now in
            aggregate.change { $0.choice = PayerChoice(plan: [], phone: nil, numberMark: "3c") }
            aggregate.count([DailyUse(.number("3c"), .count, most: 1_000_000, at: now)])
        }
        history.commit()
        history.send()
        history.hear(.executed(history.order.amount))
        history.commit()
        return history
    }
}
