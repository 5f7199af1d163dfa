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
        _ file: OrderFile, _ candidate: Candidate, _ runtime: ProviderRuntime, at now: Moment
    ) -> Attempt {
        let order = file.order
        let ordinal = (file.attempts.last?.ordinal ?? 0) + 1
        let origin = OperatorReferences.Origin(
            app: order.app, environment: order.environment, operation: order.kind.createOperation,
            idempotencyKey: order.idempotencyKey, movementOrdinal: 1, attemptOrdinal: ordinal,
            provider: candidate.provider)
        var attempt = Attempt(
            id: AttemptID(at: now, from: random), of: order, ordinal: ordinal, provider: candidate.provider,
            channel: candidate.channel, scope: runtime.operatorScope(for: file.operation).text,
            reference: references.derive(origin, shape: runtime.manifest.referenceShape), epoch: epoch, at: now)
        if runtime.manifest.onePromptPerWallet, order.kind == .payment, let phone = order.customer.phone {
            attempt.promptLock = "\(candidate.channel)\u{1F}\(phone.e164)"
        }
        return attempt
    }

    /// The attempt as its provider sees it.
    func order(_ file: OrderFile, _ attempt: Attempt, _ runtime: ProviderRuntime) -> MoneyOrder {
        switch file.operation {
        case .collect, .authorize: .collect(collection(file, attempt, runtime))
        case .payout: .payout(payout(file, attempt, runtime))
        case .refund: .refund(followUp(file, attempt, runtime))
        case .capture: .capture(followUp(file, attempt, runtime))
        case .void: .void(followUp(file, attempt, runtime))
        }
    }

    /// The attempt as a provider sees it that collects or holds its money.
    func collection(_ file: OrderFile, _ attempt: Attempt, _ runtime: ProviderRuntime) -> CollectOrder {
        let request = file.order.request
        return CollectOrder(
            attempt: attempt.id, reference: attempt.reference, channel: attempt.channel,
            choices: runtime.manifest.choices(among: request.channels, on: attempt.channel), amount: attempt.amount,
            customer: file.order.customer, sourceToken: request.sourceToken, text: text(file, runtime),
            orderNumber: request.reference, shop: shop(file.order, runtime), returnURLs: returnURLs(file.order),
            callbackURL: callbackURL(runtime), createdAt: attempt.createdAt,
            sessionSeconds: sessionSeconds(file.order, attempt, runtime), operatorReference: attempt.operatorReference,
            capturesLater: file.operation == .authorize, language: request.language)
    }

    /// A page that can be ended lives as long as the payment; any other one as long as is configured.
    private func sessionSeconds(_ order: Order, _ attempt: Attempt, _ runtime: ProviderRuntime) -> Int64 {
        guard runtime.canWithdraw else { return runtime.sessionSeconds }
        return max(runtime.sessionSeconds, order.deadline.milliseconds(since: attempt.createdAt) / 1_000)
    }

    private func payout(_ file: OrderFile, _ attempt: Attempt, _ runtime: ProviderRuntime) -> PayoutOrder {
        PayoutOrder(
            attempt: attempt.id, reference: attempt.reference, channel: attempt.channel, amount: attempt.amount,
            customer: file.order.customer, text: text(file, runtime), orderNumber: file.order.request.reference,
            shop: shop(file.order, runtime), callbackURL: callbackURL(runtime), createdAt: attempt.createdAt,
            operatorReference: attempt.operatorReference)
    }

    private func followUp(_ file: OrderFile, _ attempt: Attempt, _ runtime: ProviderRuntime) -> FollowUpOrder {
        let request = file.order.request
        let original = OriginalCollection(
            reference: "", operatorReference: nil, channel: attempt.channel, amount: attempt.amount,
            createdAt: attempt.createdAt)
        return FollowUpOrder(
            attempt: attempt.id, reference: attempt.reference, amount: attempt.amount,
            original: request.followUp?.original ?? original, ordinal: request.followUp?.ordinal ?? 1,
            text: text(file, runtime), callbackURL: callbackURL(runtime), createdAt: attempt.createdAt,
            operatorReference: attempt.operatorReference)
    }

    /// The caller's text for the payer or payee; where there is none, the order number stands in for it, if it fits.
    private func text(_ file: OrderFile, _ runtime: ProviderRuntime) -> String {
        let request = file.order.request
        let facts = runtime.manifest.description(for: file.operation)
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
