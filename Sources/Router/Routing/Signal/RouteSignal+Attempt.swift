extension RouteSignal {
    /// What a step of an attempt tells.
    ///
    /// The time to answer is that of the newest exchange that left and came back. What the payer did afterwards is no part of
    /// it: how long somebody looks for a phone says nothing of an operator.
    ///
    /// - Parameters:
    ///   - after: The attempt after the step.
    ///   - before: The attempt before it; `nil` if this step made it.
    ///   - operation: What was asked of the provider.
    ///   - unsent: What kept it from being sent, where this step proves that it was not.
    /// - Returns: `nil` if it tells nothing new.
    package static func of(
        _ after: Attempt, before: Attempt?, _ operation: MoneyOperation, unsent: TransportFailure.Kind? = nil
    ) -> RouteSignal? {
        let was = before.flatMap { SignalOutcome.of($0.state, reason: $0.refusal?.reason) }
        let since = before?.history.last?.at ?? after.createdAt
        let present = SignalOutcome.of(after.state, reason: after.refusal?.reason, unsent: unsent)
        // What is dead already counts for what it counted for: a later step has no transport to prove it by.
        guard before?.state != after.state, let change = SignalChange(from: was, since: since, to: present) else {
            return nil
        }
        let answered = after.transmissions.last { $0.gateOpened == true && $0.endedAt != nil }
        let milliseconds = answered.flatMap { sent in sent.endedAt.map { $0.milliseconds(since: sent.startedAt) } }
        return RouteSignal(
            SignalKey(after.provider, after.channel, operation), .attempt(change),
            milliseconds: was == nil ? milliseconds : nil)
    }
}
