import Router

/// Holders of wallets, for the command line; on the control socket only.
struct HoldersAdmin: Sendable {
    let store: any Store
    let tokens: PersonTokens
    let time: any TimeSource

    func register(in routes: inout RouteTable) {
        routes.open("GET", "/holders") { request throws(Problem) in try await list(request) }
        routes.open("GET", "/holders/{name}") { request throws(Problem) in
            .json(try await whole(try await account(request)))
        }
        for (name, state) in [("disable", .disabled), ("enable", .active)] as [(String, Account.State)] {
            routes.open("POST", "/holders/{name}/\(name)") { request throws(Problem) in
                .json(Self.json(try await changed(try await account(request)) { $0.set(state) }))
            }
        }
        routes.open("POST", "/holders/{name}/phone") { request throws(Problem) in
            try await PhoneReplacement(admin: self).sign(request)
        }
    }

    /// The account that a path names, by its user name or its id.
    func account(_ request: APIRequest) async throws(Problem) -> Account {
        let text = request.parameters["name"] ?? ""
        let found = try await stored { () async throws(StoreFailure) -> Account? in
            if let id = AccountID(text) { return try await store.account(id) }
            guard let name = Username(text) else { return nil }
            return try await store.account(named: name)
        }
        guard let found else {
            throw Problem(.notFound, "there is no holder \"\(text)\"; `payrouter holders list` shows them")
        }
        return found
    }

    /// Changes an account, again if somebody else was quicker.
    func changed(_ account: Account, _ body: (inout Account) -> Void) async throws(Problem) -> Account {
        var account = account
        for _ in 0..<20 {
            let known = account
            body(&account)
            guard account != known else { return known }
            account.version += 1
            let next = account
            switch try await stored({ () async throws(StoreFailure) in try await store.update(next, using: nil) }) {
            case .done: return next
            case .taken(let what):
                throw Problem(.contactTaken, "another account has this \(what.rawValue) already")
            case .conflict, .challenge:
                account =
                    try await stored { () async throws(StoreFailure) in try await store.account(next.id) } ?? known
            }
        }
        throw Problem(.unavailable, "the account changes too often; try again")
    }

    func stored<Value>(_ body: () async throws(StoreFailure) -> Value) async throws(Problem) -> Value {
        do throws(StoreFailure) { return try await body() } catch {
            throw Problem(.unavailable, "accounts cannot be read or changed now: \(error)")
        }
    }

    private func list(_ request: APIRequest) async throws(Problem) -> APIResponse {
        let query = try QueryParameters(request.query, allowed: ["limit", "after"])
        let limit = try query.limit()
        let after = try query.value("after", Cursor.expected) { (text: String) -> AccountID? in Cursor.read(text) }
        let found = try await stored { () async throws(StoreFailure) in
            try await store.accounts(after: after, limit: limit + 1)
        }
        let hasMore = found.count > limit
        return .json([
            "object": "list", "data": .array(found.prefix(limit).map(Self.json)), "has_more": .bool(hasMore),
            "next_cursor": hasMore ? JSONValue(found.prefix(limit).last.map { Cursor.text($0.id.text) }) : .null,
        ])
    }

    /// An account with its wallets.
    private func whole(_ account: Account) async throws(Problem) -> JSONValue {
        let wallets = try await stored { () async throws(StoreFailure) in try await store.wallets(of: account.id) }
        var object = Self.json(account).objectValue ?? JSONObject()
        object["wallets"] = .array(wallets.map { .string($0.text) })
        return .object(object)
    }

    /// An account for people of the platform: nothing that lets somebody in, and contacts masked.
    static func json(_ account: Account) -> JSONValue {
        [
            "id": .string(account.id.text), "object": "holder", "username": .string(account.username.text),
            "name": .string(account.name), "state": .string(account.state.rawValue),
            "phone": JSONValue(account.phone?.value.masked), "phone_confirmed": .bool(account.confirmedPhone != nil),
            "email": JSONValue(account.email.map { HolderView.masked(email: $0.value) }),
            "email_confirmed": .bool(account.confirmedEmail != nil), "language": JSONValue(account.language),
            "created_at": .string(account.createdAt.description),
        ]
    }
}

extension Account {
    /// Lets it sign in, or not; who may not is signed out everywhere.
    fileprivate mutating func set(_ state: State) {
        guard self.state != state else { return }
        self.state = state
        if state == .disabled { generation += 1 }
    }
}
