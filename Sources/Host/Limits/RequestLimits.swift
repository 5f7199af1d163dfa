package import Router
import Synchronization
package import WebText

/// The one limiter: who may call how often and how much at once, by app, key and address.
///
/// A call with a secret key counts against its app and nothing else, so that a stranger behind the same address takes
/// nothing from a shop; a call without one counts against its address, in the class of its route (``LimitClass``). All
/// tables are bounded, whatever comes.
package final class RequestLimits: Sendable {
    struct State: Sendable {
        var apps: KeyedLimiter<AppID>
        var underWay = ConcurrencyCount<AppID>()
        var keyless: [LimitClass: KeyedLimiter<ClientKey>]
        var checkoutKeys: KeyedLimiter<AppID>
        var failedKeys: KeyedLimiter<ClientKey>
        var parties: KeyedLimiter<AppID>
        var partyPrefixes: KeyedLimiter<PhonePrefix<AppID>>
        var phones: KeyedLimiter<ClientKey>
        var phonePrefixes: KeyedLimiter<PhonePrefix<ClientKey>>
        var holders: KeyedLimiter<AccountID>
        var holderPrefixes: KeyedLimiter<PhonePrefix<AccountID>>
        /// Numbers that a holder asked about within the last hour.
        var askedByHolders: KeyedLimiter<AskedNumber>
        var linkStreams = ConcurrencyCount<OrderID>()
        var clientStreams = ConcurrencyCount<ClientKey>()
        var streams = 0
    }

    let settings: LimitSettings
    /// Addresses of operators, by provider: their notifications are never limited.
    private let operatorRanges: Mutex<[ProviderID: [NetworkRange]]>
    let state: Mutex<State>
    private let time: any TimeSource
    private let random: any RandomSource
    private let observer: (any LimitObserver)?
    private let told = FirstTimes(limit: 256)
    /// What is said of the limits of an app that has none of its own.
    private let policy: String

    /// Begins with nothing used; what is used lies in memory only.
    ///
    /// - Parameters:
    ///   - settings: What callers may use.
    ///   - operators: The addresses that providers' notifications come from, where they are listed.
    ///   - time: The clock.
    ///   - random: Spreads `Retry-After`.
    ///   - observer: Hears of refusals.
    package init(
        _ settings: LimitSettings = LimitSettings(), operators: [ProviderID: [NetworkRange]] = [:],
        time: any TimeSource, random: any RandomSource = SystemRandom(), observer: (any LimitObserver)? = nil
    ) {
        self.settings = settings
        operatorRanges = Mutex(operators)
        self.time = time
        self.random = random
        self.observer = observer
        policy = Self.policy(settings.app)
        let now = time.now.microseconds
        func byClient(_ limit: RateLimit) -> KeyedLimiter<ClientKey> { KeyedLimiter(limit, at: now) }
        state = Mutex(
            State(
                apps: KeyedLimiter(Self.rate(settings.app), at: now),
                keyless: Dictionary(
                    uniqueKeysWithValues: LimitClass.allCases.map { ($0, byClient(settings.limit(of: $0))) }),
                checkoutKeys: KeyedLimiter(settings.checkoutKey, at: now), failedKeys: byClient(settings.failedKeys),
                parties: KeyedLimiter(settings.parties, at: now),
                partyPrefixes: KeyedLimiter(settings.partiesPerPrefix, at: now), phones: byClient(settings.phones),
                phonePrefixes: KeyedLimiter(settings.phonesPerPrefix, at: now),
                holders: KeyedLimiter(settings.phones, at: now),
                holderPrefixes: KeyedLimiter(settings.phonesPerPrefix, at: now),
                askedByHolders: KeyedLimiter(RateLimit(1, perSeconds: 3_600, burst: 1), at: now)))
    }

    /// Addresses of operators as they are configured now.
    var operators: [ProviderID: [NetworkRange]] { operatorRanges.withLock(\.self) }

    /// Takes other addresses of operators from now on.
    func replace(operators: [ProviderID: [NetworkRange]]) { operatorRanges.withLock { $0 = operators } }

    var now: Int64 { time.now.microseconds }

    /// What became of a call that asked to be let in.
    package enum Admission: Sendable {
        /// It may go on; the permit is released when it is answered, and the headers go on the answer.
        case granted(Permit, headers: [(name: String, value: String)])
        case refused(Problem)
    }

    /// Lets a call in, or says why not; called once for each call, before its body is read.
    ///
    /// - Parameters:
    ///   - route: What it leads to.
    ///   - caller: Whose key it has; `nil` if it has none.
    ///   - client: The address it comes from; empty if that is not known.
    ///   - provider: What stands in the place of `{provider}` in the path.
    /// - Returns: The permit to hold while it is answered, or the problem to answer with.
    package func admit(
        route: RouteTable.Entry, caller: Caller?, client: String, provider: String? = nil
    ) -> Admission {
        // A publishable key is public: whoever uses it is known by the address alone.
        if let caller, caller.role == .secret { return admit(caller.app) }
        let name = route.limit ?? .pages
        guard name != .callbacks else {
            return mayCallBack(client: client, provider: provider ?? "").map(Admission.refused)
                ?? .granted(Permit(), headers: [])
        }
        let (key, now) = (ClientKey(client), now)
        let reading = state.withLock { $0.keyless[name]?.spend(key, at: now) }
        guard let reading, !reading.isGranted else { return .granted(Permit(), headers: []) }
        let text = LimitText(
            reason: name.reason, who: "this address", what: "requests to \(name.about)", setting: name.rawValue)
        return .refused(refuse(text, key.shortened, settings.limit(of: name), reading))
    }

    private func admit(_ app: AppID) -> Admission {
        let own = settings.apps[app]
        let allowed = own ?? settings.app
        let rate = Self.rate(allowed)
        let now = now
        // Whoever finds no place at once has not used up anything.
        let (isInside, reading) = state.withLock { state -> (Bool, RateBucket.Reading?) in
            guard state.underWay.enter(app, limit: allowed.concurrent) else { return (false, nil) }
            let reading = state.apps.spend(app, at: now, own: own.map { _ in rate })
            if !reading.isGranted { state.underWay.leave(app) }
            return (reading.isGranted, reading)
        }
        guard let reading else {
            let text = LimitText(
                reason: .appConcurrency, who: "this app", what: "calls under way", setting: "app.concurrent",
                remedy: "wait for answers before you ask for more, or have the limit raised")
            tell(.appConcurrency, app.text)
            return .refused(text.problem(atOnce: allowed.concurrent, retryAfter: spread(1)))
        }
        guard isInside else {
            let text = LimitText(
                reason: .appRate, who: "this app", what: "calls", setting: "app.per_second",
                remedy: "wait for Retry-After seconds and spread calls, or have the limit raised")
            return .refused(refuse(text, app.text, rate, reading))
        }
        let permit = Permit { self.state.withLock { $0.underWay.leave(app) } }
        return .granted(
            permit,
            headers: RateLimitFields.granted(policy: own.map(Self.policy) ?? policy, reading))
    }

    private static func rate(_ app: LimitSettings.App) -> RateLimit { RateLimit(app.perSecond, burst: app.perSecond) }

    private static func policy(_ app: LimitSettings.App) -> String {
        RateLimitFields.policy(rate(app), concurrent: app.concurrent)
    }

    // MARK: Refusing

    /// Makes the problem of a used-up limit, and tells of it.
    func refuse(_ text: LimitText, _ who: String, _ limit: RateLimit, _ reading: RateBucket.Reading) -> Problem {
        tell(text.reason, who)
        let seconds = (reading.waitMicroseconds + 999_999) / 1_000_000
        return text.problem(limit, retryAfter: spread(seconds))
    }

    func tell(_ reason: LimitReason, _ who: String) {
        guard let observer else { return }
        observer.limited(reason, who: who, isFirst: told.isFirst("\(reason.rawValue) \(who)"))
    }

    /// At least so many seconds, and up to half as many more, so that not all come back at once.
    func spread(_ seconds: Int64) -> Int64 {
        let seconds = max(1, seconds)
        return seconds + Int64(random.next() % UInt64(max(1, seconds / 2) + 1))
    }
}

extension Moment {
    /// Microseconds since the epoch; the ends of time where there are none.
    var microseconds: Int64 {
        let (product, overflow) = milliseconds.multipliedReportingOverflow(by: 1_000)
        return overflow ? (milliseconds < 0 ? .min : .max) : product
    }
}

extension LimitClass {
    /// What its routes are, for people.
    var about: String {
        switch self {
        case .pages: "payers' and holders' pages"
        case .signUps: "sign up"
        case .checkout: "POST /checkout and /bill"
        case .qr: "QR codes"
        case .documentation: "the documentation"
        case .operations: "health and metrics"
        case .callbacks: "callbacks"
        }
    }
}

extension LimitSettings {
    /// The limit of a class, for each address.
    func limit(of name: LimitClass) -> RateLimit {
        switch name {
        case .pages: pages
        case .signUps: signUps
        case .checkout: checkout
        case .qr: qr
        case .documentation: documentation
        case .operations: operations
        case .callbacks: failedCallbacks
        }
    }
}
