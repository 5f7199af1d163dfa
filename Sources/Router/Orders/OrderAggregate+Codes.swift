/// Typed codes: three wrong ones in all end a payment, whoever refuses them.
extension OrderAggregate {
    /// How many codes a payer may type for one payment (docs/protocols/flouci.md, 2.3).
    package static let maximumCodeTries = 3

    /// Wrong codes so far: refused by the operator as an attempt, or before it when the operator was asked about them.
    ///
    /// A lost answer and a code that never left count as none.
    package var wrongCodes: Int {
        order.codeRefusals + attempts.count { $0.isConfirmation && $0.refusal?.reason == .wrongCode }
    }

    /// How many codes may still be typed.
    package var codeTriesLeft: Int { max(0, Self.maximumCodeTries - wrongCodes) }

    /// Reserves a try before the operator is asked about a typed code.
    ///
    /// - Returns: `false`, and nothing changed, if no code is awaited, no try is left, or another question is open.
    package mutating func beginCodeQuestion(at now: Moment) -> Bool {
        guard order.awaitsInput, order.outcome == .open, liveAttempt == nil, order.codeAskedAt == nil,
            codeTriesLeft > 0
        else { return false }
        change { $0.codeAskedAt = now }
        return true
    }

    /// Ends the question about a typed code: a refused code uses the try up, anything else gives it back.
    package mutating func endCodeQuestion(wasWrong: Bool) {
        guard order.codeAskedAt != nil else { return }
        change { order in
            order.codeAskedAt = nil
            if wasWrong { order.codeRefusals += 1 }
        }
    }

    /// A code that was definitely refused, or never left, may be typed again.
    mutating func askAgain(_ id: AttemptID) {
        guard let attempt = attempt(id), attempt.isConfirmation, let reason = attempt.refusal?.reason,
            [.wrongCode, .notSent, .capacityExhausted].contains(reason), codeTriesLeft > 0,
            attempts.count(where: { $0.isConfirmation && !$0.foundNoRoom }) < 2 * Self.maximumCodeTries
        else { return }
        change { order in
            order.awaitsInput = true
            order.nextActions = order.inputActions
        }
    }
}
