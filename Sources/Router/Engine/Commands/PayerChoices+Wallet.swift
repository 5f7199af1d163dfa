/// Payments that wait for their payer, paid out of a holder's wallet.
extension PayerChoices {
    /// Pays out of a wallet with its holder's code: the choice, the code and the money are one commit.
    ///
    /// An order that waits for the shop's acceptance has the money held instead.
    func pay(_ id: OrderID, from wallet: WalletID, consent: ChallengeUse) async -> Engine.PaidByHolder {
        guard gatekeeper.admits, let aggregate = await reread(id) else { return .unavailable }
        guard aggregate.order.awaitsChoice else { return .tooLate(aggregate) }
        switch await lock(id, whileWaiting: \.order.awaitsChoice) {
        case .locked: break
        case .overtaken(let aggregate): return .tooLate(aggregate)
        case .busy: return .unavailable
        }
        let paid = await payLocked(id, from: wallet, consent)
        locks.release(id)
        return paid
    }

    private func payLocked(
        _ id: OrderID, from wallet: WalletID, _ consent: ChallengeUse
    ) async -> Engine.PaidByHolder {
        let now = time.now
        // Under the lock, because whoever had it before may have changed the payment.
        guard let waiting = await reread(id) else { return .unavailable }
        guard waiting.order.awaitsChoice else { return .tooLate(waiting) }
        var request = waiting.order.request
        request.wallet = wallet
        do throws(StoreFailure) {
            let refusal = try await WalletChecks(context).objection(
                request, .payment, app: waiting.order.app, environment: waiting.order.environment, consent: consent)
            if let refusal { return .walletRefused(refusal) }
            var use = consent
            use.subject = ConsentSubject.of(paying: waiting.order, from: wallet)
            if let refusal = try await store.judge(use) { return .challengeRefused(refusal) }
            let linked = try await WalletChecks(context).linkedWallet(
                for: request, app: waiting.order.app, environment: waiting.order.environment)
            request.linkedWallet = linked
            let paid = await commit(waiting, request, use, at: now)
            guard case .walletRefused(let refusal) = paid, refusal.wallet == linked else { return paid }
            // It was closed in between: nothing was stored, and the app's own account takes the money.
            request.linkedWallet = nil
            return await commit(waiting, request, use, at: now)
        } catch {
            record(.storeFailed(error))
            return .unavailable
        }
    }

    private func commit(
        _ waiting: OrderAggregate, _ asked: OrderRequest, _ use: ChallengeUse, at now: Moment
    ) async -> Engine.PaidByHolder {
        guard let wallet = asked.wallet, let offer = walletOffer(waiting.order) else { return .noRoute }
        var request = asked
        request.channels = [offer.channel]
        let route = await route(waiting, choosing: request, at: now)
        guard !route.decision.plan.isEmpty else { return .noRoute }
        var choice = PayerChoice(
            plan: route.decision.plan, phone: nil, configuration: route.decision.configuration)
        (choice.wallet, choice.initiator, choice.linkedWallet) = (wallet, use.account, asked.linkedWallet)
        var chosen = waiting
        guard chosen.choose(choice) else { return .tooLate(waiting) }
        if route.isHeld { chosen.holdInstead() }
        chosen.count(route.version.dailyCounting.uses(chosen.order, at: now))
        guard let first = await runner.beginFirst(chosen, at: now), case .booked = first.step else { return .noRoute }
        switch await committer.commit(first.aggregate, Committer.Extras(consent: use)) {
        case .done(let paid):
            first.step.runtime.finish(paid.operation, success: true, at: now)
            return .done(paid)
        case .failed:
            runner.giveBack(first.step, chosen.operation)
            return .unknown
        case .conflict(let conflict):
            runner.giveBack(first.step, chosen.operation)
            switch conflict {
            case .challenge(let refusal): return .challengeRefused(refusal)
            case .bill(let refusal): return .billRefused(refusal)
            case .ledger(let refusal):
                return WalletRefusal(refusal, first.aggregate.order).map { .walletRefused($0) }
                    ?? .ledgerRefused(refusal)
            case .version: return await reread(waiting.order.id).map { .tooLate($0) } ?? .unavailable
            default: return .unavailable
            }
        }
    }
}

extension Engine {
    /// What became of a payment that a holder wished to pay.
    package enum PaidByHolder: Sendable {
        /// Paid, or held until the shop accepts it.
        case done(OrderAggregate)
        /// It does not wait for its payer any more.
        case tooLate(OrderAggregate)
        /// No wallet pays it; nothing changed.
        case noRoute
        case challengeRefused(ChallengeRefusal)
        case billRefused(BillRefusal)
        case walletRefused(WalletRefusal)
        case ledgerRefused(LedgerRefusal)
        /// Nothing was stored.
        case unavailable
        /// Whether it was stored is not known: the payment tells.
        case unknown
    }

    /// Pays a payment that waits for its payer out of a wallet, with its holder's code.
    package func pay(_ id: OrderID, from wallet: WalletID, consent: ChallengeUse) async -> PaidByHolder {
        await parts.choices.pay(id, from: wallet, consent: consent)
    }
}
