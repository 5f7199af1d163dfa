/// The first attempt in the very flush that accepts its payment (W1 and W2 together, and W3 where nothing has to be asked).
///
/// Saves a flush. A process that dies leaves what it would have left after several flushes: nothing at all, an attempt in
/// PREPARED that is withdrawn, or one in SENDING that recovery makes UNKNOWN.
extension Engine {
    /// An attempt opened in memory; the wire follows its commit.
    struct Opening: Sendable {
        let attempt: AttemptID
        let runtime: ProviderRuntime
        let token: String?
    }

    /// A new attempt, and where it goes.
    struct Beginning: Sendable {
        let attempt: Attempt
        let candidate: Candidate
        let runtime: ProviderRuntime
    }

    /// What follows the commit that accepts a payment.
    ///
    /// The provider's `begin` was called; `finish` or `abandon` must follow.
    enum FirstStep: Sendable {
        /// It is open: send.
        case send(Opening)
        /// It stands in PREPARED: its operator has to be asked something first.
        case ask(Beginning)

        var runtime: ProviderRuntime {
            switch self {
            case .send(let opening): opening.runtime
            case .ask(let beginning): beginning.runtime
            }
        }
    }

    /// Prepares the first attempt of a payment that is not stored yet, and opens it if nobody has to be asked for that.
    ///
    /// - Returns: The payment as it has to be committed. `nil` if its provider cannot begin now.
    func firstStep(_ file: OrderFile, at now: Moment) async -> (file: OrderFile, step: FirstStep)? {
        guard case .start(let candidate) = nextMove(file, at: now), let runtime = providers[candidate.provider],
            runtime.provider.can(file.operation)
        else { return nil }
        let attempt = newAttempt(file, candidate, runtime, at: now)
        let wire = ClosedWire()
        let prepared = try? await runtime.provider.prepare(moneyOrder(file, attempt, runtime), asking: wire)
        var started = file
        if wire.wasAsked {
            guard started.start(attempt, as: candidate), runtime.begin(file.operation, at: now) else { return nil }
            return (started, .ask(Beginning(attempt: attempt, candidate: candidate, runtime: runtime)))
        }
        guard case .request(let money)? = prepared else { return nil }
        var token: String?
        if let provider = runtime.provider as? any LoggingIn {
            token = runtime.tokens(provider.login(for: money.request)).present(at: now)
            guard token != nil else { return nil }
        }
        guard started.start(attempt, as: candidate) else { return nil }
        started.seal(attempt.id, money)
        guard runtime.begin(file.operation, at: now) else { return nil }
        guard openTransmission(&started, attempt.id, runtime) else {
            runtime.abandon(file.operation)
            return nil
        }
        return (started, .send(Opening(attempt: attempt.id, runtime: runtime, token: token)))
    }

    /// Takes the first step of a payment that is stored now, and goes on from what it led to.
    func go(on file: OrderFile, _ step: FirstStep) async {
        let next =
            switch step {
            case .send(let opening): await transmit(file, opening.attempt, opening.runtime, token: opening.token)
            case .ask(let beginning): await ask(file, beginning)
            }
        if let next { await drive(next) }
    }
}
