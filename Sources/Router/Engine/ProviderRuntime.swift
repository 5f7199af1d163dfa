import Synchronization

/// A configured provider with what only lives in memory: breaker, token, check budget, counters.
package final class ProviderRuntime: Sendable {
    package let id: ProviderID
    package let environment: Environment
    package let provider: any PaymentProvider
    package let manifest: ProviderManifest
    package let limits: [String: ClosedRange<Int64>]
    package let apps: Set<AppID>
    package let fees: [String: Fee]
    /// Names the credential; part of the connection scope and of reference uniqueness.
    package let scope: String
    /// How long a hosted session lives, in seconds.
    package let sessionSeconds: Int64
    /// Money requests that may be under way at once.
    package let maximumInFlight: Int

    private struct State: Sendable {
        var breaker: CircuitBreaker
        var checks: TokenBucket
        var inFlight = 0
        var tokens: [LoginName: TokenKeeper] = [:]
        var lastSequence: Int64 = 0
    }

    private let state: Mutex<State>

    package init(
        id: ProviderID, environment: Environment, provider: any PaymentProvider, contract: ProviderContract? = nil,
        limits: [String: ClosedRange<Int64>] = [:], apps: Set<AppID> = [], fees: [String: Fee] = [:],
        scope: String = "", sessionSeconds: Int64 = 300, maximumInFlight: Int = 256,
        breaker: CircuitBreaker.Settings = CircuitBreaker.Settings()
    ) {
        self.id = id
        self.environment = environment
        self.provider = provider
        var manifest = provider.manifest
        if let contract { manifest.contract = contract }
        self.manifest = manifest
        self.limits = limits
        self.apps = apps
        self.fees = fees
        self.scope = scope
        self.sessionSeconds = sessionSeconds
        self.maximumInFlight = maximumInFlight
        state = Mutex(
            State(
                breaker: CircuitBreaker(breaker),
                checks: TokenBucket(perSecond: manifest.contract.checksPerSecond)))
    }

    package var contract: ProviderContract { manifest.contract }
    package var connectionScope: ConnectionScope { ConnectionScope(owner: id.text, credential: scope) }

    /// The provider as routing sees it now.
    package func facts(at now: Moment) -> ProviderFacts {
        ProviderFacts(
            id: id, environment: environment, manifest: manifest, limits: limits, apps: apps,
            isHealthy: state.withLock { $0.breaker.wouldAdmit(at: now) })
    }

    /// The breaker's state, for channels and metrics.
    package var breakerState: CircuitBreaker.State { state.withLock { $0.breaker.state } }

    /// Whether a collection would be let through now.
    func admits(at now: Moment) -> Bool {
        state.withLock { $0.inFlight < maximumInFlight && $0.breaker.wouldAdmit(at: now) }
    }

    /// Begins a collection.
    ///
    /// Every `true` is followed by one ``finish(success:at:)`` or ``abandon()``.
    func begin(at now: Moment) -> Bool {
        state.withLock { state in
            guard state.inFlight < maximumInFlight, state.breaker.admit(at: now) else { return false }
            state.inFlight += 1
            return true
        }
    }

    func finish(success: Bool, at now: Moment) {
        state.withLock { state in
            state.inFlight -= 1
            state.breaker.record(success: success, at: now)
        }
    }

    /// Ends a collection that never reached the operator.
    func abandon() {
        state.withLock { state in
            state.inFlight -= 1
            state.breaker.abandon()
        }
    }

    /// The token of one of the provider's logins.
    package func tokens(_ login: LoginName) -> TokenKeeper {
        state.withLock { state in
            if let keeper = state.tokens[login] { return keeper }
            let keeper = TokenKeeper()
            state.tokens[login] = keeper
            return keeper
        }
    }

    /// Forgets a token that the operator refused.
    func invalidate(_ token: String?, for request: WireRequest) {
        guard let provider = provider as? any LoggingIn else { return }
        tokens(provider.login(for: request)).invalidate(token)
    }

    /// A request with credentials, ready for one exchange.
    func authorize(
        _ request: WireRequest, token: String?, at now: Moment, _ random: any RandomSource
    ) -> WireRequest {
        let sequence = state.withLock { state in
            state.lastSequence = max(state.lastSequence + 1, now.milliseconds)
            return state.lastSequence
        }
        let stamp = CallStamp(token: token, now: now, sequence: sequence, random: random.next())
        return provider.authorize(request, stamp)
    }

    /// Checks that may be made now, within the operator's rate.
    func checksAvailable(at now: Moment) -> Int { state.withLock { $0.checks.available(at: now) } }
    func takeChecks(_ count: Int) { state.withLock { $0.checks.take(count) } }
    func nextCheck(after now: Moment) -> Moment { state.withLock { $0.checks.nextToken(after: now) } }
}

/// What an operator takes from an amount; shown with channels, not part of any movement.
package struct Fee: Sendable, Hashable {
    /// Hundredths of a percent.
    package var basisPoints: Int64
    /// Minor units.
    package var fixed: Int64

    package init(basisPoints: Int64, fixed: Int64) {
        self.basisPoints = basisPoints
        self.fixed = fixed
    }

    /// The fee of an amount, rounded up to a whole minor unit; `nil` beyond 64 bits.
    package func of(_ amount: Money) -> Money? {
        let (product, overflow) = amount.minorUnits.multipliedReportingOverflow(by: basisPoints)
        guard !overflow, product < Int64.max - 9_999 else { return nil }
        let (sum, tooLarge) = ((product + 9_999) / 10_000).addingReportingOverflow(fixed)
        return tooLarge ? nil : Money(sum, amount.currency)
    }
}
