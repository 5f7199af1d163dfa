/// Refused credentials: sends stop, and a harmless question finds out when they may go on.
///
/// Checks are never stopped.
extension Engine {
    /// What one transmission said about the credentials it carried.
    enum CredentialVerdict: Sendable, Hashable {
        case refused
        /// The operator understood the request.
        case good
        /// Nothing.
        case none
    }

    /// Takes what a money request showed of its credentials, before anybody can hear of its answer.
    ///
    /// A refused token is forgotten whatever became of the request, and the request itself is never sent again by itself.
    ///
    /// - Returns: Whether this stopped the sends.
    func take(
        _ verdict: CredentialVerdict, of request: WireRequest, token: String?, _ operation: MoneyOperation,
        sentAt: Moment, _ runtime: ProviderRuntime
    ) -> Bool {
        let now = time.now
        switch verdict {
        case .none: return false
        case .good:
            runtime.credentialsWorked(operation, sentAt: sentAt, at: now)
            return false
        case .refused:
            let isNewest = runtime.invalidate(token, for: request)
            return isNewest && runtime.credential(runtime.credential(operation)) { $0.refused(sentAt: sentAt, at: now) }
        }
    }

    /// Tells that sends were stopped, and has the harmless question asked.
    func credentialsStopped(_ order: OrderFile, _ runtime: ProviderRuntime) async {
        observer.note(.alarm("credentials_refused", order: order.order.id, detail: runtime.id.text))
        // What was certainly not executed gets a second attempt, which needs the new token at once.
        if order.liveAttempt == nil { await askHarmlessly(runtime, runtime.credential(order.operation)) }
        signals.poke(Self.credentialLane, due: time.now)
    }

    private static let credentialLane = "credentials"

    /// Asks one harmless question that only good credentials can answer, if one is due.
    private func askHarmlessly(_ runtime: ProviderRuntime, _ credential: LoginName) async {
        let asked = time.now
        // A question that finds no room would count as one without a proof.
        guard !transport.isExhausted, runtime.credential(credential, { $0.ask(at: asked) }) else { return }
        let wire = wire(runtime, nil, "credentials")
        if let provider = runtime.loggingIn {
            // A login that succeeds is taken note of where it happens.
            _ = try? await wire.token(of: provider, credential)
        } else if let provider = runtime.provider as? any Probing {
            if case .accepted = await provider.probe(asking: wire) { runtime.credentialsProved(askedAt: asked) }
        } else if let provider = runtime.provider as? any Balancing {
            learn(await provider.balances(asking: wire), of: runtime, askedAt: asked)
        }
    }

    /// Takes balances that an operator told; only whoever it knows is told them.
    func learn(_ finding: BalanceFinding, of runtime: ProviderRuntime, askedAt asked: Moment) {
        guard case .known(let balances) = finding else { return }
        for balance in balances { runtime.learn(balance, at: time.now) }
        if runtime.loggingIn == nil { runtime.credentialsProved(askedAt: asked) }
    }

    /// Asks for every stopped credential whose question is due, until the task is cancelled.
    func runCredentialQuestions() async {
        while !Task.isCancelled {
            let now = time.now
            var next = now.adding(seconds: 3_600)
            for runtime in providers.values.sorted(by: { $0.id < $1.id }) {
                for (name, due) in runtime.stoppedCredentials {
                    guard let due else { continue }
                    if due <= now { spawner.spawn { await self.askHarmlessly(runtime, name) } }
                    next = min(next, max(due, now.adding(seconds: 1)))
                }
            }
            await signals.sleep(Self.credentialLane, until: next)
        }
    }
}
