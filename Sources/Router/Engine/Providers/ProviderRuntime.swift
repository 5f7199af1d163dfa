/// A configured provider with what only lives in memory: breaker, token, check budget, counters.
package final class ProviderRuntime: Sendable {
    package let id: ProviderID
    package let environment: PayEnvironment
    package let provider: any PaymentProvider
    package let manifest: ProviderManifest
    package let limits: [String: ClosedRange<Int64>]
    package let apps: Set<AppID>
    package let fees: FeeTable
    /// What the operator shall show payers of single apps; the app's name counts elsewhere.
    package let shops: [AppID: Shop]
    /// Where the operator is, as far as it tells one operator from another; see ``OperatorScope/endpoint``.
    package let endpoint: String
    /// How long a hosted session lives, in seconds.
    package let sessionSeconds: Int64
    /// Money requests that may be under way at once.
    package let maximumInFlight: Int
    /// The most money that may be in attempts whose outcome is open, in minor units by currency code.
    package let exposureLimits: [String: Int64]
    /// Whether it only finishes what it began: nothing new goes there.
    package let isRetired: Bool
    /// Whether the configuration does not name it any more: it is retired, and stays for what it began.
    package let isRemoved: Bool
    /// What tells whether it is configured as before; `nil` where nothing does.
    package let definition: ProviderDefinition?
    /// The provider, if it hands out tokens.
    let loggingIn: (any AccessTokenIssuing)?
    /// What the provider can do; asked once, because asking a value for its protocols copies it.
    private let able: Set<MoneyOperation>
    /// Whether our own ledger settles its attempts.
    let executesInLedger: Bool
    /// Whether it can end a page of its operator's, and then learn what became of it.
    let canWithdraw: Bool
    /// What shows that refused credentials are good again.
    ///
    /// Balances are asked only where payouts are set up: some operators tell them to nobody else.
    private let proof: CredentialGate.Proof

    private let breakerSettings: CircuitBreaker.Settings
    private let state: ProviderLife
    /// Which of the sets of secrets that it has had in this process it uses.
    private let generation: Int

    package init(
        id: ProviderID, environment: PayEnvironment, provider: any PaymentProvider, overrides: ContractOverrides? = nil,
        limits: [String: ClosedRange<Int64>] = [:], apps: Set<AppID> = [], fees: FeeTable = FeeTable(),
        endpoint: String = "", sessionSeconds: Int64 = 300, maximumInFlight: Int = 256,
        exposureLimits: [String: Int64] = [:], isRetired: Bool = false, shops: [AppID: Shop] = [:],
        descriptionLimit: Int? = nil,
        breaker: CircuitBreaker.Settings = CircuitBreaker.Settings(), definition: ProviderDefinition? = nil
    ) {
        self.definition = definition
        isRemoved = false
        generation = 0
        self.exposureLimits = exposureLimits
        self.isRetired = isRetired
        self.shops = shops
        self.id = id
        self.environment = environment
        self.provider = provider
        var manifest = provider.manifest.limitingDescriptions(to: descriptionLimit)
        if let overrides {
            manifest.contract = overrides.applied(to: manifest.contract)
            if let facts = manifest.payout { manifest.payout?.contract = overrides.applied(to: facts.contract) }
            if let facts = manifest.refund { manifest.refund?.contract = overrides.applied(to: facts.contract) }
            if let facts = manifest.authorization {
                manifest.authorization?.contract = overrides.applied(to: facts.contract)
            }
        }
        self.manifest = manifest
        able = Set(MoneyOperation.allCases.filter { provider.can($0) })
        executesInLedger = provider is any LedgerExecuting
        canWithdraw = provider is any Withdrawing && manifest.contract.check != .none
        loggingIn = provider as? any AccessTokenIssuing
        let canAsk = provider is any CredentialProbing || (provider is any BalanceReporting && manifest.payout != nil)
        proof = loggingIn != nil ? .login : canAsk ? .question : .send
        self.limits = limits
        self.apps = apps
        self.fees = fees
        self.endpoint = endpoint
        self.sessionSeconds = sessionSeconds
        self.maximumInFlight = maximumInFlight
        breakerSettings = breaker
        state = ProviderLife(checksPerSecond: manifest.contract.checksPerSecond)
    }

    /// The same with another life, or as one that is not named any more.
    private init(_ other: ProviderRuntime, _ life: ProviderLife, generation: Int, isRemoved: Bool = false) {
        id = other.id
        environment = other.environment
        provider = other.provider
        manifest = other.manifest
        limits = other.limits
        apps = other.apps
        fees = other.fees
        shops = other.shops
        endpoint = other.endpoint
        sessionSeconds = other.sessionSeconds
        maximumInFlight = other.maximumInFlight
        exposureLimits = other.exposureLimits
        isRetired = other.isRetired || isRemoved
        self.isRemoved = isRemoved
        definition = other.definition
        loggingIn = other.loggingIn
        able = other.able
        executesInLedger = other.executesInLedger
        canWithdraw = other.canWithdraw
        proof = other.proof
        breakerSettings = other.breakerSettings
        state = life
        self.generation = generation
    }

    /// The same, not named any more: it finishes what it began.
    func removed() -> ProviderRuntime {
        isRemoved ? self : ProviderRuntime(self, state, generation: generation, isRemoved: true)
    }

    /// In the place of one of before at the same operator and account, with what is under way there.
    ///
    /// With other secrets its tokens are gone, and nothing is known against its credentials.
    func continuing(_ past: ProviderRuntime, hasSameSecrets: Bool) -> ProviderRuntime {
        let rate = manifest.contract.checksPerSecond
        let isOtherRate = rate != past.manifest.contract.checksPerSecond
        let generation = past.state.withLock { state in
            if isOtherRate { state.checks = TokenBucket(perSecond: rate) }
            guard !hasSameSecrets else { return past.generation }
            state.generation += 1
            return state.generation
        }
        return ProviderRuntime(self, past.state, generation: generation)
    }

    /// In the place of one of before that is another operator or account: only a drain holds for the id, and numbers of
    /// requests go on rising.
    func following(_ past: ProviderRuntime) -> ProviderRuntime {
        let (drain, sequence) = past.state.withLock { ($0.drain, $0.lastSequence) }
        state.withLock { ($0.drain, $0.lastSequence) = (drain, max($0.lastSequence, sequence)) }
        return self
    }

    /// Whether the provider implements an operation and declares its facts.
    package func can(_ operation: MoneyOperation) -> Bool { able.contains(operation) }

    package func contract(for operation: MoneyOperation) -> ProviderContract { manifest.contract(for: operation) }
    /// Within what the operator's references tell transactions apart.
    package func proofScope(for operation: MoneyOperation) -> ProofScope {
        ProofScope(
            kind: manifest.kind, account: manifest.account(for: operation),
            isUnique: manifest.operatorReferencesAreUnique)
    }

    package var connectionScope: ConnectionScope { ConnectionScope(owner: id.text) }

    /// The provider as routing sees it now.
    package func facts(at now: Moment, for operation: MoneyOperation = .collect) -> ProviderFacts {
        let credential = login(operation)
        let (isHealthy, balances, drain) = state.withLock {
            (
                ($0.breakers[operation.breaker]?.wouldAdmit(at: now) ?? true)
                    && ($0.gates[credential]?.wouldAdmit(at: now, by: proof) ?? true), $0.balances, $0.drain
            )
        }
        return ProviderFacts(
            id: id, environment: environment, manifest: manifest, canDo: can(operation), limits: limits,
            apps: apps, isHealthy: isHealthy, balances: balances.filter { $0.isFresh(at: now) }.map(\.balance),
            isRetired: isRetired, pause: drain.map { .draining($0) }, fees: fees)
    }

    /// That it takes no new orders; `nil` if it does.
    package var drain: ProviderDrain? { state.withLock { $0.drain } }

    /// Has it take no new orders, or take them again: nothing that is accepted looks at it.
    func setDrain(_ drain: ProviderDrain?) { state.withLock { $0.drain = drain } }

    /// How one of its operations stands.
    package func standing(_ operation: MoneyOperation) -> ProviderStanding {
        let credential = login(operation)
        return state.withLock { state in
            let breaker = state.breakers[operation.breaker]
            return ProviderStanding(
                breaker: breaker?.state ?? .closed, brokenSince: breaker?.brokenSince, nextTrial: breaker?.nextProbe,
                credentialsStoppedAt: state.gates[credential]?.stoppedAt, inFlight: state.inFlight,
                maximumInFlight: maximumInFlight)
        }
    }

    /// The state of the breaker for collections, for channels and metrics.
    package var breakerState: CircuitBreaker.State { state.withLock { $0.breakers[.collect]?.state ?? .closed } }

    /// Whether an operation would be let through now.
    func admits(_ operation: MoneyOperation, at now: Moment) -> Bool {
        let credential = login(operation)
        return state.withLock {
            $0.inFlight < maximumInFlight && $0.breakers[operation.breaker]?.wouldAdmit(at: now) ?? true
                && $0.gates[credential]?.wouldAdmit(at: now, by: proof) ?? true
        }
    }

    /// Begins an operation.
    ///
    /// Every `true` is followed by one ``finish(_:success:at:)`` or ``abandon(_:)``.
    func begin(_ operation: MoneyOperation, at now: Moment) -> Bool {
        let credential = login(operation)
        return state.withLock { state in
            let isAdmitted =
                state.inFlight < maximumInFlight
                && state.gates[credential]?.wouldAdmit(at: now, by: proof) ?? true
            guard
                isAdmitted,
                state.breakers[operation.breaker, default: CircuitBreaker(breakerSettings)].admit(at: now)
            else { return false }
            _ = state.gates[credential]?.admit(at: now, by: proof)
            state.inFlight += 1
            return true
        }
    }

    func finish(_ operation: MoneyOperation, success: Bool, at now: Moment) {
        state.withLock { state in
            state.inFlight -= 1
            state.breakers[operation.breaker]?.record(success: success, at: now)
            state.gates[login(operation)]?.released(at: now)
        }
    }

    /// Ends an operation that never reached the operator.
    func abandon(_ operation: MoneyOperation) {
        state.withLock { state in
            state.inFlight -= 1
            state.breakers[operation.breaker]?.abandon()
            state.gates[login(operation)]?.abandoned()
        }
    }

    /// Takes what the operator told about our money there.
    func learn(_ balance: Balance, at now: Moment) {
        state.withLock { state in
            let isSame: (KnownBalance) -> Bool = {
                $0.balance.channels == balance.channels
                    && $0.balance.available.currency == balance.available.currency
            }
            state.balances.removeAll(where: isSame)
            state.balances.append(KnownBalance(balance: balance, at: now))
        }
    }

    /// What is known of our money there, and since when.
    package var balances: [KnownBalance] { state.withLock { $0.balances } }

    /// The token of one of the provider's logins.
    package func tokens(_ login: LoginName) -> AccessTokenCache {
        let login = key(login)
        return state.withLock { state in
            if let keeper = state.tokens[login] { return keeper }
            let keeper = AccessTokenCache()
            state.tokens[login] = keeper
            return keeper
        }
    }

    /// Forgets a token that the operator refused.
    ///
    /// - Returns: Whether no newer one is there, or on its way.
    @discardableResult
    func invalidate(_ token: String?, for request: WireRequest) -> Bool {
        loggingIn.map { tokens($0.login(for: request)).invalidate(token) } ?? true
    }

    /// The credential that an operation's money requests carry.
    func credential(_ operation: MoneyOperation) -> LoginName { loggingIn?.login(for: operation) ?? .main }

    private func key(_ name: LoginName) -> ProviderLife.Login { .init(name: name, generation: generation) }
    private func login(_ operation: MoneyOperation) -> ProviderLife.Login { key(credential(operation)) }

    /// Changes what is known of a credential.
    func credential<Result>(_ name: LoginName, _ body: (inout CredentialGate) -> Result) -> Result {
        let login = key(name)
        return state.withLock { body(&$0.gates[login, default: CredentialGate()]) }
    }

    /// A login, or an authenticated question, that began at a moment succeeded.
    func credentialsProved(_ name: LoginName = .main, askedAt: Moment) {
        let login = key(name)
        state.withLock { $0.gates[login]?.proved(askedAt: askedAt) }
    }

    /// A money request that left at a moment was understood.
    func credentialsWorked(_ operation: MoneyOperation, sentAt: Moment, at now: Moment) {
        let credential = login(operation)
        state.withLock { $0.gates[credential]?.worked(sentAt: sentAt, at: now) }
    }

    /// A login, or an authenticated question, failed.
    func credentialsNotProved(_ name: LoginName = .main) {
        let login = key(name)
        state.withLock { $0.gates[login]?.failed() }
    }

    /// Whether a money request admitted at a moment may leave.
    func mayLeave(_ operation: MoneyOperation, sentAt: Moment) -> Bool {
        let credential = login(operation)
        return state.withLock { $0.gates[credential]?.mayLeave(sentAt: sentAt) ?? true }
    }

    /// The credentials whose sends are stopped, with the moment of their next harmless question; `nil` where only a money
    /// request can prove them.
    package var stoppedCredentials: [(name: LoginName, questionDue: Moment?)] {
        state.withLock { state in
            state.gates.compactMap { login, gate in
                guard login.generation == generation else { return nil }
                return gate.questionDue.map { (login.name, proof == .send ? nil : $0) }
            }
        }
    }

    /// A request with credentials, ready for one exchange.
    func sign(
        _ request: WireRequest, token: String?, at now: Moment, _ random: any RandomSource
    ) -> WireRequest {
        let sequence = state.withLock { state in
            state.lastSequence = max(state.lastSequence + 1, now.milliseconds)
            return state.lastSequence
        }
        let context = SigningContext(token: token, now: now, sequence: sequence, random: random.next())
        return provider.sign(request, context)
    }

    /// The number of the last request that was signed.
    var lastSequence: Int64 { state.withLock(\.lastSequence) }

    /// Checks that may be made now, within the operator's rate and beside those it has not answered yet.
    func checksAvailable(at now: Moment) -> Int {
        state.withLock { min($0.checks.available(at: now), Self.checksAtOnce - $0.checksUnderWay) }
    }
    func spendChecks(_ count: Int) { state.withLock { $0.checks.spend(count) } }
    /// When a check may be made again at the earliest.
    func nextCheck(after now: Moment) -> Moment {
        state.withLock { state in
            let token = state.checks.nextToken(after: now)
            guard state.checksUnderWay >= Self.checksAtOnce else { return token }
            return max(token, now.adding(milliseconds: Self.fullPoolMilliseconds))
        }
    }

    func beginCheck() { state.withLock { $0.checksUnderWay += 1 } }
    func endCheck() { state.withLock { $0.checksUnderWay -= 1 } }

    /// Begins to look up a number; a `true` is followed by ``endLookUp()``.
    func beginLookUp() -> Bool {
        state.withLock { state in
            guard state.lookUps < Self.lookUpsAtOnce else { return false }
            state.lookUps += 1
            return true
        }
    }

    func endLookUp() { state.withLock { $0.lookUps -= 1 } }

    /// Checks under way at which no more are begun: they have connections of their own beside the sends.
    static let checksAtOnce = 16
    /// Look-ups of numbers that may be under way at once.
    static let lookUpsAtOnce = 16
    /// How soon a full pool of checks is looked at again, in milliseconds.
    private static let fullPoolMilliseconds: Int64 = 100
}

/// What an operator told about our money there, and when.
package struct KnownBalance: Sendable, Hashable {
    package var balance: Balance
    package var at: Moment

    /// Older ones say nothing about whether a payout is covered.
    package static let freshSeconds: Int64 = 60

    package func isFresh(at now: Moment) -> Bool { now < at.adding(seconds: Self.freshSeconds) }
}

extension MoneyOperation {
    /// The operation whose breaker counts for this one.
    fileprivate var breaker: MoneyOperation {
        switch self {
        case .authorize: .collect
        case .void: .capture
        default: self
        }
    }
}
