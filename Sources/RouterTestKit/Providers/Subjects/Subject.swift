import Router

/// One phase of one operation, or one question, that can be attacked: how a reply is read, and what the operator lists.
struct Subject: Sendable {
    /// For reports: `collect: reply`, `refund: check`, `login`.
    let name: String
    let table: ReplyTable
    /// What was asked; `nil` for questions that move nothing.
    let asked: AskedMovement?
    /// Whether it is a question: then no status proves anything that the table does not list.
    let isQuestion: Bool
    /// Whether replies have statuses; notifications have none.
    var hasStatuses = true
    let read: @Sendable (WireReply) async -> Reading

    /// Whether a reading of something unlisted is harmless.
    ///
    /// A refusal of our credentials or of our pace by its status is what the contract says it is worth, and one that needs a
    /// check is worth nothing by itself.
    func isHarmless(_ reading: Reading, _ status: Int) -> Bool {
        guard case .refused(let refusal) = reading else { return reading == .unclear || reading == .mismatched }
        if isQuestion { return false }
        return refusal.needsCheck
            || ([401, 403, 429].contains(status) && [.credentialsRefused, .throttled].contains(refusal.reason))
    }
}
