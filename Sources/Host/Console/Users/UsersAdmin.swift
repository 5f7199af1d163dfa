import People
import Router

/// Accounts of staff and developers, for the command line; on the control socket only.
struct UsersAdmin: Sendable {
    let store: any Store
    /// Makes keys and hashes; `nil` where nothing can be made, because the installation's keys are not at hand.
    let people: People
    let publicURL: String
    let time: any TimeSource

    private var signers: Signers { Signers(store: store, time: time) }

    func register(in routes: inout RouteTable) {
        routes.open("GET", "/users") { request throws(Problem) in try await list(request) }
        routes.open("POST", "/users") { request throws(Problem) in
            try await make(try JSONBody.decode(NewUser.self, try JSONBody.object(request)))
        }
        routes.open("GET", "/users/{name}") { request throws(Problem) in
            .json(try await json(try await user(request)))
        }
        routes.open("POST", "/users/{name}/roles") { request throws(Problem) in
            let input = try JSONBody.decode(RolesInput.self, try JSONBody.object(request))
            return try await setRoles(input, of: try await user(request))
        }
        for (action, state) in [("disable", .disabled), ("enable", .active)] as [(String, Account.State)] {
            routes.open("POST", "/users/{name}/\(action)") { request throws(Problem) in
                try await setState(state, of: try await user(request))
            }
        }
        routes.open("POST", "/users/{name}/password-link") { request throws(Problem) in
            try await link(try await user(request))
        }
        routes.open("POST", "/users/{name}/remove-second-factor") { request throws(Problem) in
            let user = try await user(request)
            // Half set up is taken away as well.
            guard user.secondFactor != nil else {
                throw Problem(
                    .limitReached,
                    "\(user.username) has no second factor, so nothing was changed; `payrouter users password-link` helps "
                        + "whoever cannot sign in")
            }
            return .json(
                try await json(
                    try await change(user, .secondFactorRemoved, nil) { account in
                        account.secondFactor = nil
                        account.generation += 1
                    }))
        }
    }

    /// The body of a new account.
    private struct NewUser: Decodable {
        var name: String
        var email: String
        var username: String?
        var roles: [AccountRole]
        /// The name of `payrouter people` that the same human signs under.
        var person: String?
    }

    private struct RolesInput: Decodable {
        var roles: [AccountRole]
        var person: String?
    }

    private func line(
        _ action: AuditAction, _ account: Account, _ before: JSONValue?, _ after: JSONValue?
    ) -> AuditEntry {
        AuditEntry(
            at: time.now, .commandLine(person: nil), action, .init(.account, account.id.text), before: before,
            after: after)
    }

    private func list(_ request: APIRequest) async throws(Problem) -> APIResponse {
        let query = try QueryParameters(request.query, allowed: ["limit", "after"])
        let limit = try query.limit()
        let after = try query.value("after", Cursor.expected) { (text: String) -> AccountID? in Cursor.read(text) }
        let found = try await stored { () async throws(StoreFailure) in
            try await store.accounts(after: after, limit: limit + 1)
        }
        var data: [JSONValue] = []
        for account in found.prefix(limit) { data.append(try await json(account)) }
        let hasMore = found.count > limit
        return .json([
            "object": "list", "data": .array(data), "has_more": .bool(hasMore),
            "next_cursor": hasMore ? JSONValue(found.prefix(limit).last.map { Cursor.text($0.id.text) }) : .null,
        ])
    }

    /// The account that a path names, by user name, confirmed e-mail address or id.
    private func user(_ request: APIRequest) async throws(Problem) -> Account {
        let text = request.parameters["name"] ?? ""
        let found = try await stored { () async throws(StoreFailure) -> Account? in
            if let id = AccountID(text) { return try await store.account(id) }
            return try await people.account(called: text)
        }
        guard let found else {
            throw Problem(.notFound, "there is no account \"\(text)\"; `payrouter users list` shows them")
        }
        return found
    }

    private func make(_ input: NewUser) async throws(Problem) -> APIResponse {
        var checks = InputChecks()
        checks.words(input.name, 100, "/name")
        checks.email(input.email, "/email")
        let username = input.username.flatMap { Username($0) }
        checks.check(input.username == nil || username != nil, "/username", "must have \(Username.form)")
        try checks.done()
        let roles = Set(input.roles)
        var draft = Account(
            id: AccountID(at: time.now, from: SystemRandom()),
            username: try await chosen(username, input.email), name: input.name, passwordHash: "",
            createdAt: time.now)
        draft.roles = roles
        let person = try await signers.person(for: draft, roles: roles, named: input.person)
        let made = try await stored { () async throws(StoreFailure) in
            try await people.make(
                name: input.name, username: draft.username, email: input.email, roles: roles, signing: person
            ) { account in
                line(.accountMade, account, nil, ["roles": .array(roles.sorted().map { .string($0.rawValue) })])
            }
        }
        switch made {
        case .done(let account, let challenge, let key):
            return .json(try await json(account, link: Self.link(publicURL, challenge, key)), status: 201)
        case .refused(.taken(.email)):
            throw Problem(
                .contactTaken, "another account has confirmed this address; `payrouter users roles` gives it roles")
        case .refused(.taken):
            throw Problem(.usernameTaken, "another account has this user name; choose another with --username")
        case .refused: throw Problem(.limitReached, "the name under which findings are signed is another person's")
        }
    }

    /// The user name that was chosen, or one made of the address.
    private func chosen(_ username: Username?, _ email: String) async throws(Problem) -> Username {
        if let username { return username }
        return try await stored { () async throws(StoreFailure) in try await people.freshUsername(for: email) }
    }

    private func setRoles(_ input: RolesInput, of user: Account) async throws(Problem) -> APIResponse {
        let roles = Set(input.roles)
        let person = try await signers.person(for: user, roles: roles, named: input.person)
        let changed = try await change(user, .rolesChanged, person) { account in
            if !account.roles.isSubset(of: roles) { account.generation += 1 }
            account.roles = roles
        }
        return .json(try await json(changed))
    }

    private func setState(_ state: Account.State, of user: Account) async throws(Problem) -> APIResponse {
        let person = try await signers.person(for: user, roles: state == .active ? user.roles : [], named: nil)
        let changed = try await change(user, state == .active ? .accountEnabled : .accountDisabled, person) { account in
            if account.state != state, state == .disabled { account.generation += 1 }
            account.state = state
        }
        return .json(try await json(changed))
    }

    /// A link with which somebody who is locked out chooses a password.
    private func link(_ user: Account) async throws(Problem) -> APIResponse {
        let begun = try await stored { () async throws(StoreFailure) in try await people.beginPasswordLink(user) }
        guard let begun else {
            throw Problem(.rateLimited, "too many links and codes were made for this account; try again in an hour")
        }
        return .json(try await json(user, link: Self.link(publicURL, begun.challenge, begun.key)), status: 201)
    }

    private func change(
        _ user: Account, _ action: AuditAction, _ person: Person?, _ body: (inout Account) -> Void
    ) async throws(Problem) -> Account {
        let result = try await stored { () async throws(StoreFailure) in
            try await people.change(
                user.id, person: person,
                audit: { before, after in
                    let (old, new) = AccountTrail.difference(before, after)
                    return line(action, after, old, new)
                }
            ) { account in
                let before = account
                body(&account)
                return account != before
            }
        }
        guard case .done(let account) = result else {
            throw Problem(.limitReached, "the name under which findings are signed is another person's")
        }
        return account
    }

    private static func link(_ publicURL: String, _ challenge: ChallengeID, _ key: String) -> String {
        "\(publicURL)/console/reset?c=\(challenge)&k=\(key)"
    }

    private func stored<Value>(_ body: () async throws(StoreFailure) -> Value) async throws(Problem) -> Value {
        do throws(StoreFailure) { return try await body() } catch {
            throw Problem(.unavailable, "accounts cannot be read or changed now: \(error)")
        }
    }

    private func json(_ account: Account, link: String? = nil) async throws(Problem) -> JSONValue {
        var object = HoldersAdmin.json(account).objectValue ?? JSONObject()
        object["object"] = "user"
        object["roles"] = .array(account.roles.sorted().map { .string($0.rawValue) })
        object["second_factor"] = .bool(account.hasSecondFactor)
        object["signs_as"] = JSONValue(try await signers.name(of: account))
        if let link { object["password_link"] = .string(link) }
        return .object(object)
    }
}
