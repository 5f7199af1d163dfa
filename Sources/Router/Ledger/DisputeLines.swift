/// What a dispute writes to the ledger: when it is opened, and when people end it.
///
/// Pure.
package struct DisputeLines: Sendable {
    private let order: Order
    private let attempt: Attempt
    private let name: String

    /// - Parameters:
    ///   - order: The order whose record is contradicted.
    ///   - attempt: Its attempt that the evidence is about.
    ///   - name: The kind of the lines, see ``name(of:among:)``.
    init(_ order: Order, _ attempt: Attempt, _ name: String) {
        (self.order, self.attempt, self.name) = (order, attempt, name)
    }

    /// Names the lines of a dispute; one that comes again after it ended has lines of its own.
    static func name(of index: Int, among disputes: [Dispute]) -> String {
        let (kind, attempt) = (disputes[index].kind, disputes[index].attempt)
        let count = disputes[...index].count { $0.kind == kind && $0.attempt == attempt }
        return "\(kind.rawValue):\(attempt)" + (count > 1 ? ":\(count)" : "")
    }

    /// Books what an operator executed beyond what is recorded.
    func opening(_ dispute: Dispute, at now: Moment) -> [Posting] {
        lines(dispute.excess(asked: attempt.amount), dispute, name, at: now)
    }

    /// Has the books follow from what was claimed to what was found.
    ///
    /// - Parameters:
    ///   - dispute: The dispute as it was opened.
    ///   - found: What was really executed by its attempt.
    ///   - now: The present.
    /// - Returns: The lines to write.
    func ending(_ dispute: Dispute, found: Money, at now: Moment) -> [Posting] {
        let asked = attempt.amount
        let recorded = dispute.recordedState == .succeeded ? asked.minorUnits : 0
        let (claimed, moved) = (dispute.excess(asked: asked), found.minorUnits - recorded)
        guard claimed.currency == asked.currency else {
            return lines(Money(-claimed.minorUnits, claimed.currency), dispute, name + ":reversed", at: now)
                + lines(Money(moved, asked.currency), dispute, name + ":settled", at: now)
        }
        return lines(Money(moved - claimed.minorUnits, asked.currency), dispute, name + ":settled", at: now)
    }

    /// A negative excess is what an operator executed less than is recorded.
    private func lines(_ excess: Money, _ dispute: Dispute, _ kind: String, at now: Moment) -> [Posting] {
        guard excess.minorUnits != 0 else { return [] }
        let (operatorSide, open) = (LedgerAccount.provider(attempt.provider), LedgerAccount(dispute.account))
        let operatorOwes = (excess.minorUnits > 0) == order.purpose.isMoneyIn
        return [
            Posting(
                order.movement, kind: kind, debit: operatorOwes ? operatorSide : open,
                credit: operatorOwes ? open : operatorSide,
                amount: Money(abs(excess.minorUnits), excess.currency), at: now)
        ]
    }
}

extension Dispute {
    /// What was executed, by this dispute, beyond what is recorded; in another currency it is all beyond.
    fileprivate func excess(asked: Money) -> Money {
        let isRecorded = recordedState == .succeeded && executed.currency == asked.currency
        return Money(executed.minorUnits - (isRecorded ? asked.minorUnits : 0), executed.currency)
    }
}
