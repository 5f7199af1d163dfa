import Router

/// Reading and changing wallets, for callers (their own) and for the command line (all).
struct WalletReader: Sendable {
    let store: any Store
    /// When limits are looked at.
    let time: any TimeSource

    /// A wallet with its figures; `nil` if what stands in a path names none.
    func standing(_ text: String?) async throws(Problem) -> WalletStanding? {
        guard let id = text.flatMap({ WalletID($0) }) else { return nil }
        do throws(StoreFailure) { return try await store.wallet(id, at: time.now) } catch {
            throw Problem(.unavailable, "the wallet cannot be read now")
        }
    }

    /// The wallet of a path, if it is the caller's; otherwise it does not exist for them.
    func own(_ request: APIRequest, _ caller: Caller) async throws(Problem) -> WalletStanding {
        try await own(request.parameters["id"], caller)
    }

    /// The same by its id.
    func own(_ id: String?, _ caller: Caller) async throws(Problem) -> WalletStanding {
        guard let standing = try await standing(id), standing.wallet.app == caller.app,
            standing.wallet.environment == caller.environment
        else { throw Problem(.notFound, "there is no such wallet") }
        return standing
    }

    /// Changes a wallet; what is as it shall be already is no fault.
    func change(_ id: WalletID, _ change: WalletChange) async throws(Problem) -> WalletStanding {
        let changed: WalletChanged
        do throws(StoreFailure) { changed = try await store.change(id, change, at: time.now) } catch {
            throw Problem(
                .unavailable, "whether the change was stored is not known; send it again", outcome: .unknown)
        }
        switch changed {
        case .done(let standing): return standing
        case .missing: throw Problem(.notFound, "there is no such wallet")
        case .notEmpty(let standing):
            let balance = standing.balance
            throw Problem(
                .walletNotEmpty,
                "\(id) has \(Money(balance.posted, balance.currency)), of which \(Money(balance.held, balance.currency)) "
                    + "is held; it must be empty",
                extra: [
                    ("wallet", .string(id.text)), ("posted", JSONValue(balance.posted)),
                    ("held", JSONValue(balance.held)),
                ])
        case .closed:
            if change == .close, let standing = try await standing(id.text) { return standing }
            throw Problem(
                .walletUnusable, "\(id) is closed, for good",
                extra: [("wallet", .string(id.text)), ("reason", .string(LedgerRefusal.Reason.closed.rawValue))])
        }
    }

    /// One page of wallets; without an app those of all apps.
    func list(
        _ text: String, app: AppID?, environment: PayEnvironment?, _ view: WalletView
    ) async throws(Problem) -> APIResponse {
        let parameters = try QueryParameters(text, allowed: Self.filters)
        return try await list(parameters, app: app, environment: environment, view)
    }

    /// The same for the command line, which may name an app and an environment.
    func listOfAll(_ text: String, _ view: WalletView) async throws(Problem) -> APIResponse {
        let parameters = try QueryParameters(text, allowed: Self.filters.union(["app", "environment"]))
        var app: AppID?
        if let name = parameters["app"] { app = try await AppNames(store: store).app(name).id }
        return try await list(
            parameters, app: app, environment: try parameters.choice("environment", PayEnvironment.self), view)
    }

    private static let filters: Set<String> = ["limit", "after", "reference", "owner", "state"]

    private func list(
        _ parameters: QueryParameters, app: AppID?, environment: PayEnvironment?, _ view: WalletView
    ) async throws(Problem) -> APIResponse {
        let limit = try parameters.limit()
        var query = WalletQuery(app: app, environment: environment, limit: limit + 1)
        query.now = time.now
        query.reference = parameters["reference"]
        query.owner = try parameters.choice("owner", Wallet.Owner.self)
        query.state = try parameters.choice("state", AccountBalance.State.self)
        query.after = try parameters.value("after", Cursor.expected) { Cursor.read($0) }
        let found: [WalletStanding]
        do throws(StoreFailure) { found = try await store.wallets(query) } catch {
            throw Problem(.unavailable, "wallets cannot be listed now")
        }
        let page = found.prefix(limit)
        let hasMore = found.count > limit
        return .json([
            "object": "list", "data": .array(page.map(view.json)), "has_more": .bool(hasMore),
            "next_cursor": hasMore ? JSONValue(page.last.map { Cursor.text($0.wallet.id.text) }) : .null,
        ])
    }
}
