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
    ]

    private static let prefix = "UNIQUE constraint failed: "

    /// What a message means; one that is not in the table stays what it is, so that nobody takes it for another.
    static func conflict(_ message: String) -> Conflict {
        guard message.hasPrefix(prefix) else { return .constraint(.other(message)) }
        return conflicts[String(message.dropFirst(prefix.count))] ?? .constraint(.other(message))
    }
}

extension SQLiteFault {
    /// What the unit that failed on this constraint is told.
    var conflict: Conflict { ConstraintTexts.conflict(message) }
}
