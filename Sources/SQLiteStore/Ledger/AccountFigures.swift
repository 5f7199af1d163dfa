import Router

/// An account's figures as a unit finds them, and as it would leave them.
///
/// Nothing wraps: what is beyond 64 bits is refused.
struct AccountFigures {
    private(set) var posted: Int64
    private(set) var held: Int64
    let floor: Int64?
    let state: AccountBalance.State

    init(_ row: StatementRow) throws(RecordFault) {
        (posted, held, floor) = (row.integer(0), row.integer(1), row.optionalInteger(2))
        state = try row.word(3)
    }

    /// Of an account that no step has booked on yet.
    init(new account: LedgerAccount) { (posted, held, floor, state) = (0, 0, account.floor, .open) }

    /// Why nothing may leave the account; `nil` if it is open.
    var notOpen: LedgerRefusal.Reason? {
        switch state {
        case .open: nil
        case .frozen: .frozen
        case .closed: .closed
        }
    }

    /// Sets so much aside.
    ///
    /// - Returns: Why it may not be; then nothing has changed.
    mutating func hold(_ amount: Int64, of account: LedgerAccount, ceiling: Int64?) -> LedgerRefusal.Reason? {
        let (sum, isTooLarge) = held.addingReportingOverflow(amount)
        // A limit that was taken away counts on and keeps nothing from happening.
        if account.healsItself, state == .closed {
            if isTooLarge { return .overflow }
            held = sum
            return nil
        }
        if let reason = notOpen { return reason }
        if let ceiling, isTooLarge || sum > ceiling { return .limit }
        if let floor, isTooLarge || Self.isBelow(floor, posted, less: sum) {
            return account.healsItself ? .limit : .insufficient
        }
        if isTooLarge { return .overflow }
        held = sum
        return nil
    }

    /// Takes back what was set aside.
    mutating func release(_ amount: Int64) { held -= amount }

    /// Changes the balance.
    ///
    /// - Returns: Why it may not be changed; then nothing has changed.
    mutating func post(_ change: Int64) -> LedgerRefusal.Reason? {
        if change > 0, state == .closed { return .closed }
        let (sum, isTooLarge) = posted.addingReportingOverflow(change)
        if change < 0, let floor, isTooLarge || Self.isBelow(floor, sum, less: held) { return .insufficient }
        if isTooLarge || sum == .min { return .overflow }
        posted = sum
        return nil
    }

    private static func isBelow(_ floor: Int64, _ posted: Int64, less held: Int64) -> Bool {
        let (left, isTooLow) = posted.subtractingReportingOverflow(held)
        return isTooLow || left < floor
    }
}
