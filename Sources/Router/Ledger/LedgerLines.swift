/// What a step writes to the ledger: postings, holds, and the accounts that are spent from directly.
package struct LedgerLines: Sendable, Hashable {
    package var postings: [Posting] = []
    package var holds: [HoldChange] = []
    package var spends: Set<LedgerAccount> = []

    package init(postings: [Posting] = [], holds: [HoldChange] = [], spends: Set<LedgerAccount> = []) {
        self.postings = postings
        self.holds = holds
        self.spends = spends
    }

    package mutating func add(_ other: LedgerLines) {
        postings += other.postings
        holds += other.holds
        spends.formUnion(other.spends)
    }
}

/// The templates: which lines each step of an order writes. Pure.
extension LedgerLines {
    /// What an order sets aside when it is accepted, before anything is tried.
    package static func accepting(_ order: Order) -> LedgerLines {
        let now = order.createdAt
        var lines = LedgerLines()
        if let drawn = order.drawnAccount {
            lines.holds.append(
                .place(Hold(order: order.id, account: drawn, amount: order.amount.plus(order.request.fee), at: now)))
        }
        if let (wallet, operation) = order.limitedWallet {
            lines.holds += WalletLimit.holds(of: order.id, on: wallet, operation, amount: order.limitedAmount, at: now)
        }
        if let terms = order.request.transfer, let reservation = terms.reservation {
            lines.holds.append(
                .place(
                    Hold(
                        order: order.id, account: .provider(reservation.provider), amount: terms.credited(order),
                        at: now),
                    ceiling: reservation.available))
        }
        return lines
    }

    /// What an order that ends without success gives back.
    package static func givingUp(_ order: Order) -> LedgerLines {
        var lines = LedgerLines()
        if let drawn = order.drawnAccount { lines.holds.append(.void(order.id, drawn)) }
        if let (wallet, operation) = order.limitedWallet {
            lines.holds += WalletLimit.release(of: order.id, on: wallet, operation)
        }
        lines.add(.givingBack(order.dailyUses, of: order))
        return lines
    }

    /// What the end of a transfer between operators gives back, whatever its end: the room kept at the payee's operator.
    package static func endingReservation(_ order: Order) -> LedgerLines {
        guard let reservation = order.request.transfer?.reservation else { return LedgerLines() }
        return LedgerLines(holds: [.void(order.id, .provider(reservation.provider))])
    }

    /// What an attempt that succeeded moved.
    package static func executed(_ order: Order, by attempt: Attempt, at now: Moment) -> LedgerLines {
        let outside = order.outsideAccount(attempt)
        var lines = LedgerLines()
        switch order.purpose {
        case .collect:
            lines.postings = incoming(order, from: outside, at: now)
            if let wallet = attempt.wallet {
                lines.spends = [outside]
                lines.holds += WalletLimit.holds(of: order.id, on: wallet, .payment, amount: order.amount, at: now)
            }
        case .capture:
            lines.postings = incoming(order, from: outside, at: now)
            if attempt.wallet != nil, let payment = order.parent { lines.holds = [.post(payment, outside)] }
        case .payout, .refund:
            if let drawn = order.drawnAccount { lines.holds = [.post(order.id, drawn)] }
            lines.postings = outgoing(order, to: outside, at: now)
        case .authorize:
            // Held money is the payer's still.
            guard let wallet = attempt.wallet else { break }
            lines.holds = [
                .place(
                    Hold(
                        order: order.id, account: outside, amount: order.amount, endsAt: order.heldUntil, at: now))
            ]
            lines.holds += WalletLimit.holds(of: order.id, on: wallet, .payment, amount: order.amount, at: now)
        case .void:
            guard attempt.wallet != nil, let payment = order.parent else { break }
            lines.holds = [.void(payment, outside)]
        }
        let left = order.leftUses
        if !left.isEmpty { lines.add(.givingBack(left, of: order)) }
        return lines
    }

    /// What a transfer from wallet to wallet moves, in the commit that accepts it.
    package static func between(
        _ order: Order, from sender: WalletID, to recipient: WalletID, _ terms: TransferTerms, at now: Moment
    ) -> LedgerLines {
        let source = LedgerAccount.wallet(sender)
        var lines = LedgerLines(spends: [source])
        lines.postings = [
            Posting(
                order.movement, kind: PostingTemplate.transfer.rawValue, debit: source, credit: .wallet(recipient),
                amount: terms.credited(order), at: now)
        ]
        lines.postings += fee(order, from: source, at: now)
        lines.holds = WalletLimit.holds(
            of: order.id, on: sender, .transfer, amount: terms.debited(order), at: now)
        return lines
    }

    /// What people ended outside the router leaves the account on which a transfer has its sender's money.
    package static func adjusted(_ order: Order, _ terms: TransferTerms, at now: Moment) -> LedgerLines {
        let account = terms.shape == .into ? terms.to.wallet.map { .unclaimed($0) } : LedgerAccount.suspense(order.id)
        guard let account else { return LedgerLines() }
        return LedgerLines(postings: [
            Posting(
                order.movement, kind: PostingTemplate.adjustment.rawValue, debit: account, credit: .adjustments,
                amount: terms.debited(order), at: now)
        ])
    }

    private static func incoming(_ order: Order, from outside: LedgerAccount, at now: Moment) -> [Posting] {
        // Nobody was served, so that nothing is kept of what goes back.
        let kept = order.isUnclaimed ? 0 : order.request.fee
        let received = Money(order.amount.minorUnits - kept, order.amount.currency)
        let main = Posting(
            order.movement, kind: order.incomingTemplate(from: outside).rawValue, debit: outside,
            credit: order.ownAccount, amount: received, at: now)
        guard kept > 0 else { return [main] }
        // Where all of it is a fee, nothing is left to post.
        let rest = received.minorUnits > 0 ? [main] : []
        let fee = Posting(
            order.movement, kind: PostingTemplate.fee.rawValue, debit: outside, credit: .fees,
            amount: Money(kept, order.amount.currency), at: now)
        return rest + [fee]
    }

    private static func outgoing(_ order: Order, to outside: LedgerAccount, at now: Moment) -> [Posting] {
        let isOfLate = order.request.followUp?.isOfLateExecution == true
        let source = isOfLate ? LedgerAccount(DiscrepancyKind.lateSuccess.account) : order.ownAccount
        let main = Posting(
            order.movement, kind: order.outgoingTemplate(to: outside).rawValue, debit: source, credit: outside,
            amount: order.amount, at: now)
        return [main] + fee(order, from: source, at: now)
    }

    private static func fee(_ order: Order, from source: LedgerAccount, at now: Moment) -> [Posting] {
        guard order.request.fee > 0 else { return [] }
        return [
            Posting(
                order.movement, kind: PostingTemplate.fee.rawValue, debit: source, credit: .fees,
                amount: Money(order.request.fee, order.amount.currency), at: now)
        ]
    }
}

extension Money {
    /// The sum with minor units of the same currency; too large a sum is the largest there is.
    package func plus(_ units: Int64) -> Money {
        let (sum, isTooLarge) = minorUnits.addingReportingOverflow(units)
        return Money(isTooLarge ? .max : sum, currency)
    }
}
