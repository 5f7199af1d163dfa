/// The steps from a route to bytes on the wire.
extension OrderAggregate {
    /// Adds an attempt in PREPARED (W2).
    ///
    /// The caller has asked `mayStart`; a live attempt refuses it here once more.
    ///
    /// - Returns: `false`, and nothing changed, if an attempt is live or the movement is closed.
    package mutating func start(_ attempt: Attempt, as candidate: Candidate) -> Bool {
        guard order.outcome == .open, liveAttempt == nil else { return false }
        attempts.append(attempt)
        pending.newAttempts.insert(attempt.id)
        change { order in
            order.chosen = candidate
            order.awaitsInput = false
            order.nextActions = []
        }
        return true
    }

    /// Makes sure that an attempt stands in PREPARED: finds it there, or adds it.
    ///
    /// - Returns: `false`, and nothing changed, if it has left that state or cannot be added.
    package mutating func ensureStarted(_ attempt: Attempt, as candidate: Candidate) -> Bool {
        guard let known = self.attempt(attempt.id) else { return start(attempt, as: candidate) }
        return order.outcome == .open && known.state == .prepared
    }

    /// Seals the bytes of the request into the attempt (W2).
    package mutating func seal(_ id: AttemptID, _ money: MoneyRequest) {
        _ = change(id) { attempt in
            attempt.request = money.request
            if let reference = money.operatorReference { attempt.operatorReference = reference }
        }
    }

    /// Opens a transmission (W3): PREPARED to SENDING, or a further transmission of an UNKNOWN attempt (W11).
    ///
    /// - Returns: `false`, and nothing changed, if the attempt is in neither state.
    package mutating func open(_ id: AttemptID, _ transmission: Transmission, epoch: Int64, at now: Moment) -> Bool {
        guard let attempt = attempt(id) else { return false }
        switch attempt.state {
        case .unknown: break
        case .prepared: break
        default: return false
        }
        return change(id) { attempt in
            if attempt.state == .prepared {
                guard case .move = attempt.apply(.sendOpened, at: now) else { return false }
            }
            attempt.epoch = epoch
            attempt.transmissions.append(transmission)
            return true
        } ?? false
    }

    /// Publishes a hosted session: PREPARED to PENDING.
    package mutating func openSession(_ id: AttemptID, _ session: Session, at now: Moment) -> Bool {
        change(id) { attempt in
            guard case .move = attempt.apply(.sessionOpened, at: now) else { return false }
            attempt.operatorReference = session.operatorReference
            attempt.actions = session.actions
            attempt.sessionExpiresAt = now.adding(seconds: session.lifetimeSeconds)
            attempt.openSince = now
            return true
        } ?? false
    }

    /// Records that the preparation failed: PREPARED to NOT_SENT, or REJECTED's reason without a byte sent.
    package mutating func preparationFailed(_ id: AttemptID, _ refusal: Refusal, at now: Moment) {
        _ = change(id) { attempt in
            _ = attempt.apply(.preparationFailed, at: now, cause: "preparation failed: \(refusal.reason.rawValue)")
            attempt.refusal = refusal
        }
    }

    /// Gives a PREPARED attempt up.
    package mutating func withdraw(_ id: AttemptID, cause: String, at now: Moment) {
        _ = change(id) { attempt in _ = attempt.apply(.withdraw, at: now, cause: cause) }
    }

    /// Waits for the payer to type something; no attempt exists meanwhile.
    package mutating func awaitInput(_ candidate: Candidate, actions: [CustomerAction]) {
        change { order in
            order.chosen = candidate
            order.awaitsInput = true
            order.nextActions = actions
            order.inputActions = actions
        }
    }

    /// Waits for the payer to choose a channel on the hosted page; no attempt exists meanwhile.
    package mutating func awaitChoice(_ action: CustomerAction) {
        change { order in
            order.awaitsInput = true
            order.asksChannel = !order.request.isHosted
            order.nextActions = [action]
            order.inputActions = [action]
        }
    }

    /// Takes what the payer chose.
    ///
    /// - Returns: `false`, and nothing changed, if no choice is awaited.
    package mutating func choose(_ choice: PayerChoice) -> Bool {
        guard order.awaitsChoice, order.cancelRequestedAt == nil, !order.isDisputed else { return false }
        change { order in
            order.choice = choice
            order.awaitsInput = false
            order.nextActions = []
            order.inputActions = []
        }
        return true
    }

    /// Turns every SENDING attempt into UNKNOWN because the process that owned it is gone.
    package mutating func ownerLost(at now: Moment) {
        for attempt in attempts where attempt.state == .sending {
            _ = change(attempt.id) { attempt in
                _ = attempt.apply(.outcomeLost, at: now, cause: "owner lost")
                attempt.openSince = attempt.openSince ?? attempt.transmissions.first?.startedAt ?? now
                for index in attempt.transmissions.indices where attempt.transmissions[index].endedAt == nil {
                    attempt.transmissions[index].endedAt = now
                }
            }
        }
        // A resend of an UNKNOWN attempt may have been under way as well; its end is closed likewise.
        for attempt in attempts where attempt.state == .unknown && attempt.hasOpenTransmission {
            _ = change(attempt.id) { attempt in
                for index in attempt.transmissions.indices where attempt.transmissions[index].endedAt == nil {
                    attempt.transmissions[index].endedAt = now
                }
            }
        }
    }

    /// Records that an opened attempt was never handed to the wire: SENDING to NOT_SENT.
    package mutating func neverSent(_ id: AttemptID, at now: Moment) {
        _ = change(id) { attempt in
            guard case .move = attempt.apply(.gateStayedShut, at: now, cause: "its commit was reported as failed")
            else { return }
            attempt.refusal = Refusal(.notSent)
            attempt.request = nil
            for index in attempt.transmissions.indices {
                attempt.transmissions[index].endedAt = now
                attempt.transmissions[index].gateOpened = false
            }
        }
    }

    /// Remembers that the operator has the request: it is never sent again.
    package mutating func arrived(_ id: AttemptID) {
        guard let attempt = attempt(id), !attempt.hasArrived, !attempt.state.isFinal else { return }
        _ = change(id) { attempt in
            attempt.hasArrived = true
            attempt.request = nil
        }
    }

    /// Records the end of the newest transmission.
    package mutating func closeTransmission(_ id: AttemptID, _ report: TransmissionReport, at now: Moment) {
        _ = change(id) { attempt in
            guard let last = attempt.transmissions.indices.last else { return }
            attempt.transmissions[last].endedAt = now
            attempt.transmissions[last].gateOpened = report.gateOpened
            attempt.transmissions[last].curlCode = report.curlCode
            if case .success(let reply) = report.result { attempt.transmissions[last].httpStatus = reply.status }
        }
    }
}
