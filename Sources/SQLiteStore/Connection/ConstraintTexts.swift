import Router

/// What SQLite says of a constraint that failed, and what that means to callers.
enum ConstraintTexts {
    /// By the columns of the index, as SQLite writes them behind "UNIQUE constraint failed: ".
    static let conflicts: [String: Conflict] = [
        // Whoever inserts an order that is there would have to update it.
        "orders.id": .version,
        "orders.repeat_of": .constraint(.repetition),
        "attempts.order_id": .constraint(.liveAttempt),
        "attempts.provider, attempts.reference, attempts.scope": .constraint(.reference),
        "attempts.prompt_lock": .constraint(.openPrompt),
        "attempts.proof": .constraint(.proof),
        "units.app, units.environment, units.event_id": .constraint(.event),
        "entries.movement, entries.kind, entries.seq": .constraint(.posting),
        "holds.order_id, holds.account": .constraint(.hold),
    ]

    /// By the name of the check, as SQLite writes it behind "CHECK constraint failed: ".
    static let checks: [String: Conflict] = [
        "entries_amount": .constraint(.amount),
        "holds_amount": .constraint(.amount),
        "entries_accounts": .constraint(.accounts),
    ]

    private static let (unique, check) = ("UNIQUE constraint failed: ", "CHECK constraint failed: ")

    /// What a message means; one that is in no table stays what it is, so that nobody takes it for another.
    static func conflict(_ message: String) -> Conflict {
        func known(_ prefix: String, _ table: [String: Conflict]) -> Conflict? {
            message.hasPrefix(prefix) ? table[String(message.dropFirst(prefix.count))] : nil
        }
        return known(unique, conflicts) ?? known(check, checks) ?? .constraint(.other(message))
    }
}

extension SQLiteFault {
    /// What the unit that failed on this constraint is told.
    var conflict: Conflict { ConstraintTexts.conflict(message) }
}
