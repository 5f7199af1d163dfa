import Crypto
package import Router
import Synchronization

/// Makes and recognises API keys.
///
/// Only a keyed hash of a key is ever stored.
package final class KeyRing: AppLinks {
    private struct Known: Sendable {
        var key: AppKey
        var app: App
    }

    private let peppered: HMAC<SHA256>
    private let store: any AppStore
    private let time: any TimeSource
    private let known = RecentLookups<[UInt8], Known>()
    private let apps = RecentLookups<AppID, App?>()
    /// Keys that were asked for in vain.
    private let strangers = RecentLookups<[UInt8], Bool>()
    /// Hashes of all keys, so that guesses do not reach the store.
    private let memory = KeyMemory()
    /// What was refused, for the owners of apps.
    let refused = RefusedKeys()
    /// Whether a developer's app works in production only once it is linked to a business wallet.
    private let requiresWallet: Bool
    /// The fixed keys of the sandbox and their app; empty outside `serve --sandbox`.
    private let demo: Mutex<[[UInt8]: Caller]>

    /// The fixed secret key of the quick-start examples; taken only by `serve --sandbox`.
    package static let demoKey = "sk_sandbox_demo"
    /// The fixed publishable key of the quick-start examples; taken only by `serve --sandbox`.
    package static let demoPublishableKey = "pk_sandbox_demo"

    package init(_ keys: DataKeys, store: any AppStore, time: any TimeSource, requiresWallet: Bool = false) {
        self.requiresWallet = requiresWallet
        peppered = HMAC(key: keys[.apiKeys])
        self.store = store
        self.time = time
        demo = Mutex([:])
    }

    /// Accepts the demo keys for an app from now on.
    package func allowDemo(app: AppID, named name: String) {
        let callers = [
            hash(Self.demoKey): Caller(app: app, environment: .sandbox, role: .secret, shop: name),
            hash(Self.demoPublishableKey): Caller(
                app: app, environment: .sandbox, role: .publishable, shop: name),
        ]
        demo.withLock { $0 = callers }
    }

    /// A fresh key of 300 random bits, and the record to store.
    package func make(
        _ role: AppKey.Role, app: AppID, environment: PayEnvironment, at now: Moment, random: any RandomSource
    ) -> (text: String, record: AppKey) {
        let prefix = (role == .secret ? "sk_" : "pk_") + environment.rawValue + "_"
        return make(role, prefix, draws: 5, app, environment, at: now, random)
    }

    /// A fresh key for a static QR code in one currency, and the record to store.
    ///
    /// It is shorter than others, 180 random bits, so that its picture can be scanned from a distance.
    func makeQR(
        app: AppID, environment: PayEnvironment, currency: Currency, at now: Moment, random: any RandomSource
    ) -> (text: String, record: AppKey) {
        make(.qr, QRKey.prefix(environment, currency), draws: 3, app, environment, at: now, random)
    }

    private func make(
        _ role: AppKey.Role, _ prefix: String, draws: Int, _ app: AppID, _ environment: PayEnvironment, at now: Moment,
        _ random: any RandomSource
    ) -> (text: String, record: AppKey) {
        let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz")
        var body = ""
        for _ in 0..<draws {
            var bits = random.next()
            for _ in 0..<12 {
                body.append(alphabet[Int(bits & 31)])
                bits >>= 5
            }
        }
        let text = prefix + body
        let hash = hash(text)
        memory.add(hash)
        let record = AppKey(
            hash: hash, app: app, role: role, environment: environment, prefix: prefix + body.prefix(QRKey.shown),
            createdAt: now)
        refused.learn(record)
        return (text, record)
    }

    /// Learns which keys there are, so that a key that nobody has is refused without asking the store.
    ///
    /// Keys made later are made here, and known from then on.
    package func learn() async throws(StoreFailure) {
        var hashes: [[UInt8]] = []
        for app in try await store.apps() {
            for key in try await store.keys(of: app.id) {
                hashes.append(key.hash)
                refused.learn(key)
            }
        }
        memory.learn(hashes)
    }

    /// Whether a key is, or was, somebody's; found out without asking the store.
    func isFamiliar(_ text: String) -> Bool {
        let hash = hash(text)
        return demo.withLock { $0[hash] != nil } || memory.isFamiliar(hash)
    }

    /// What a key is good for.
    enum Standing: Sendable, Hashable {
        case valid(Caller)
        /// The key is right, but its app is disabled, or not active yet in the key's environment.
        case disabled
        /// Unknown, expired or revoked.
        case unknown
    }

    /// Who a key belongs to; `nil` for unknown, expired and revoked keys and for disabled apps alike.
    package func caller(_ text: String) async throws(StoreFailure) -> Caller? {
        guard case .valid(let caller) = try await standing(text) else { return nil }
        return caller
    }

    /// Who a key belongs to, and whether the app may do anything.
    func standing(_ text: String) async throws(StoreFailure) -> Standing {
        guard (10...128).contains(text.utf8.count) else { return .unknown }
        let hash = hash(text)
        if var caller = demo.withLock({ $0[hash] }) {
            guard let app = try await app(caller.app), app.isEnabled else { return .disabled }
            caller.defaultCountry = app.defaultCountry
            return .valid(caller)
        }
        let now = time.now
        if let cached = known.value(of: hash, at: now, within: Self.lookupMilliseconds) {
            return standing(cached, at: now)
        }
        let wasInVain = strangers.value(of: hash, at: now, within: Self.lookupMilliseconds) ?? false
        guard memory.isFamiliar(hash) || !(memory.isComplete || wasInVain) else {
            refused.addUnknown(text, at: now)
            return .unknown
        }
        let (lookup, vain) = (known.begin(at: now), strangers.begin(at: now))
        guard let (key, app) = try await store.key(hash: hash) else {
            strangers.keep(true, for: hash, vain)
            refused.addUnknown(text, at: now)
            return .unknown
        }
        memory.add(hash)
        let fresh = Known(key: key, app: app)
        known.keep(fresh, for: hash, lookup)
        return standing(fresh, at: now)
    }

    /// Whether an app may do anything: its keys, its payers' pages and its links work only then.
    ///
    /// What is under way at operators goes on being checked.
    func isEnabled(_ id: AppID) async throws(StoreFailure) -> Bool { try await app(id)?.isEnabled ?? false }

    /// The business wallet that an app is linked to, as it was at most a second ago.
    package func linkedWallet(of id: AppID) async throws(StoreFailure) -> WalletID? { try await app(id)?.wallet }

    /// An app, at most a second old.
    private func app(_ id: AppID) async throws(StoreFailure) -> App? {
        let now = time.now
        if let app = apps.value(of: id, at: now, within: Self.lookupMilliseconds) { return app }
        let lookup = apps.begin(at: now)
        let app = try await store.app(id)
        apps.keep(app, for: id, lookup)
        return app
    }

    /// ``isEnabled(_:)`` for callers who are told.
    func isOpen(_ id: AppID) async throws(Problem) -> Bool {
        do throws(StoreFailure) { return try await isEnabled(id) } catch {
            throw Problem(.unavailable, "the app cannot be looked up now")
        }
    }

    /// How long a lookup is good, so that a change counts within a second even if nobody called ``forget()``.
    private static let lookupMilliseconds: Int64 = 1_000

    /// Forgets what was looked up, so that a revocation counts at once.
    package func forget() {
        known.forget()
        apps.forget()
        strangers.forget()
    }

    /// Whether an app may do anything in an environment.
    func isActive(_ app: App, in environment: PayEnvironment) -> Bool {
        guard app.isEnabled else { return false }
        return !requiresWallet || environment == .sandbox || app.owner == nil || app.wallet != nil
    }

    private func standing(_ known: Known, at now: Moment) -> Standing {
        guard known.key.expiresAt.map({ now < $0 }) ?? true else {
            refused.add(.revoked, known.key, at: now)
            return .unknown
        }
        guard isActive(known.app, in: known.key.environment) else {
            refused.add(.disabled, known.key, at: now)
            return .disabled
        }
        return .valid(
            Caller(
                app: known.app.id, environment: known.key.environment, role: known.key.role,
                defaultCountry: known.app.defaultCountry, shop: known.app.name))
    }

    private func hash(_ text: String) -> [UInt8] {
        var code = peppered
        code.update(data: Array(text.utf8))
        return code.finalize().withUnsafeBytes { Array($0) }
    }
}
