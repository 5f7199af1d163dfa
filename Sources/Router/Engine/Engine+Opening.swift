/// The first attempt in the very flush that accepts its payment (W1, W2 and W3 together).
extension Engine {
    /// An attempt opened in memory; the wire follows its commit.
    struct Opening: Sendable {
        let attempt: AttemptID
        let runtime: ProviderRuntime
        let token: String?
    }

    /// Prepares and opens the first attempt of a payment that is not stored yet, if nobody has to be asked for that.
    ///
    /// Saves a flush. A process that dies leaves what it would have left after three flushes: nothing at all, or an
    /// attempt in SENDING that recovery makes UNKNOWN.
    ///
    /// - Returns: `nil` if its provider has a question first or cannot begin now. Otherwise the payment as it has to be
    ///   committed; the provider's `begin` was called, and `finish` or `abandon` must follow.
    func openAtOnce(_ file: OrderFile, at now: Moment) async -> (file: OrderFile, opening: Opening)? {
        guard case .start(let candidate) = nextMove(file, at: now), let runtime = providers[candidate.provider],
            runtime.provider.can(file.operation)
        else { return nil }
        let attempt = newAttempt(file, candidate, runtime, at: now)
        let wire = ClosedWire()
        guard
            case .request(let money) = try? await runtime.provider.prepare(
                moneyOrder(file, attempt, runtime), asking: wire),
            !wire.wasAsked
        else { return nil }
        var token: String?
        if let provider = runtime.provider as? any LoggingIn {
            token = runtime.tokens(provider.login(for: money.request)).present(at: now)
            guard token != nil else { return nil }
        }
        var opened = file
        guard opened.start(attempt, as: candidate) else { return nil }
        opened.seal(attempt.id, money)
        guard openTransmission(&opened, attempt.id, runtime), runtime.begin(file.operation, at: now) else { return nil }
        return (opened, Opening(attempt: attempt.id, runtime: runtime, token: token))
    }

    /// Sends what was opened and goes on from the answer.
    func go(on file: OrderFile, _ opening: Opening) async {
        let answered = await transmit(file, opening.attempt, opening.runtime, token: opening.token)
        if let answered { await drive(answered) }
    }
}
