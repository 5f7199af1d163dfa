/// Gate, wire, and what the answer proves (W4, W5, W6), for a first transmission as for a resend (W11).
final class AttemptSender: EnginePart {
    let context: EngineContext
    private let committer: Committer
    private let joiner: ObservationJoiner
    private let credentials: CredentialRecovery
    private let exposure: Exposure
    /// Attempts that were never handed to the wire although they may be durable in SENDING.
    let unsent = KnownUnsentAttempts()

    init(
        _ context: EngineContext, _ committer: Committer, _ joiner: ObservationJoiner,
        _ credentials: CredentialRecovery, _ exposure: Exposure
    ) {
        self.context = context
        self.committer = committer
        self.joiner = joiner
        self.credentials = credentials
        self.exposure = exposure
    }

    /// Opens the next transmission of an attempt, in memory.
    ///
    /// - Returns: `false` if the attempt cannot be sent now, or the provider's exposure does not allow it.
    func open(_ aggregate: inout OrderAggregate, _ id: AttemptID, _ runtime: ProviderRuntime) -> Bool {
        let now = time.now
        guard let attempt = aggregate.attempt(id) else { return false }
        let transmission = Transmission(
            ordinal: attempt.transmissions.count + 1,
            sendNotAfter: now.adding(milliseconds: settings.sendNotAfterMilliseconds),
            timeoutMilliseconds: Int64(runtime.manifest.wireLimits.totalMilliseconds), startedAt: now)
        guard aggregate.open(id, transmission, epoch: context.epoch, at: now), exposure.reserve(attempt, at: runtime)
        else {
            return false
        }
        committer.setTimer(&aggregate, at: now)
        return true
    }

    /// Gives back the room of an opening whose commit was refused.
    func release(_ opening: Opening) { exposure.release(opening.attempt, at: opening.runtime.id) }

    /// Sends the newest transmission of an attempt that is durable in SENDING, or resent from UNKNOWN.
    ///
    /// The runtime's `begin` has been called; this calls `finish`.
    func transmit(_ aggregate: OrderAggregate, _ opening: Opening) async -> OrderAggregate? {
        let (runtime, operation) = (opening.runtime, opening.operation)
        guard let attempt = aggregate.attempt(opening.attempt), let transmission = attempt.transmissions.last,
            let request = attempt.request
        else {
            runtime.abandon(operation)
            return nil
        }
        let report = await handOver(request, of: aggregate, transmission, opening)
        let now = time.now
        if report.reachedNobody {
            runtime.abandon(operation)
        } else {
            runtime.finish(operation, success: report.isOperatorHealthy, at: now)
        }
        record(
            .exchanged(
                provider: runtime.id, operation: operation.rawValue, order: aggregate.order.id,
                milliseconds: now.milliseconds(since: transmission.startedAt), outcome: report.outcomeName))
        var isStopped = false
        let committed = await committer.update(aggregate) { aggregate in
            let verdict = joiner.join(report, ordinal: transmission.ordinal, attempt.id, &aggregate, runtime, at: now)
            let exchange = CredentialRecovery.Exchange(
                request: request, token: opening.token, operation: operation, sentAt: transmission.startedAt)
            if credentials.record(verdict, of: exchange, runtime) { isStopped = true }
        }
        if isStopped { await credentials.stopped(committed ?? aggregate, runtime) }
        return committed
    }

    /// Resends the same bytes where the contract allows it (W11).
    ///
    /// - Returns: The order after the resend, or `nil` if it was not allowed.
    func resend(_ aggregate: OrderAggregate, _ attempt: Attempt, _ runtime: ProviderRuntime) async -> OrderAggregate? {
        let operation = aggregate.operation
        let decision = AttemptRules.mayResend(
            attempt, contract: runtime.contract(for: operation), deadline: aggregate.order.deadline,
            timeoutMilliseconds: Int64(runtime.manifest.wireLimits.totalMilliseconds),
            isSameScope: providers.likeness(of: runtime, to: attempt.scope, operation) == .same, now: time.now)
        // A resend that finds no room would use up one of the few that are allowed.
        guard decision.isAllowed, let request = attempt.request, gatekeeper.maySend, !context.transport.isExhausted,
            runtime.begin(operation, at: time.now)
        else { return nil }
        let token: String?
        do throws(AskFailure) {
            token = try await wire(runtime, aggregate.order.id, "resend").token(for: request)
        } catch {
            if error.foundNoRoom {
                runtime.abandon(operation)
            } else {
                runtime.finish(operation, success: false, at: time.now)
            }
            return nil
        }
        var opened = aggregate
        guard open(&opened, attempt.id, runtime), case .done(let committed) = await committer.commit(opened) else {
            runtime.abandon(operation)
            return nil
        }
        let opening = Opening(attempt: attempt.id, runtime: runtime, operation: operation, token: token)
        return await transmit(committed, opening)
    }

    /// Hands a request over until the wire takes it on: while this machine has no descriptor for it, the send waits.
    ///
    /// Each time the gate of its own stayed shut, so nothing left: it is one transmission, already durable, whichever of
    /// its tries opens a gate. It waits no longer than the transmission may leave and the order may begin anything, not for
    /// an order somebody wishes to cancel, and not once sending is over.
    ///
    /// - Returns: What came of the last try.
    private func handOver(
        _ request: WireRequest, of aggregate: OrderAggregate, _ transmission: Transmission, _ opening: Opening
    ) async -> TransmissionReport {
        let runtime = opening.runtime
        let notAfter = transmission.sendNotAfter
        let end = min(notAfter, aggregate.order.deadline)
        var patience = Patience()
        var hasWaited = false
        while true {
            let report = await context.transport.send(
                runtime.sign(request, token: opening.token, at: time.now, random),
                terms: terms(transmission, opening))
            guard report.foundNoRoom, gatekeeper.maySend else {
                // It found room in the end, and not enough time to get to its gate: that is for want of room as well.
                let isLate = hasWaited && report.wasRefusedAtGate && time.now > notAfter
                return isLate ? report.forWantOfRoom : report
            }
            hasWaited = true
            let next = time.now.adding(milliseconds: patience.wait(jitter: context.jitter()))
            guard next < end else { return report }
            await time.sleep(until: next)
            if let present = await reread(aggregate.order.id), present.order.cancelRequestedAt != nil { return report }
        }
    }

    /// The terms of one try, with a gate of its own.
    private func terms(_ transmission: Transmission, _ opening: Opening) -> SendTerms {
        let (time, gatekeeper, exposure) = (time, gatekeeper, exposure)
        let (runtime, operation) = (opening.runtime, opening.operation)
        let manifest = runtime.manifest
        return SendTerms(
            limits: manifest.wireLimits, scope: runtime.connectionScope,
            mayReuseConnection: manifest.mayReuseConnections && runtime.contract(for: operation).keyIsStrong,
            gate: SendGate {
                AttemptRules.maySend(
                    sendNotAfter: transmission.sendNotAfter, holdsEpoch: gatekeeper.maySend, now: time.now
                ).isAllowed && runtime.mayLeave(operation, sentAt: transmission.startedAt)
                    // Whatever a notification has decided meanwhile needs no second transmission.
                    && exposure.isOpen(opening.attempt, at: runtime.id)
            })
    }
}
