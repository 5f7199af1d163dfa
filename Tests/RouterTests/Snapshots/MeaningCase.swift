import Router
import Testing

@testable import RouterTestKit

/// A life of an order, and everything that snapshots have to say of it.
enum MeaningCase: String, CaseIterable, CustomTestStringConvertible {
    case open, paid, paidWithFee, refused, expired, cancelled, refunded, paidOut, payoutRefused
    case held, captured, released, lapsed
    case lateSuccess, lateSuccessFound, lateSuccessDismissed, lateSuccessOfAnotherAmount, expiredAndPaid
    case lateFailure, lateFailureFound, payoutNeverExecuted, wrongAmountFound, reviewEndedByPeople
    case topUp, byWallet, inside, suspended, delivered

    var testDescription: String { rawValue }

    typealias Rows = [SnapshotKind: [SnapshotFigures.Figure: Int128]]

    func units(_ maker: HistoryMaker) -> [UnitOfWork] {
        let wallet: WalletID = maker.records.id()
        switch self {
        case .open: return sent(maker).units
        case .paid: return maker.succeeded(.payment, 500).units
        case .paidWithFee: return maker.succeeded(.payment, 500, account: .wallet(wallet), fee: 20).units
        case .refused: return maker.refused(.payment, 500).units
        case .expired: return ended(maker, .failed, "expired_before_sending").units
        case .cancelled: return ended(maker, .cancelled, nil).units
        case .refunded: return follow(.refund, maker.succeeded(.payment, 500), maker)
        case .paidOut: return maker.succeeded(.payout, 300).units
        case .payoutRefused: return maker.refused(.payout, 300).units
        case .held: return maker.paid(120, by: wallet, heldFor: 3_600).units
        case .captured: return follow(.capture, maker.paid(120, by: wallet, heldFor: 3_600), maker)
        case .released: return follow(.void, maker.paid(120, by: wallet, heldFor: 3_600), maker)
        case .lapsed:
            var held = maker.paid(120, by: wallet, heldFor: 3_600)
            held.step { aggregate, now in aggregate.lapse(at: now) }
            held.commit()
            return held.units
        case .lateSuccess: return maker.late(250).units
        case .lateSuccessFound: return found(maker.late(250), .executed)
        case .lateSuccessDismissed: return found(maker.late(250), .notExecuted)
        case .lateSuccessOfAnotherAmount: return found(maker.late(250), .split(maker.money(12)))
        case .expiredAndPaid:
            var late = maker.refused(.payment, 70)
            late.hear(.executed(maker.money(70)), from: .callback)
            late.commit()
            return late.units
        case .lateFailure: return refusedLate(.payment, maker).units
        case .lateFailureFound: return found(refusedLate(.payment, maker), .notExecuted)
        case .payoutNeverExecuted: return found(refusedLate(.payout, maker), .notExecuted)
        case .wrongAmountFound: return found(mismatched(maker), .split(maker.money(5)))
        case .reviewEndedByPeople: return found(mismatched(maker), .executed)
        case .topUp: return maker.succeeded(.payment, 90, account: .wallet(wallet)).units
        case .byWallet: return maker.paid(90, by: wallet).units
        case .inside: return maker.inside(800, from: wallet, to: maker.records.id(), fee: 7).units
        case .suspended: return maker.suspended(4_000, fee: 40).legs[0].units
        case .delivered:
            var (transfer, legs) = maker.suspended(4_000, fee: 40)
            return legs[0].units + maker.credit(&transfer, fee: 40).units
        }
    }

    var expected: Rows {
        let (one, end): (Int128, Int128) = (1, 1)
        switch self {
        case .open: return [.payment: [.accepted: one]]
        case .paid: return [.payment: [.accepted: one, .succeeded: end, .gross: 500]]
        case .paidWithFee: return [.payment: [.accepted: one, .succeeded: end, .gross: 500, .fees: 20]]
        case .refused: return [.payment: [.accepted: one, .failed: end]]
        case .expired: return [.payment: [.accepted: one, .expired: end]]
        case .cancelled: return [.payment: [.accepted: one, .cancelled: end]]
        case .refunded:
            return [
                .payment: [.accepted: one, .succeeded: end, .gross: 500],
                .refund: [.accepted: one, .succeeded: end, .refunds: 500],
            ]
        case .paidOut: return [.payout: [.accepted: one, .succeeded: end, .payouts: 300]]
        case .payoutRefused: return [.payout: [.accepted: one, .failed: end]]
        case .held: return [.payment: [.accepted: one]]
        case .captured:
            return [
                .payment: [.accepted: one, .succeeded: end],
                .capture: [.accepted: one, .succeeded: end, .gross: 120],
            ]
        case .released:
            return [.payment: [.accepted: one, .cancelled: end], .void: [.accepted: one, .succeeded: end]]
        case .lapsed: return [.payment: [.accepted: one, .failed: end]]
        case .lateSuccess, .lateSuccessFound:
            return [.payment: [.accepted: one, .failed: end, .reviewed: 1, .disputed: 250]]
        case .lateSuccessDismissed: return [.payment: [.accepted: one, .failed: end, .reviewed: 1]]
        case .lateSuccessOfAnotherAmount:
            return [.payment: [.accepted: one, .failed: end, .reviewed: 1, .disputed: 12]]
        case .expiredAndPaid: return [.payment: [.accepted: one, .failed: end, .reviewed: 1, .disputed: 70]]
        case .lateFailure, .lateFailureFound:
            return [.payment: [.accepted: one, .succeeded: end, .gross: 61, .reviewed: 1, .disputed: -61]]
        case .payoutNeverExecuted:
            return [.payout: [.accepted: one, .succeeded: end, .payouts: 61, .reviewed: 1, .disputed: 61]]
        case .wrongAmountFound: return [.payment: [.accepted: one, .failed: end, .reviewed: 1, .disputed: 5]]
        case .reviewEndedByPeople: return [.payment: [.accepted: one, .succeeded: end, .reviewed: 1, .gross: 100]]
        case .topUp, .byWallet: return [.payment: [.accepted: one, .succeeded: end, .gross: 90]]
        case .inside: return [.transfer: [.accepted: one, .succeeded: end, .transfers: 800, .fees: 7]]
        case .suspended:
            return [.transfer: [.accepted: one], .leg: [.accepted: one, .succeeded: end, .transfers: 4_040]]
        case .delivered:
            return [
                .transfer: [.accepted: one, .succeeded: end],
                .leg: [.accepted: 2, .succeeded: 2, .transfers: 8_040, .fees: 40],
            ]
        }
    }

    private func sent(_ maker: HistoryMaker) -> OrderHistory {
        var history = maker.begin(.payment, 500)
        history.send()
        history.commit()
        return history
    }

    private func ended(_ maker: HistoryMaker, _ end: OrderOutcome, _ code: String?) -> OrderHistory {
        var history = maker.begin(.payment, 500)
        history.commit()
        history.step { aggregate, _ in
            aggregate.close(end, code.map { OrderFailure(code: $0, blame: .payer, retryable: true) })
        }
        history.commit()
        return history
    }

    private func refusedLate(_ kind: OrderKind, _ maker: HistoryMaker) -> OrderHistory {
        var history = maker.succeeded(kind, 61)
        history.hear(.refused, from: .callback)
        history.commit()
        return history
    }

    private func mismatched(_ maker: HistoryMaker) -> OrderHistory {
        var history = maker.begin(.payment, 100)
        history.send()
        history.hear(.mismatched(ReportedTransaction(amount: .money(maker.money(5))), "amount"))
        history.commit()
        return history
    }

    private func found(_ history: OrderHistory, _ verdict: Review.Finding.Verdict) -> [UnitOfWork] {
        var history = history
        history.find(verdict)
        history.step { aggregate, _ in
            if verdict != .executed, aggregate.order.outcome == .open { aggregate.close(.failed, nil) }
        }
        history.commit()
        return history.units
    }

    /// The units of a payment and of what followed it, each once.
    private func follow(_ kind: OrderKind, _ history: OrderHistory, _ maker: HistoryMaker) -> [UnitOfWork] {
        var payment = history
        let other = maker.following(kind, &payment)
        return Array(payment.units.dropLast()) + other.units
    }
}
