/// How people end a review: one signs what was found, a second one's signature makes it evidence.
extension OrderAggregate {
    /// What a signature did.
    package enum Signing: Sendable, Hashable {
        /// Nobody else has signed the same; another person has to.
        case first
        /// It was the second: the finding is evidence now.
        case resolved
    }

    /// Why a signature is not taken.
    package enum SigningRefusal: Error, Sendable, Hashable {
        /// No review is open.
        case noReview
        /// This person signed the same already.
        case samePerson
        /// Something may still be executed until this moment.
        case tooEarly(Moment)
        /// An execution needs the operator's transaction id.
        case needsOperatorReference
        /// It was executed in our own books, which are not in doubt.
        case isBooked
        /// Another amount than the asked one, in its currency, is needed.
        case needsOtherAmount(Money)
        /// More than this finding leaves is given back already, or may be.
        case givenBack(Money)
    }

    /// The attempt that people look at: the disputed one, else the live one, else the last.
    package var reviewedAttempt: Attempt? {
        if let dispute = order.disputes.last(where: { $0.state == .open }) { return attempt(dispute.attempt) }
        return liveAttempt ?? attempts.last
    }

    /// Puts a person's name under a finding; the second name under the same finding ends the review.
    ///
    /// Findings that differ stand beside each other until two people agree: one person's mistake keeps nobody away.
    ///
    /// - Parameters:
    ///   - signature: Who found what.
    ///   - counts: Whether a signature of before still counts: not where its person may sign no more, or was not allowed to
    ///     in between.
    ///   - contract: The operator's contract; `nil` if its provider is gone.
    ///   - scope: Whose references the operator's are.
    ///   - now: The present.
    /// - Returns: What the signature did, or why it is not taken; then nothing changed.
    package mutating func sign(
        _ signature: Review.Signature, counts: (Review.Signature) -> Bool = { _ in true }, contract: ProviderContract?,
        scope: ProofScope?, at now: Moment
    ) -> Result<Signing, SigningRefusal> {
        if order.review?.reason == .transferParked { return signParked(signature, counts: counts, at: now) }
        guard let review = order.review, let attempt = reviewedAttempt else { return .failure(.noReview) }
        if let refusal = objection(to: signature.finding, attempt, contract, at: now) { return .failure(refusal) }
        let valid = review.signatures.filter(counts)
        let isKnown = valid.contains { $0.person == signature.person && $0.finding.says(signature.finding) }
        guard !isKnown else { return .failure(.samePerson) }
        let other = valid.last { $0.person != signature.person && $0.finding.says(signature.finding) }
        guard let other else {
            change { $0.review?.signatures = valid.filter { $0.person != signature.person } + [signature] }
            return .success(.first)
        }
        resolve(other, signature, attempt, scope, at: now)
        return .success(.resolved)
    }

    private func objection(
        to finding: Review.Finding, _ attempt: Attempt, _ contract: ProviderContract?, at now: Moment
    ) -> SigningRefusal? {
        switch finding.verdict {
        case .executed:
            let isRepeated = order.review?.reason == .repeatedReference
            let known = isRepeated ? nil : attempt.operatorReference
            let named = order.review?.signatures.filter { $0.finding.says(finding) }
                .compactMap(\.finding.operatorReference).last
            let isOurs = attempt.wallet != nil
            if !isOurs, finding.operatorReference ?? known ?? named == nil { return .needsOperatorReference }
        case .notExecuted:
            // Our own books are no operator's word: what stands in them was executed.
            if attempt.wallet != nil, attempt.state == .succeeded { return .isBooked }
            let end = AttemptRules.lastPossibleExecution(attempt, contract: contract)
            if now < end { return .tooEarly(end) }
        case .split(let amount):
            guard amount.currency == attempt.amount.currency, amount.minorUnits > 0, amount != attempt.amount else {
                return .needsOtherAmount(attempt.amount)
            }
        }
        guard let dispute = order.disputes.last(where: { $0.state == .open }), dispute.isLateExecution else {
            return nil
        }
        let given = order.lateGivenBack
        return given.minorUnits > finding.verdict.executed(asked: attempt.amount).minorUnits ? .givenBack(given) : nil
    }

    private mutating func resolve(
        _ first: Review.Signature, _ second: Review.Signature, _ attempt: Attempt, _ scope: ProofScope?,
        at now: Moment
    ) {
        let reference = second.finding.operatorReference ?? first.finding.operatorReference
        let people = "\(first.person) and \(second.person)"
        let amount = second.finding.verdict.executed(asked: attempt.amount)
        let found = Claim.found(
            second.finding.verdict, people: people, document: second.finding.document,
            ReportedTransaction(amount: .money(amount), operatorReference: reference))
        let reasons = "\(first.finding.reason)\n\(second.finding.reason)"
        let observation = Observation(found, from: .person, raw: Array(reasons.utf8))
        pending.evidence.append(observation.evidence(about: attempt, at: now))
        let reason = order.review?.reason
        change { $0.review = nil }
        if let index = order.disputes.lastIndex(where: { $0.state == .open }) {
            resolve(disputeAt: index, second.finding.verdict, at: now)
            if order.disputes[index].state == .dismissed { forget(order.disputes[index]) }
        } else if [.pending, .unknown, .conflict].contains(attempt.state) {
            decide(attempt, second.finding.verdict, reference, scope, cause: people, at: now)
        } else if reason == .repeatedReference {
            correct(attempt, second.finding.verdict, reference, scope, at: now)
        }
        if order.disputes.contains(where: { $0.state == .open }) { openReview(.discrepancy, at: now) }
        pending.occasions.append(.reviewResolved)
    }

    /// Ends an attempt that was open.
    private mutating func decide(
        _ attempt: Attempt, _ verdict: Review.Finding.Verdict, _ reference: String?, _ scope: ProofScope?,
        cause people: String, at now: Moment
    ) {
        let isExecuted = verdict == .executed
        _ = change(attempt.id) { attempt in
            _ = attempt.apply(
                isExecuted ? .foundExecuted : .foundNotExecuted, at: now, cause: "person: \(verdict.name) (\(people))")
            attempt.actions = []
            attempt.request = nil
            attempt.operatorReference = reference ?? attempt.operatorReference
            guard !isExecuted else { return }
            attempt.refusal = Refusal(.notExecuted)
            attempt.quarantineEnd = now
        }
        if isExecuted {
            keepForItself(attempt.id, ReportedTransaction(operatorReference: reference), scope)
            return succeed(attempt, at: now)
        }
        guard let amount = verdict.amount else { return }
        confirm(.lateMismatch, of: attempt.id, executed: amount, account: DiscrepancyKind.lateSuccess.account, at: now)
    }

    /// Corrects an attempt that succeeded by a reference which proves another one.
    private mutating func correct(
        _ attempt: Attempt, _ verdict: Review.Finding.Verdict, _ reference: String?, _ scope: ProofScope?,
        at now: Moment
    ) {
        guard verdict != .executed else {
            _ = change(attempt.id) { $0.operatorReference = reference ?? $0.operatorReference }
            return keepForItself(attempt.id, ReportedTransaction(operatorReference: reference), scope)
        }
        let kind = DiscrepancyKind.lateFailure
        confirm(
            kind, of: attempt.id, executed: verdict.executed(asked: attempt.amount), account: kind.account, at: now)
    }
}

extension Review.Finding {
    /// Whether another person's finding says the same about the money.
    func says(_ other: Review.Finding) -> Bool {
        guard verdict == other.verdict else { return false }
        guard let reference = operatorReference, let theirs = other.operatorReference else { return true }
        return reference.lowercased() == theirs.lowercased()
    }
}
