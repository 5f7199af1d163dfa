/// Pages that are taken back: because of a cancel, because the payer wants another channel, or because the time is over.
///
/// None of these ends anything by itself. They only have the operator asked to end its page; the attempt dies by the
/// operator's word.
extension OrderAggregate {
    /// The attempt on whose page a payer may still pay; `nil` if there is none.
    package var openPage: Attempt? {
        liveAttempt.flatMap { $0.state == .pending && $0.sessionExpiresAt != nil ? $0 : nil }
    }

    /// Since when nobody should pay on the open page any more; the deadline if nobody wished it before.
    package var withdrawalDue: Moment {
        [order.cancelRequestedAt, order.changeRequestedAt, order.deadline].compactMap(\.self).min() ?? order.deadline
    }

    /// Whether the operator is to be asked now to end its page.
    package func wantsWithdrawal(at now: Moment) -> Bool { openPage != nil && now >= withdrawalDue }

    /// Records that the payer wants another channel.
    ///
    /// The channel is asked for again once the page is dead.
    package mutating func requestChange(at now: Moment) {
        guard openPage != nil, order.changeRequestedAt == nil, order.cancelRequestedAt == nil else { return }
        change { $0.changeRequestedAt = now }
    }

    /// Counts how often the operator was asked to end its page, which stretches the waits between.
    package mutating func countWithdrawal(_ id: AttemptID) { _ = change(id) { $0.withdrawals += 1 } }

    /// Asks the payer for a channel again, after the page of the last one has died.
    package mutating func chooseAgain(_ action: CustomerAction) {
        guard liveAttempt == nil, order.changeRequestedAt != nil, let last = attempts.last else { return }
        _ = change(last.id) { $0.wasLeft = true }
        change { order in
            order.changeRequestedAt = nil
            order.choice = nil
        }
        awaitChoice(action)
    }

    /// When to ask the operator again to end its page; `nil` if it cannot be asked for it.
    func nextWithdrawal(_ live: Attempt, _ facts: ScheduleFacts, at now: Moment) -> Moment? {
        guard facts.canWithdraw, live.state == .pending, live.sessionExpiresAt != nil else { return nil }
        guard now >= withdrawalDue else { return withdrawalDue }
        guard live.withdrawals > 0 else { return now }
        let wait = facts.contract.checkLadder.wait(before: live.withdrawals - 1)
        return now.adding(milliseconds: wait + Int64(Double(wait) * 0.2 * facts.jitter))
    }
}
