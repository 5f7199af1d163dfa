/// The one way in which what is seen of an attempt becomes part of its order: an answer to what was sent, to a check or to a
/// wish to end a page, a notification, a person's finding.
///
/// Pure: each says what it saw as an ``Observation``, and the order's state table does the rest.
struct ObservationJoiner: Sendable {
    let context: EngineContext
    let instructions: InstructionBuilder

    private var providers: ProviderDirectory { context.providers }

    /// Joins what one transmission showed.
    ///
    /// - Returns: What it showed of its credentials.
    func join(
        _ report: TransmissionReport, ordinal: Int, _ id: AttemptID, _ aggregate: inout OrderAggregate,
        _ runtime: ProviderRuntime,
        at now: Moment
    ) -> CredentialVerdict {
        aggregate.closeTransmission(id, report, at: now)
        guard let attempt = aggregate.attempt(id) else { return .none }
        let order = instructions.order(aggregate, attempt, runtime)
        let contract = runtime.contract(for: aggregate.operation)
        var answer: ProviderOutcome?
        var verdict = CredentialVerdict.none
        let claim = Classifier.classify(report, contract: contract, ordinal: ordinal, attempt: attempt) { reply in
            let read = runtime.provider.read(reply, to: order, isConfirmation: attempt.isConfirmation)
            answer = read
            verdict = CredentialVerdict(reply, read)
            return read
        }
        if Classifier.showsArrival(report, answer) { aggregate.arrived(id) }
        if let balance = claim.statement?.balance { runtime.learn(balance, at: now) }
        var observation = Observation(claim, from: report.gateOpened ? .response : .transport)
        if case .success(let reply) = report.result {
            (observation.httpStatus, observation.raw) = (reply.status, reply.body)
        }
        observe(observation, id, &aggregate, runtime, at: now)
        if case .refused(let refusal) = claim, refusal.needsCheck { aggregate.checkAtOnce() }
        if case .unclear(.doubt(let doubt)) = claim, doubt.kind == .duplicateReference {
            // On the first transmission somebody else used our reference; on a later one, our first has arrived.
            if ordinal == 1 { aggregate.openReview(.referenceCollision, at: now) } else { aggregate.checkAtOnce() }
        }
        return verdict
    }

    /// Joins what an operator answered when it was asked about an attempt.
    func join(
        _ finding: StatusCheckResult, _ id: AttemptID, _ aggregate: inout OrderAggregate, _ runtime: ProviderRuntime,
        at now: Moment
    ) {
        guard let attempt = aggregate.attempt(id) else { return }
        let operation = aggregate.operation
        var claim = Classifier.claim(finding, contract: runtime.contract(for: operation), attempt: attempt)
        if claim == .absent, providers.likeness(of: runtime, to: attempt.scope, operation) != .same {
            claim = .unclear(.perhapsAnotherAccount)
        }
        aggregate.countCheck(id)
        if finding.showsArrival { aggregate.arrived(id) }
        observe(Observation(claim, from: .check), id, &aggregate, runtime, at: now)
    }

    /// Joins what an operator answered to the wish to end its page.
    func join(
        _ withdrawal: Withdrawal, _ id: AttemptID, _ aggregate: inout OrderAggregate, _ runtime: ProviderRuntime,
        at now: Moment
    ) {
        guard let attempt = aggregate.attempt(id) else { return }
        aggregate.countWithdrawal(id)
        let claim = Classifier.claim(withdrawal, attempt: attempt)
        observe(Observation(claim, from: .response), id, &aggregate, runtime, at: now)
    }

    /// Joins a believed notification.
    ///
    /// - Returns: Whether it proved what it claims.
    func join(
        _ fact: CallbackFact, body: [UInt8], operatorIDIsNew: Bool, _ id: AttemptID, _ aggregate: inout OrderAggregate,
        _ runtime: ProviderRuntime, at now: Moment
    ) -> Evidence.Strength {
        guard let attempt = aggregate.attempt(id) else { return .weak }
        let contract = runtime.contract(for: aggregate.operation)
        var observation = Observation(.unclear(.anotherPayer), from: .callback, strength: .weak, raw: body)
        if fact.isFrom(aggregate.order.customer.phone, among: runtime.manifest.phoneCountries) {
            observation.claim = Classifier.claim(fact, contract: contract, attempt: attempt)
            observation.strength = CallbackRules.strength(
                fact, observation.claim, contract: contract, attempt: attempt, operatorIDIsNew: operatorIDIsNew)
        }
        // What it states stands in the record also where it proves nothing.
        observation.statement = CallbackRules.statement(fact)
        observe(observation, id, &aggregate, runtime, at: now)
        return observation.strength
    }

    /// Joins what two people found of money that came by itself.
    func join(
        _ finding: Observation, _ id: AttemptID, _ aggregate: inout OrderAggregate, _ runtime: ProviderRuntime,
        at now: Moment
    ) { observe(finding, id, &aggregate, runtime, at: now) }

    /// Joins a person's finding about the attempt behind an order's review; the second person's makes it evidence.
    func join(
        _ signature: Review.Signature, counts: (Review.Signature) -> Bool, _ aggregate: inout OrderAggregate,
        at now: Moment
    ) -> Result<OrderAggregate.Signing, OrderAggregate.SigningRefusal> {
        let attempt = aggregate.reviewedAttempt
        let runtime = attempt.flatMap { providers.runtime(of: $0, aggregate.operation) }
        return aggregate.sign(
            signature, counts: counts, contract: runtime?.contract(for: aggregate.operation),
            scope: attempt.flatMap { providers.proofScope(of: $0, aggregate.operation) }, at: now)
    }

    private func observe(
        _ observation: Observation, _ id: AttemptID, _ aggregate: inout OrderAggregate, _ runtime: ProviderRuntime,
        at now: Moment
    ) {
        aggregate.observe(
            observation, of: id, contract: runtime.contract(for: aggregate.operation),
            scope: runtime.proofScope(for: aggregate.operation), at: now)
    }
}
