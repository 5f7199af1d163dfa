/// The steps by which a payment takes part in its refunds, captures and voids.
extension OrderAggregate {
    /// Whether an order about this payment may begin.
    ///
    /// Pure; the caller commits the new order together with ``attach(_:)``, or nothing.
    ///
    /// - Parameters:
    ///   - kind: Refund, capture or void.
    ///   - amount: How much; `nil` for all there is.
    ///   - manifest: The facts of the provider that collected or holds the money.
    ///   - now: The present.
    /// - Returns: The amount it is about.
    package func admit(
        _ kind: OrderKind, amount: Money?, manifest: ProviderManifest, at now: Moment
    ) -> Result<Money, FollowUpRefusal> {
        switch kind {
        case .refund: return admitRefund(amount, manifest, at: now)
        case .capture, .void:
            guard collection != nil, !order.isDisputed else { return .failure(.wrongState) }
            return admitDecision(kind, amount, manifest, at: now)
        case .payment, .payout, .transfer: return .failure(.wrongState)
        }
    }

    /// What an operator took from a payment that was closed without success may be given back at once; what a dispute
    /// says about money that was collected is decided first.
    private func admitRefund(
        _ amount: Money?, _ manifest: ProviderManifest, at now: Moment
    ) -> Result<Money, FollowUpRefusal> {
        guard order.outcome.isFinal, let paid = refundSource else { return .failure(.wrongState) }
        let isOfLate = order.outcome != .succeeded
        guard isOfLate || !order.isDisputed else { return .failure(.wrongState) }
        let whole = isOfLate ? order.lateExecuted : order.collected
        guard whole.minorUnits > 0 else { return .failure(.wrongState) }
        let left = order.refundable
        let wanted = amount ?? left
        guard wanted.currency == left.currency, wanted.minorUnits > 0, wanted.minorUnits <= left.minorUnits else {
            return .failure(.exceeds(left))
        }
        guard let facts = manifest.refund else { return .success(wanted) }
        guard facts.allowsPartial || wanted == whole else {
            return .failure(.notSupported("the operator refunds the whole amount only"))
        }
        guard facts.allowsSeveral || !order.followUps.contains(where: { $0.kind == .refund && $0.holdsAmount }) else {
            return .failure(.notSupported("the operator refunds a payment once only"))
        }
        if let limit = facts.withinSeconds, now >= paid.createdAt.adding(seconds: limit) { return .failure(.tooLate) }
        return .success(wanted)
    }

    private func admitDecision(
        _ kind: OrderKind, _ amount: Money?, _ manifest: ProviderManifest, at now: Moment
    ) -> Result<Money, FollowUpRefusal> {
        guard order.isAuthorized else { return .failure(order.decision == nil ? .wrongState : .decidedAlready) }
        guard order.decision == nil else { return .failure(.decidedAlready) }
        if kind == .capture, order.awaitsAcceptance { return .failure(.notAccepted) }
        let held = order.amount
        let wanted = kind == .void ? held : amount ?? held
        guard wanted.minorUnits > 0, wanted.minorUnits <= held.minorUnits else { return .failure(.exceeds(held)) }
        guard let facts = manifest.authorization, facts.allowsPartialCapture || wanted == held else {
            return .failure(.notSupported("the operator captures the whole amount only"))
        }
        return .success(wanted)
    }

    /// The attempt that collected or holds the money.
    package var collection: Attempt? {
        guard order.kind == .payment, order.outcome == .succeeded else { return nil }
        return attempts.last { $0.state == .succeeded }
    }

    /// The attempt that has the money a refund would give back: the one that collected it or, on a payment that was
    /// closed without success, the one that an operator executed all the same.
    package var refundSource: Attempt? {
        if let collection { return collection }
        guard order.kind == .payment, order.outcome.isFinal,
            let late = order.disputes.last(where: { $0.isLateExecution && $0.executed.minorUnits > 0 })
        else { return nil }
        return attempt(late.attempt)
    }

    /// What an order about this payment has to know about it.
    package func terms(of kind: OrderKind, isPaidOut: Bool) -> FollowUpTerms? {
        let isRefund = kind == .refund
        guard let paid = isRefund ? refundSource : collection else { return nil }
        let isOfLate = order.outcome != .succeeded
        let whole = isOfLate ? order.lateExecuted : isRefund ? order.collected : order.amount
        return FollowUpTerms(
            original: OriginalCollection(
                reference: paid.reference, operatorReference: paid.operatorReference, channel: paid.channel,
                amount: whole, refundedMinorUnits: isRefund ? order.refunded.minorUnits : 0, customer: order.customer,
                createdAt: paid.createdAt),
            ordinal: order.followUps.count { $0.kind == kind } + 1, isPaidOut: isPaidOut,
            isOfLateExecution: isRefund && isOfLate, scope: paid.scope, wallet: paid.wallet)
    }

    /// Remembers an order about this payment, or what has become of it.
    ///
    /// - Returns: Whether that is news.
    @discardableResult
    package mutating func attach(_ followUp: FollowUp) -> Bool {
        let index = order.followUps.firstIndex { $0.id == followUp.id }
        guard let index else {
            change { $0.followUps.append(followUp) }
            giveBackUses(after: followUp)
            return true
        }
        let known = order.followUps[index]
        // What succeeded stays so; only what people or operators say against it is news.
        guard known != followUp, known.status != .succeeded || followUp.status == .succeeded else { return false }
        change { $0.followUps[index] = followUp }
        giveBackUses(after: followUp)
        if order.kind == .payment, followUp.kind == .refund, followUp.status == .succeeded, known.status != .succeeded {
            pending.occasions.append(.refunded)
        }
        if followUp.certainty == .disputed, known.certainty != .disputed {
            pending.occasions.append(.discrepancy)
        }
        return true
    }

    /// What was held and then released was not paid.
    private mutating func giveBackUses(after followUp: FollowUp) {
        guard followUp.kind == .void, followUp.status == .succeeded else { return }
        pending.lines.add(.givingBack(order.dailyUses, of: order))
    }

    /// Records that the hold ended at the operator without a capture or void of ours.
    package mutating func lapse(at now: Moment) {
        guard order.isAuthorized, order.lapsedAt == nil else { return }
        change { order in
            order.lapsedAt = now
            order.failure = OrderFailure(code: "authorization_expired", blame: .operator, retryable: true)
        }
        if let wallet = collection?.wallet { pending.lines.holds.append(.void(order.id, .wallet(wallet))) }
        pending.lines.add(.givingBack(order.dailyUses, of: order))
    }

    /// Records what happened at the operator without our asking; each once.
    package mutating func record(_ notice: Notice) {
        let isKnown = order.notices.contains {
            $0.kind == notice.kind && $0.operatorReference == notice.operatorReference && $0.amount == notice.amount
                && $0.reason == notice.reason
        }
        guard !isKnown else { return }
        change { $0.notices.append(notice) }
        pending.occasions.append(.notice(notice.kind))
    }
}
