/// Attempts, and what their providers are told to do: the same before and after a restart.
struct InstructionBuilder: Sendable {
    let references: OperatorReferences
    let pages: HostedPages
    /// Where callbacks and pages are reached from outside, without a trailing slash.
    let publicURL: String
    let epoch: Int64
    let random: any RandomSource

    /// A new attempt of an order at a candidate, with the reference that it would have after a lost database, too.
    func newAttempt(
        _ aggregate: OrderAggregate, _ candidate: Candidate, _ runtime: ProviderRuntime, at now: Moment
    ) -> Attempt {
        let order = aggregate.order
        let ordinal = (aggregate.attempts.last?.ordinal ?? 0) + 1
        let origin = OperatorReferences.Origin(
            app: order.app, environment: order.environment, operation: order.kind.createOperation,
            idempotencyKey: order.idempotencyKey, movementOrdinal: 1, attemptOrdinal: ordinal,
            provider: candidate.provider)
        var attempt = Attempt(
            id: AttemptID(at: now, from: random), of: order, ordinal: ordinal, provider: candidate.provider,
            channel: candidate.channel, scope: runtime.operatorScope(for: aggregate.operation).text,
            reference: references.derive(origin, shape: runtime.manifest.referenceShape), epoch: epoch, at: now)
        if runtime.executesInLedger { attempt.wallet = order.wallet ?? order.request.followUp?.wallet }
        if runtime.manifest.onePromptPerWallet, order.kind == .payment, let phone = order.customer.phone {
            attempt.promptLock = "\(candidate.channel)\u{1F}\(phone.e164)"
        }
        return attempt
    }

    /// An attempt that its payer began at the operator, under the operator's own name for it.
    func unopenedAttempt(
        _ aggregate: OrderAggregate, _ candidate: Candidate, _ subject: CallbackSubject, _ runtime: ProviderRuntime,
        at now: Moment
    ) -> Attempt {
        let attempt = newAttempt(aggregate, candidate, runtime, at: now)
        guard case .reference(let reference) = subject else { return attempt }
        return Attempt(
            id: attempt.id, of: aggregate.order, ordinal: attempt.ordinal, provider: candidate.provider,
            channel: candidate.channel, scope: attempt.scope, reference: reference, epoch: epoch, at: now)
    }

    /// The attempt as its provider sees it.
    func order(_ aggregate: OrderAggregate, _ attempt: Attempt, _ runtime: ProviderRuntime) -> Instruction {
        switch aggregate.operation {
        case .collect, .authorize: .collect(collection(aggregate, attempt, runtime))
        case .payout: .payout(payout(aggregate, attempt, runtime))
        case .refund: .refund(followUp(aggregate, attempt, runtime))
        case .capture: .capture(followUp(aggregate, attempt, runtime))
        case .void: .void(followUp(aggregate, attempt, runtime))
        }
    }

    /// The attempt as a provider sees it that collects or holds its money.
    func collection(_ aggregate: OrderAggregate, _ attempt: Attempt, _ runtime: ProviderRuntime) -> CollectInstruction {
        let request = aggregate.order.request
        return CollectInstruction(
            attempt: attempt.id, reference: attempt.reference, channel: attempt.channel,
            choices: runtime.manifest.choices(among: request.channels, on: attempt.channel), amount: attempt.amount,
            customer: aggregate.order.customer, sourceToken: request.sourceToken, text: text(aggregate, runtime),
            orderNumber: request.reference, shop: shop(aggregate.order, runtime),
            returnURLs: returnURLs(aggregate.order),
            callbackURL: callbackURL(runtime), createdAt: attempt.createdAt,
            sessionSeconds: sessionSeconds(aggregate.order, attempt, runtime),
            operatorReference: attempt.operatorReference,
            capturesLater: aggregate.operation == .authorize, language: request.language)
    }

    /// A page that can be ended lives as long as the payment; any other one as long as is configured.
    private func sessionSeconds(_ order: Order, _ attempt: Attempt, _ runtime: ProviderRuntime) -> Int64 {
        guard runtime.canWithdraw else { return runtime.sessionSeconds }
        return max(runtime.sessionSeconds, order.deadline.milliseconds(since: attempt.createdAt) / 1_000)
    }

    private func payout(
        _ aggregate: OrderAggregate, _ attempt: Attempt, _ runtime: ProviderRuntime
    ) -> PayoutInstruction {
        PayoutInstruction(
            attempt: attempt.id, reference: attempt.reference, channel: attempt.channel, amount: attempt.amount,
            customer: aggregate.order.customer, billAccount: aggregate.order.request.billAccount,
            text: text(aggregate, runtime), orderNumber: aggregate.order.request.reference,
            shop: shop(aggregate.order, runtime), callbackURL: callbackURL(runtime), createdAt: attempt.createdAt,
            operatorReference: attempt.operatorReference)
    }

    private func followUp(
        _ aggregate: OrderAggregate, _ attempt: Attempt, _ runtime: ProviderRuntime
    ) -> FollowUpInstruction {
        let request = aggregate.order.request
        let original = OriginalCollection(
            reference: "", operatorReference: nil, channel: attempt.channel, amount: attempt.amount,
            createdAt: attempt.createdAt)
        return FollowUpInstruction(
            attempt: attempt.id, reference: attempt.reference, amount: attempt.amount,
            original: request.followUp?.original ?? original, ordinal: request.followUp?.ordinal ?? 1,
            text: text(aggregate, runtime), callbackURL: callbackURL(runtime), createdAt: attempt.createdAt,
            operatorReference: attempt.operatorReference)
    }

    /// The caller's text for the payer or payee; where there is none, the order number stands in for it, if it fits.
    private func text(_ aggregate: OrderAggregate, _ runtime: ProviderRuntime) -> String {
        let request = aggregate.order.request
        let facts = runtime.manifest.description(for: aggregate.operation)
        let room = facts.room(after: request.reference)
        // Routing refuses what is longer; what was accepted before a limit was known is sent as far as it goes, because
        // the payment matters more than its text.
        if let text = request.description { return String(String.UnicodeScalarView(text.unicodeScalars.prefix(room))) }
        guard !facts.followsOrderNumber, let number = request.reference, number.unicodeScalars.count <= room else {
            return ""
        }
        return number
    }

    private func shop(_ order: Order, _ runtime: ProviderRuntime) -> Shop {
        let own = runtime.shops[order.app]
        return Shop(name: order.request.shop, brand: own?.brand, text: own?.text)
    }

    /// A payer who came from the hosted page goes back to it.
    private func returnURLs(_ order: Order) -> ReturnURLs {
        guard order.request.isHosted, let page = pages.url(order, publicURL) else { return order.request.returnURLs }
        return ReturnURLs(success: page, failure: page, cancel: page)
    }

    private func callbackURL(_ runtime: ProviderRuntime) -> String { "\(publicURL)/callbacks/\(runtime.id)" }
}
