package import People
package import Router

/// What holders of wallets can do, for their API and their pages alike.
///
/// What a holder wishes is made ready (``HolderOrder``), shown, agreed to with a code, and carried out: each step makes the
/// same order of the same wish, and a code allows that order only.
package struct HolderDesk: Sendable {
    package let engine: Engine
    package let people: People
    package let settings: HolderSettings
    /// The app that holders' wallets and orders belong to.
    package let app: AppID
    let fees: TransferFees
    let limits: RequestLimits?
    let billers: Billers
    /// Told that a message waits to be sent.
    let outbox: any MessageBell

    package init(
        engine: Engine, people: People, settings: HolderSettings, app: AppID, fees: TransferFees,
        limits: RequestLimits?, outbox: any MessageBell
    ) {
        self.engine = engine
        self.people = people
        self.settings = settings
        self.app = app
        self.fees = fees
        self.limits = limits
        self.outbox = outbox
        billers = Billers(engine: engine, limits: limits)
    }

    var store: any Store { engine.store }
    var now: Moment { engine.time.now }

    /// The channels that the holders' environment is served on.
    var channels: TransferInput.Channels { TransferInput.Channels(engine.served, settings.environment) }

    /// Runs something of the store; what fails there is no fault of the caller's.
    func stored<Value>(_ body: () async throws(StoreFailure) -> Value) async throws(Problem) -> Value {
        do throws(StoreFailure) { return try await body() } catch {
            engine.observer.record(.storeFailed(error))
            throw Problem(.unavailable, "this cannot be looked up now; nothing was changed")
        }
    }

    /// The same where something is changed.
    func changed<Value>(_ body: () async throws(StoreFailure) -> Value) async throws(Problem) -> Value {
        do throws(StoreFailure) { return try await body() } catch {
            engine.observer.record(.storeFailed(error))
            throw Problem(.unavailable, "whether this was stored is not known; look again", outcome: .unknown)
        }
    }

    /// The holder's wallets with their figures, in the order in which they became theirs.
    func wallets(of account: Account) async throws(Problem) -> [WalletStanding] {
        try await stored { () async throws(StoreFailure) in
            var found: [WalletStanding] = []
            for id in try await store.wallets(of: account.id) {
                if let standing = try await store.wallet(id, at: now) { found.append(standing) }
            }
            return found
        }
    }

    /// The wallet that a holder means: the one that is named, else the first in the currency, else the first.
    func wallet(
        of account: Account, named id: String?, currency: Currency? = nil, at pointer: String = "/wallet"
    ) async throws(Problem) -> WalletStanding {
        let all = try await wallets(of: account)
        if let id {
            guard let found = all.first(where: { $0.wallet.id.text == id }) else {
                throw Problem(
                    .walletUnusable, "this is no wallet of yours",
                    errors: [
                        JSONIssue(pointer: pointer, code: "wallet", detail: "expected one that GET /v1/wallet lists")
                    ])
            }
            return found
        }
        let open = all.filter { $0.balance.state != .closed }
        let fitting = currency.map { code in open.filter { $0.wallet.currency == code } } ?? open
        guard let first = fitting.first else {
            let code = currency.map { " in \($0.code)" } ?? ""
            throw Problem(.walletUnusable, "you have no open wallet\(code)")
        }
        return first
    }
}

/// Told that a message waits, and asked what became of it.
package protocol MessageBell: Sendable {
    /// Quick, never blocks.
    func ring()
    /// Waits until a challenge's message was handed to its gateway, but not long.
    ///
    /// - Returns: Whether it was.
    func delivered(_ challenge: ChallengeID) async -> Bool
}
