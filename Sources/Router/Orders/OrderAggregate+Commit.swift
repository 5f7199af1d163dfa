/// From steps to one durable unit.
extension OrderAggregate {
    /// Takes everything the steps wrote as one unit.
    ///
    /// The aggregate then stands for the state after that commit; if the commit fails it must be thrown away and read again.
    package mutating func takeUnitOfWork(at now: Moment) -> UnitOfWork {
        project()
        let wasNew = pending.isNew
        let expected = order.version
        order.version += 1
        order.updatedAt = now
        if order.status != pending.announced, !(wasNew && order.status == .processing) {
            pending.occasions.append(.status(order.status))
        }
        if tellsBill { pending.occasions.append(.billPaid) }
        let types = pending.occasions.map { "\(EventType(order.kind, $0))" }
        let firstNumber = order.eventCount + 1
        order.eventCount += Int64(types.count)
        var unit = UnitOfWork(order: order, write: wasNew ? .insert : .update(expectedVersion: expected))
        unit.attempts = attempts
        unit.added = pending.newAttempts
        unit.changed = pending.changedAttempts
        unit.evidence = pending.evidence
        unit.postings = pending.lines.postings
        unit.holds = pending.lines.holds
        unit.spends = pending.lines.spends
        unit.discrepancies = pending.discrepancies
        unit.billStep = billStep
        beginNext()
        unit.events = types.enumerated().map { index, type in
            Event(self, sequence: firstNumber + Int64(index), type: type, at: now)
        }
        return unit
    }

    /// Derives the public state from the records.
    mutating func project() {
        let live = liveAttempt
        switch order.outcome {
        case .succeeded where order.purpose == .authorize: projectHeld()
        case .succeeded: (order.status, order.certainty) = (.succeeded, finalCertainty)
        case .failed: (order.status, order.certainty) = (.failed, finalCertainty)
        case .cancelled: (order.status, order.certainty) = (.cancelled, finalCertainty)
        case .open where order.kind == .transfer: projectTransfer()
        case .open:
            // A page that is being taken back is shown to nobody any more.
            let isLeft = order.changeRequestedAt != nil || (live?.withdrawals ?? 0) > 0
            let actions = order.awaitsInput ? order.nextActions : isLeft ? [] : (live?.actions ?? [])
            order.nextActions = actions
            let isOpenQuestion = live.map { [.unknown, .conflict, .sending].contains($0.state) } ?? false
            if order.review != nil {
                (order.status, order.certainty) = (.underReview, order.isDisputed ? .disputed : .unknown)
            } else if isOpenQuestion {
                (order.status, order.certainty) = (.processing, .unknown)
            } else if order.sendsNothingYet, !order.awaitsChoice {
                (order.status, order.certainty) = (.awaitingAcceptance, .confirmed)
            } else if actions.contains(where: { $0 != .wait }) {
                (order.status, order.certainty) = (.awaitingCustomer, .confirmed)
            } else {
                (order.status, order.certainty) = (.processing, .confirmed)
            }
        }
        if order.outcome.isFinal { order.nextActions = [] }
    }

    private var finalCertainty: Certainty { order.isDisputed || hasDisputedLeg ? .disputed : .confirmed }

    /// The public state of a payment whose money was held.
    private mutating func projectHeld() {
        let decision = order.decision
        switch (decision?.kind, decision?.status) {
        case (.capture, .succeeded): (order.status, order.certainty) = (.succeeded, finalCertainty)
        case (.void, .succeeded):
            (order.status, order.certainty) = (order.failure == .notAccepted ? .failed : .cancelled, finalCertainty)
        case (_, .underReview): (order.status, order.certainty) = (.underReview, .unknown)
        default:
            order.certainty = order.isDisputed ? .disputed : openCertainty(decision)
            order.status = order.lapsedAt == nil ? heldStatus : .failed
        }
    }

    /// That a capture or release is disputed is told by itself; its payment only does not know.
    private func openCertainty(_ decision: FollowUp?) -> Certainty {
        guard let certainty = decision?.certainty else { return .confirmed }
        return certainty == .disputed ? .unknown : certainty
    }
}
