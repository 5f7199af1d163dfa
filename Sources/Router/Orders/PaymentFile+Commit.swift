/// From steps to one durable unit.
extension PaymentFile {
    /// Makes names and bytes for what is committed.
    package struct Scribe: Sendable {
        package var eventID: @Sendable (Moment) -> EventID
        package var eventBody: @Sendable (_ type: String, _ sequence: Int64, PaymentFile, Moment) -> [UInt8]

        package init(
            eventID: @escaping @Sendable (Moment) -> EventID,
            eventBody: @escaping @Sendable (String, Int64, PaymentFile, Moment) -> [UInt8]
        ) {
            self.eventID = eventID
            self.eventBody = eventBody
        }
    }

    /// Takes everything the steps wrote as one unit.
    ///
    /// The file then stands for the state after that commit; if the commit fails it must be thrown away and read again.
    package mutating func takeUnit(_ scribe: Scribe, at now: Moment) -> UnitOfWork {
        project()
        let wasNew = pending.isNew
        let expected = payment.version
        payment.version += 1
        payment.updatedAt = now
        if payment.status != pending.announced, !(wasNew && payment.status == .processing) {
            pending.eventTypes.append("payment.\(payment.status.rawValue)")
        }
        var events: [Event] = []
        for type in pending.eventTypes {
            payment.eventCount += 1
            events.append(
                Event(
                    id: scribe.eventID(now), app: payment.app, environment: payment.environment, payment: payment.id,
                    sequence: payment.eventCount, type: type, at: now,
                    body: scribe.eventBody(type, payment.eventCount, self, now)))
        }
        var unit = UnitOfWork(payment: payment, write: wasNew ? .insert : .update(expectedVersion: expected))
        unit.newAttempts = attempts.filter { pending.newAttempts.contains($0.id) }
        unit.changedAttempts = attempts.filter { pending.changedAttempts.contains($0.id) }
        unit.evidence = pending.evidence
        unit.postings = pending.postings
        unit.discrepancies = pending.discrepancies
        unit.events = events
        pending = Pending()
        pending.announced = payment.status
        return unit
    }

    /// Derives the public state from the records.
    mutating func project() {
        let live = liveAttempt
        switch payment.movement.state {
        case .succeeded: (payment.status, payment.certainty) = (.succeeded, .confirmed)
        case .failed: (payment.status, payment.certainty) = (.failed, .confirmed)
        case .cancelled: (payment.status, payment.certainty) = (.cancelled, .confirmed)
        case .open:
            let actions = payment.awaitsInput ? payment.nextActions : (live?.actions ?? [])
            payment.nextActions = actions
            let isOpenQuestion = live.map { [.unknown, .conflict, .sending].contains($0.state) } ?? false
            if payment.review != nil {
                (payment.status, payment.certainty) = (.underReview, .unknown)
            } else if isOpenQuestion {
                (payment.status, payment.certainty) = (.processing, .unknown)
            } else if actions.contains(where: { $0 != .wait }) {
                (payment.status, payment.certainty) = (.awaitingCustomer, .confirmed)
            } else {
                (payment.status, payment.certainty) = (.processing, .confirmed)
            }
        }
        if payment.movement.state.isFinal { payment.nextActions = [] }
    }
}
