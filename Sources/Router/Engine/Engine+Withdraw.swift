/// Ending operators' pages: for a cancel, for a change of channel, at the deadline.
///
/// The wish is durable before the operator is asked, and asking is harmless when repeated: a process that dies in between
/// leaves a wish whose timer asks again.
extension Engine {
    /// Asks the operator to end its page, joins the answer, and goes on.
    ///
    /// An answer that does not say "dead" proves nothing: the operator is asked what became of the payment, so that a payer who
    /// came first wins at once; if it is still open, the timer asks for the end again.
    ///
    /// The caller holds the claim.
    ///
    /// - Returns: The payment as committed.
    @discardableResult
    func withdraw(_ file: OrderFile, _ attempt: Attempt) async -> OrderFile? {
        guard let runtime = self.runtime(of: attempt, file.operation), gatekeeper.maySend,
            let provider = runtime.provider as? any Withdrawing
        else { return await check(file, attempt) }
        let order = collectOrder(file, attempt, runtime)
        let answer = await provider.withdraw(order, asking: wire(runtime, file.order.id, "withdraw"))
        let now = time.now
        let contract = runtime.contract(for: file.operation)
        let asked = await settle(file) { file in
            guard let present = file.attempt(attempt.id) else { return }
            file.countWithdrawal(attempt.id)
            let claim = Classifier.claim(answer, attempt: present)
            let evidence = Evidence(
                attempt: attempt.id, source: .response, strength: .strong, claim: claim.name, detail: claim.detail,
                at: now)
            file.observe(claim, evidence, contract: contract, at: now)
        }
        guard let asked else { return nil }
        guard let present = asked.attempt(attempt.id), present.state == .pending else {
            if asked.liveAttempt == nil, asked.order.outcome == .open { await drive(asked) }
            return asked
        }
        runtime.takeChecks(1)
        return await check(asked, present) ?? asked
    }

    /// Asks the operator at once to end its page, where a command wishes so, and waits a while for the end.
    ///
    /// Without the operator's rate, or with somebody else at work on the payment, the timer asks.
    func withdrawNow(_ file: OrderFile) async -> OrderFile {
        let id = file.order.id
        guard file.wantsWithdrawal(at: time.now), let page = file.openPage, canWithdraw(page, file.operation),
            let runtime = self.runtime(of: page, file.operation)
        else { return file }
        let isOurs = runtime.checksAvailable(at: time.now) > 0 && claims.claim(id)
        if isOurs { runtime.takeChecks(1) }
        let count = page.withdrawals
        let until = time.now.adding(milliseconds: settings.firstAnswerMilliseconds)
        let isAnswered: @Sendable (OrderFile) -> Bool = { present in
            guard let known = present.attempt(page.id) else { return true }
            // Not dead by that answer: what the look that follows finds is waited for as well.
            return known.state != .pending || (known.withdrawals > count && known.checks > page.checks)
        }
        let answered = await hub.wait(id, until: until, isEnough: isAnswered) {
            guard isOurs else { return }
            self.work(claimed: id) {
                guard let file = await self.reread(id), let page = file.openPage else { return }
                await self.withdraw(file, page)
            }
        }
        if let answered { return answered }
        return await reread(id) ?? file
    }

    /// Whether the provider of an attempt can end its page.
    func canWithdraw(_ attempt: Attempt, _ operation: MoneyOperation) -> Bool {
        self.runtime(of: attempt, operation).map(\.canWithdraw) ?? false
    }

    /// What the payer of an open page can still do besides paying.
    package struct WaysToLeave: OptionSet, Sendable {
        package let rawValue: Int

        package init(rawValue: Int) { self.rawValue = rawValue }

        /// Go back and choose another channel.
        package static let change = WaysToLeave(rawValue: 1)
        /// End the payment.
        package static let cancel = WaysToLeave(rawValue: 2)
    }

    /// The ways out of a payment whose operator's page is open and can be ended; none otherwise.
    package func waysToLeave(_ file: OrderFile) -> WaysToLeave {
        guard let page = file.openPage, canWithdraw(page, file.operation), time.now < file.withdrawalDue else {
            return []
        }
        return mayChangeChannel(file) ? [.change, .cancel] : [.cancel]
    }

    /// Whether the payer of an open page may go back and choose another channel.
    ///
    /// Not where money begun in a browser is only held: what a changed channel could not hold would be taken.
    package func mayChangeChannel(_ file: OrderFile) -> Bool {
        let order = file.order
        guard order.kind == .payment, order.request.isHosted || order.asksChannel, !order.request.needsAcceptance,
            order.outcome == .open, !order.isDisputed, time.now < file.withdrawalDue,
            file.attempts.count(where: { !$0.foundNoRoom }) < routing.maximumAttempts, let page = file.openPage,
            canWithdraw(page, file.operation)
        else { return false }
        return offers(order).contains { $0.channel != page.channel }
    }

    /// Has the page of the chosen channel ended, so that the payer can choose another one.
    ///
    /// - Returns: The payment as it is then: waiting for a choice, or still ending the page, or paid all the same.
    package func changeChannel(_ id: OrderID) async throws(StoreFailure) -> OrderFile? {
        let now = time.now
        let wished = try await mutate(id) { file in
            guard mayChangeChannel(file) else { return false }
            file.requestChange(at: now)
            _ = conclude(&file, at: now)
            return true
        }
        guard let wished else { return nil }
        return await withdrawNow(wished)
    }
}

extension ProviderRuntime {
    /// Whether it can end a page of its operator's, and then learn what became of it.
    var canWithdraw: Bool { provider is any Withdrawing && manifest.contract.check != .none }
}
