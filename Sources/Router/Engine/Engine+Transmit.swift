/// The last centimetre: gate, wire, and what the answer proves (W4, W5, W6, W11).
extension Engine {
    /// Sends the newest transmission of an attempt that is durable in SENDING, or resent from UNKNOWN.
    ///
    /// The runtime's `begin` has been called; this calls `finish`.
    func transmit(
        _ file: OrderFile, _ id: AttemptID, _ runtime: ProviderRuntime, token: String?
    ) async -> OrderFile? {
        guard let attempt = file.attempt(id), let transmission = attempt.transmissions.last,
            let request = attempt.request
        else {
            runtime.abandon(file.operation)
            return nil
        }
        let (time, gatekeeper, notAfter) = (time, gatekeeper, transmission.sendNotAfter)
        let (operation, sentAt) = (file.operation, transmission.startedAt)
        let (manifest, contract) = (runtime.manifest, runtime.contract(for: file.operation))
        let report = await handOver(
            request, of: file.order, until: notAfter, token: token, runtime,
            {
                SendTerms(
                    limits: manifest.wireLimits, scope: runtime.connectionScope,
                    mayReuseConnection: manifest.mayReuseConnections && contract.keyIsStrong, gate: $0)
            },
            gate: {
                SendGate {
                    AttemptRules.maySend(sendNotAfter: notAfter, holdsEpoch: gatekeeper.maySend, now: time.now)
                        .isAllowed && runtime.mayLeave(operation, sentAt: sentAt)
                }
            })
        let now = time.now
        if report.reachedNobody {
            runtime.abandon(file.operation)
        } else {
            runtime.finish(file.operation, success: report.isOperatorHealthy, at: now)
        }
        observer.note(
            .exchanged(
                provider: runtime.id, operation: file.operation.rawValue, order: file.order.id,
                milliseconds: now.milliseconds(since: transmission.startedAt), outcome: report.outcomeName))
        var isStopped = false
        let committed = await settle(file) { file in
            let verdict = self.join(report, &file, attempt: id, transmission.ordinal, runtime, at: now)
            if self.take(verdict, of: request, token: token, operation, sentAt: sentAt, runtime) { isStopped = true }
        }
        if isStopped { await credentialsStopped(committed ?? file, runtime) }
        return committed
    }

    /// Joins what one transmission showed.
    ///
    /// Pure.
    ///
    /// - Returns: What it showed of its credentials.
    private func join(
        _ report: TransmissionReport, _ file: inout OrderFile, attempt id: AttemptID, _ ordinal: Int,
        _ runtime: ProviderRuntime, at now: Moment
    ) -> CredentialVerdict {
        file.closeTransmission(id, report, at: now)
        guard let attempt = file.attempt(id) else { return .none }
        let order = moneyOrder(file, attempt, runtime)
        let contract = runtime.contract(for: file.operation)
        var answer: Answer?
        var verdict = CredentialVerdict.none
        let claim = Classifier.classify(report, contract: contract, ordinal: ordinal, attempt: attempt) { reply in
            let read = runtime.provider.read(reply, to: order, isConfirmation: attempt.isConfirmation)
            answer = read
            verdict = CredentialVerdict(reply, read)
            return read
        }
        if Classifier.showsArrival(report, answer) { file.arrived(id) }
        if let balance = claim.statement?.balance { runtime.learn(balance, at: now) }
        var evidence = Evidence(
            attempt: id, source: report.gateOpened ? .response : .transport, strength: .strong, claim: claim.name,
            detail: claim.detail, at: now)
        if case .success(let reply) = report.result {
            evidence.httpStatus = reply.status
            evidence.raw = RawEvidence.kept(reply.body)
        }
        evidence.state(claim.statement)
        file.observe(claim, evidence, contract: contract, settlement: runtime.settlement(for: file.operation), at: now)
        if case .refused(let refusal) = claim, refusal.needsCheck { file.checkAtOnce() }
        if case .unclear(let why) = claim, why.hasPrefix(Doubt.Kind.duplicateReference.rawValue) {
            // On the first transmission somebody else used our reference; on a later one, our first has arrived.
            if ordinal == 1 { file.openReview(.referenceCollision, at: now) } else { file.checkAtOnce() }
        }
        return verdict
    }

    /// Resends the same bytes where the contract allows it (W11).
    ///
    /// - Returns: The payment after the resend, or `nil` if it was not allowed.
    func resend(_ file: OrderFile, _ attempt: Attempt, _ runtime: ProviderRuntime) async -> OrderFile? {
        let timeout = Int64(runtime.manifest.wireLimits.totalMilliseconds)
        let decision = AttemptRules.mayResend(
            attempt, contract: runtime.contract(for: file.operation), deadline: file.order.deadline,
            timeoutMilliseconds: timeout,
            isSameScope: likeness(of: runtime, to: attempt.scope, file.operation) == .same, now: time.now)
        // A resend that finds no room would use up one of the few that are allowed.
        guard decision.isAllowed, let request = attempt.request, gatekeeper.maySend, !transport.isExhausted,
            runtime.begin(file.operation, at: time.now)
        else { return nil }
        let wire = wire(runtime, file.order.id, "resend")
        var file = file
        let token: String?
        do throws(AskFailure) { token = try await wire.token(for: request) } catch {
            if error.foundNoRoom {
                runtime.abandon(file.operation)
            } else {
                runtime.finish(file.operation, success: false, at: time.now)
            }
            return nil
        }
        guard openTransmission(&file, attempt.id, runtime) else {
            runtime.abandon(file.operation)
            return nil
        }
        guard case .done(let committed) = await commit(file, previous: file.order.status) else {
            runtime.abandon(file.operation)
            return nil
        }
        return await transmit(committed, attempt.id, runtime, token: token)
    }
}

extension Engine.CredentialVerdict {
    /// What a complete reply says: 401 refuses whatever its body is, 403 where the kind says so.
    fileprivate init(_ reply: WireReply, _ answer: Answer) {
        switch answer {
        case .rejected(let refusal) where refusal.reason == .credentialsRefused: self = .refused
        case _ where reply.status == 401: self = .refused
        case .settled, .pending, .rejected: self = .good
        case .unknown: self = (200..<300).contains(reply.status) ? .good : .none
        }
    }
}

extension TransmissionReport {
    /// A complete answer below 500 says that the operator works, whatever it said.
    var isOperatorHealthy: Bool {
        guard case .success(let reply) = result else { return false }
        return reply.status < 500 && reply.status != 429
    }

    /// Whether we ourselves held the request back: it says nothing about the operator.
    var reachedNobody: Bool {
        guard !gateOpened, case .failure(let failure) = result else { return false }
        return [.gateRefused, .cancelled, .invalidRequest, .exhausted].contains(failure.kind)
    }

    var outcomeName: String {
        switch result {
        case .success(let reply): String(reply.status)
        case .failure(let failure): gateOpened ? failure.kind.rawValue : "not_sent_\(failure.kind.rawValue)"
        }
    }
}

extension Evidence {
    mutating func state(_ statement: Statement?) {
        guard let statement else { return }
        statedMinorUnits = statement.minorUnits
        statedCurrency = statement.currency?.code
        operatorReference = statement.operatorReference
    }
}
