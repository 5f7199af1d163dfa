import Router

/// A way in which books and records can come to disagree, and where a check has to find it.
enum LedgerMistake: CaseIterable {
    case lostLine, otherAmount, otherAccount, otherMoment, otherKind, secondLine, lineOfAnOpenOrder,
        lineOfARefusedOrder,
        lostProof, weakProof, proofOfAnotherAmount, proofOfOurOwn, proofOfTheTransport, ignoredProof,
        attemptOfAnotherState, openAttempt,
        otherUse, endlessUse, keptUse, lostUse, uncountedUse,
        lostHold, otherHold, secondHold, openHold, wrongEnd, lostAuthorization,
        lostDiscrepancy, otherClaim, otherDispute, lostDisputeLine, otherDisputeLine,
        lostParent, unknownToParent, otherStatusInParent, lostSuspense, lostTransfer

    struct Place: Hashable {
        var table: LedgerVerification.Table
        var name: String

        init(_ table: LedgerVerification.Table, _ name: String) { (self.table, self.name) = (table, name) }
    }

    /// Units that make the mistake, and everything that a check has to say of it.
    func units(_ maker: HistoryMaker, _ wallets: [Wallet]) -> ([UnitOfWork], [Place]) {
        let (account, wallet) = (wallets[0].account, wallets[0].id)
        switch self {
        case .lostLine: return change(maker.succeeded(.payment, 10), [.entries]) { $0.postings = [] }
        case .otherAmount:
            return change(maker.succeeded(.payment, 10), [.entries]) { $0.postings[0].amount = Money(11, .xof) }
        case .otherAccount:
            return change(maker.succeeded(.payment, 10), [.entries]) { $0.postings[0].debit = .provider("flooz-tg") }
        case .otherMoment:
            return change(maker.succeeded(.payment, 10), [.entries]) { $0.postings[0].at = maker.records.base }
        case .otherKind: return change(maker.succeeded(.payment, 10), [.entries]) { $0.postings[0].kind = "refund" }
        case .secondLine:
            return change(maker.succeeded(.payment, 10), [.entries]) {
                var second = $0.postings[0]
                second.sequence = 2
                $0.postings.append(second)
            }
        case .lineOfAnOpenOrder:
            var open = maker.begin(.payment, 10)
            open.send()
            open.commit()
            return change(open, [.entries]) { $0.postings = [line(of: $0.order)] }
        case .lineOfARefusedOrder:
            return change(maker.refused(.payment, 10), [.entries]) { $0.postings = [line(of: $0.order)] }
        case .lostProof: return change(maker.succeeded(.payment, 10), [.units]) { $0.evidence = [] }
        case .weakProof: return change(maker.succeeded(.payment, 10), [.units]) { $0.evidence[0].strength = .weak }
        case .proofOfAnotherAmount:
            return change(maker.succeeded(.payment, 10), [.units]) { $0.evidence[0].stated = Money(9, .xof) }
        case .proofOfOurOwn: return change(maker.succeeded(.payment, 10), [.units]) { $0.evidence[0].source = .ledger }
        case .proofOfTheTransport:
            return change(maker.succeeded(.payment, 10), [.units]) { $0.evidence[0].source = .transport }
        case .ignoredProof:
            return change(maker.refused(.payment, 10), [.units]) {
                $0.evidence[0].claim = Claim.Name.executed.rawValue
            }
        case .attemptOfAnotherState:
            let history = maker.succeeded(.payment, 10)
            return change(
                history, [.attempts, .entries, .units], attempts: history.units[0].attempts)
        case .openAttempt:
            let history = maker.refused(.payment, 10)
            return change(history, [.attempts], attempts: history.units[0].attempts)
        case .otherUse:
            return change(refused(maker), [.holds], at: 0) { unit in
                unit.place(0) { $0.amount = Money(9, .xof) }
            }
        case .endlessUse: return change(refused(maker), [.holds], at: 0) { unit in unit.place(1) { $0.endsAt = nil } }
        case .keptUse: return change(refused(maker), [.holds]) { $0.holds.removeLast() }
        case .lostUse: return change(refused(maker), [.holds], at: 0) { $0.holds.removeFirst() }
        case .uncountedUse:
            let counted = refused(maker).units[0].holds
            return change(maker.refused(.payout, 10), [.holds], at: 0) { unit in
                guard case .place(var hold, _) = counted[0] else { return }
                hold.order = unit.order.id
                unit.holds.append(.place(hold))
            }
        case .lostHold:
            return change(maker.refused(.payout, 10, account: account), [.holds], at: 0, allAfter: true) {
                $0.holds = []
            }
        case .otherHold:
            return change(maker.succeeded(.payout, 10, account: account), [.holds], at: 0) {
                guard case .place(var hold, _) = $0.holds[0] else { return }
                hold.amount = Money(12, .xof)
                $0.holds[0] = .place(hold)
            }
        case .secondHold:
            return change(maker.succeeded(.payment, 10), [.holds]) {
                $0.holds = [
                    .place(
                        Hold(order: $0.order.id, account: "operator:x", amount: Money(1, .xof), at: $0.order.updatedAt))
                ]
            }
        case .openHold: return change(maker.refused(.payout, 10, account: account), [.holds]) { $0.holds = [] }
        case .wrongEnd:
            return change(maker.refused(.payout, 10, account: account), [.holds]) {
                $0.holds[0] = .post($0.order.id, account)
            }
        case .lostAuthorization:
            return change(maker.paid(10, by: wallet, heldFor: 60), [.holds]) { $0.holds = [] }
        case .lostDiscrepancy: return change(maker.late(10), [.discrepancies]) { $0.discrepancies = [] }
        case .otherClaim:
            return change(maker.late(10), [.discrepancies]) { $0.discrepancies[0].claimed = Money(9, .xof) }
        case .otherDispute:
            return change(maker.late(10), [.discrepancies]) { $0.discrepancies[0].kind = .lateFailure }
        case .lostDisputeLine: return change(maker.late(10), [.entries]) { $0.postings = [] }
        case .otherDisputeLine:
            var late = maker.late(10)
            late.find(.split(Money(4, .xof)))
            late.commit()
            return change(late, [.entries]) { $0.postings[0].amount = Money(5, .xof) }
        default: return ofParents(maker, wallets)
        }
    }

    private func ofParents(_ maker: HistoryMaker, _ wallets: [Wallet]) -> ([UnitOfWork], [Place]) {
        var payment = maker.succeeded(.payment, 10)
        switch self {
        case .lostParent:
            let refund = maker.following(.refund, &payment)
            return change(refund, [.orders]) { $0.joined = [] }
        case .unknownToParent:
            let refund = maker.following(.refund, &payment)
            let (units, places) = change(refund, [.orders]) { $0.joined = [] }
            return (Array(payment.units.dropLast()) + units, places)
        case .otherStatusInParent:
            let refund = maker.following(.refund, &payment)
            let (units, _) = change(refund, [.units]) { $0.joined[0].order.followUps[0].status = .processing }
            return (Array(payment.units.dropLast()) + units, [Place(.units, payment.order.id.text)])
        case .lostSuspense:
            let (transfer, legs) = maker.suspended(10, fee: 1)
            let (units, places) = change(legs[0], [.entries]) { $0.postings = [] }
            return (units, places + [Place(.accounts, transfer.order.id.text)])
        default:
            return change(maker.inside(10, from: wallets[0].id, to: wallets[1].id), [.entries]) { $0.postings = [] }
        }
    }

    /// A payout that counted on daily limits and failed.
    private func refused(_ maker: HistoryMaker) -> OrderHistory {
        maker.ended(maker.counted(.payout, 10), executed: false)
    }

    private func line(of order: Order) -> Posting {
        Posting(
            order.movement, kind: "collect", debit: .provider("tmoney-tg"), credit: .app(order.app),
            amount: order.amount, at: order.updatedAt)
    }

    /// The units of a history, the last of them changed, or another one.
    private func change(
        _ history: OrderHistory, _ tables: [LedgerVerification.Table], at index: Int? = nil, allAfter: Bool = false,
        attempts: [Attempt]? = nil, _ body: (inout UnitOfWork) -> Void = { _ in }
    ) -> ([UnitOfWork], [Place]) {
        var units = history.units
        let first = index ?? units.count - 1
        for place in first..<(allAfter ? units.count : first + 1) { body(&units[place]) }
        if let attempts {
            units[first].attempts = attempts
            units[first].changed = []
        }
        return (units, tables.map { Place($0, history.order.id.text) })
    }
}

extension UnitOfWork {
    /// Changes one of the holds that it places.
    fileprivate mutating func place(_ index: Int, _ body: (inout Hold) -> Void) {
        guard case .place(var hold, let ceiling) = holds[index] else { return }
        body(&hold)
        holds[index] = .place(hold, ceiling: ceiling)
    }
}
