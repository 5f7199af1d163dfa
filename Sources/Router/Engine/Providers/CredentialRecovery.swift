/// Refused credentials: sends stop, and a harmless question finds out when they may go on.
///
/// Checks are never stopped.
final class CredentialRecovery: EnginePart {
    let context: EngineContext

    init(_ context: EngineContext) { self.context = context }

    /// A money request as it was put on the wire.
    struct Exchange {
        let request: WireRequest
        let token: String?
        let operation: MoneyOperation
        let sentAt: Moment
    }

    /// Takes what a money request showed of its credentials, before anybody can hear of its answer.
    ///
    /// A refused token is forgotten whatever became of the request, and the request itself is never sent again by itself.
    ///
    /// - Returns: Whether this stopped the sends.
    func record(_ verdict: CredentialVerdict, of exchange: Exchange, _ runtime: ProviderRuntime) -> Bool {
        let now = time.now
        switch verdict {
        case .none: return false
        case .good:
            runtime.credentialsWorked(exchange.operation, sentAt: exchange.sentAt, at: now)
            return false
        case .refused:
            let isNewest = runtime.invalidate(exchange.token, for: exchange.request)
            return isNewest
                && runtime.credential(runtime.credential(exchange.operation)) {
                    $0.refused(sentAt: exchange.sentAt, at: now)
                }
        }
    }

    /// Tells that sends were stopped, and has the harmless question asked.
    func stopped(_ aggregate: OrderAggregate, _ runtime: ProviderRuntime) async {
        alarm(.credentialsRefused, order: aggregate.order.id, runtime.id.text)
        // What was certainly not executed gets a second attempt, which needs the new token at once.
        if aggregate.liveAttempt == nil { await ask(runtime, runtime.credential(aggregate.operation)) }
        signals.poke(Self.queue, due: time.now)
    }

    private static let queue = "credentials"

    /// Asks one harmless question that only good credentials can answer, if one is due.
    private func ask(_ runtime: ProviderRuntime, _ credential: LoginName) async {
        let asked = time.now
        // A question that finds no room would count as one without a proof.
        guard !context.transport.isExhausted, runtime.credential(credential, { $0.ask(at: asked) }) else { return }
        let wire = wire(runtime, nil, "credentials")
        if let provider = runtime.loggingIn {
            // A login that succeeds is taken note of where it happens.
            _ = try? await wire.token(of: provider, credential)
        } else if let provider = runtime.provider as? any CredentialProbing {
            if case .accepted = await provider.probe(asking: wire) { runtime.credentialsProved(askedAt: asked) }
        } else if let provider = runtime.provider as? any BalanceReporting {
            runtime.learn(await provider.balances(asking: wire), askedAt: asked, at: time.now)
        }
    }

    /// Asks for every stopped credential whose question is due, until the task is cancelled.
    func run() async {
        while !Task.isCancelled {
            let now = time.now
            var next = now.adding(seconds: 3_600)
            for runtime in providers.sorted {
                for (name, due) in runtime.stoppedCredentials {
                    guard let due else { continue }
                    if due <= now { spawner.spawn { await self.ask(runtime, name) } }
                    next = min(next, max(due, now.adding(seconds: 1)))
                }
            }
            await signals.sleep(Self.queue, until: next)
        }
    }
}

extension ProviderRuntime {
    /// Takes balances that an operator told; only whoever it knows is told them.
    func learn(_ finding: BalanceFinding, askedAt asked: Moment, at now: Moment) {
        guard case .known(let balances) = finding else { return }
        for balance in balances { learn(balance, at: now) }
        if loggingIn == nil { credentialsProved(askedAt: asked) }
    }
}
