/// Everything that is stored of one order and of the money it moved, as one look at the store finds it.
///
/// What has to be in the books follows from the order, its attempts and its evidence alone; ``findings`` are where the books
/// say something else. Pure.
package struct OrderBooks: Sendable {
    package var aggregate: OrderAggregate
    package var evidence: [Evidence]
    /// Its movement's lines, with their numbers.
    package var entries: [AccountEntry]
    package var holds: [Hold]
    package var discrepancies: [Discrepancy]
    /// Whether its disputes were made up from its attempts, because it is of the first release.
    package var hasOnlyKindsOfDisputes = false
    /// What is in the suspense account of a transfer; `nil` if there is none.
    package var suspense: AccountBalance?
    /// The order that this one belongs to, if it is there.
    package var parent: Order?

    package init(
        _ aggregate: OrderAggregate, evidence: [Evidence], entries: [AccountEntry], holds: [Hold],
        discrepancies: [Discrepancy]
    ) {
        self.aggregate = aggregate
        self.evidence = evidence
        self.entries = entries
        self.holds = holds
        self.discrepancies = discrepancies
    }

    package typealias Finding = LedgerVerification.Finding

    var order: Order { aggregate.order }
    var place: String { order.id.text }

    /// What is wrong; empty if the books are right.
    package var findings: [Finding] {
        standingFindings + proofFindings + parentFindings + postingFindings + holdFindings + discrepancyFindings
            + suspenseFindings
    }

    /// The attempt that ended the order well.
    var succeeded: Attempt? { aggregate.attempts.last { $0.state == .succeeded } }

    /// When an attempt came to its present state.
    func reached(_ attempt: Attempt) -> Moment? { attempt.history.last { $0.state == attempt.state }?.at }

    /// Whether outcome and attempts belong together.
    private var standingFindings: [Finding] {
        let states = aggregate.attempts.filter(\.state.isLive).map(\.state.rawValue)
        func finding(_ expected: String) -> [Finding] {
            [
                Finding(
                    .attempts, place,
                    found: states.isEmpty ? "no live attempt" : "live: " + states.joined(separator: ", "),
                    expected: expected)
            ]
        }
        switch order.outcome {
        case .succeeded where order.kind != .transfer:
            return states == [AttemptState.succeeded.rawValue] ? [] : finding("one that succeeded, as its order did")
        case .failed, .cancelled:
            return states.isEmpty ? [] : finding("none, as its order is \(order.outcome.rawValue)")
        case .open, .succeeded:
            return succeeded == nil ? [] : finding("none that succeeded, as its order is \(order.outcome.rawValue)")
        }
    }

    /// Whether what succeeded is proven, and what is proven to be executed is booked or disputed.
    private var proofFindings: [Finding] {
        aggregate.attempts.compactMap { attempt in
            let proofs = evidence.filter { $0.attempt == attempt.id && $0.proves(attempt) }
            if attempt.state == .succeeded {
                guard proofs.isEmpty else { return nil }
                return Finding(
                    .units, place, found: "attempt \(attempt.id) succeeded without proof",
                    expected: "strong evidence that \(attempt.amount) was executed")
            }
            let wasInConflict = attempt.state == .conflict || attempt.history.contains { $0.state == .conflict }
            guard !proofs.isEmpty, !wasInConflict, !order.disputes.contains(where: { $0.attempt == attempt.id }) else {
                return nil
            }
            return Finding(
                .units, place, found: "attempt \(attempt.id) is \(attempt.state.rawValue)",
                expected:
                    "that it succeeded or is disputed, as \(proofs[0].source.rawValue) proves that it was executed")
        }
    }

    /// Whether the order that it belongs to knows what became of it.
    private var parentFindings: [Finding] {
        guard let id = order.parent else { return [] }
        guard let parent else {
            return [Finding(.orders, place, found: "belongs to \(id), which is not there", expected: "an order")]
        }
        guard let known = parent.followUps.first(where: { $0.id == order.id }) else {
            return [Finding(.orders, place, found: "is not known to \(id)", expected: "that it is")]
        }
        guard known.amount == order.amount else {
            return [
                Finding(.units, id.text, found: "\(order.id) is about \(known.amount)", expected: "\(order.amount)")
            ]
        }
        guard (known.status == .succeeded) != (order.status == .succeeded) else { return [] }
        return [
            Finding(
                .units, id.text, found: "\(order.id) is \(known.status.rawValue)", expected: order.status.rawValue)
        ]
    }
}

extension Evidence {
    /// Whether it proves that exactly what an attempt asks for was executed.
    func proves(_ attempt: Attempt) -> Bool {
        guard strength == .strong, claim == Claim.Name.executed.rawValue, stated == nil || stated == attempt.amount
        else { return false }
        switch source {
        // Our own books prove what they execute themselves, and nothing else.
        case .ledger: return attempt.wallet != nil
        case .response, .check, .callback, .statement, .person: return true
        case .transport: return false
        }
    }
}
