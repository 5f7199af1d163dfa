/// How people end a transfer that has the sender's money and can neither pay it out nor give it back.
extension OrderAggregate {
    /// Puts a person's name under what was done outside the router; the second name under the same ends the transfer.
    ///
    /// *Executed* means that the recipient has the money, *not executed* that the sender has it back.
    mutating func signParked(
        _ signature: Review.Signature, counts: (Review.Signature) -> Bool, at now: Moment
    ) -> Result<Signing, SigningRefusal> {
        guard let review = order.review, order.outcome == .open else { return .failure(.noReview) }
        if case .split = signature.finding.verdict { return .failure(.needsOtherAmount(order.amount)) }
        let valid = review.signatures.filter(counts)
        guard !valid.contains(where: { $0.person == signature.person && $0.finding.says(signature.finding) }) else {
            return .failure(.samePerson)
        }
        guard valid.contains(where: { $0.person != signature.person && $0.finding.says(signature.finding) }) else {
            change { $0.review?.signatures = valid.filter { $0.person != signature.person } + [signature] }
            return .success(.first)
        }
        endParked(isDelivered: signature.finding.verdict == .executed, at: now)
        pending.occasions.append(.reviewResolved)
        return .success(.resolved)
    }
}
