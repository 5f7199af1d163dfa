package import Router

/// Statements that only changes of the platform need.
enum PlatformChanges {
    static let versionOfApp = Statement("SELECT version FROM apps WHERE id = $1")
    static let namesake = Statement("SELECT id FROM apps WHERE coalesce(owner, '') = $1 AND name = $2")
    static let appsOfOwner = Statement("SELECT count(*) FROM apps WHERE owner = $1")
    static let holderOfName = Statement("SELECT account, token_hash FROM people WHERE name = $1")
    static let endpointsOfApp = Statement(
        "SELECT count(*) FROM webhook_endpoints WHERE app = $1 AND environment = $2")
    static let nameOfAccount = Statement("SELECT name FROM people WHERE account = $1")
}

extension SQLiteStore {
    package func apply(_ change: PlatformChange) async throws(StoreFailure) -> PlatformChanged {
        var account: SealedAccount?
        if let write = change.account { account = try SealedAccount(write.account, sealer) }
        let app = try change.app.map { write throws(StoreFailure) in try Apps.sealed(write.app, sealer) } ?? nil
        let endpoint = try change.endpoint.map { write throws(StoreFailure) in try SealedEndpoint(write, sealer) }
        let configuration = try change.configuration.map { write throws(StoreFailure) in
            try SealedConfiguration(write, sealer)
        }
        let sealed = account
        let result = try await write({ connection in
            try connection.unit { try connection.apply(change, sealed, app, endpoint, configuration) }.mapError {
                StoreFailure($0)
            }
        }) { [endpoints] result in
            if case .success(.done) = result, let write = change.endpoint { endpoints.apply(write) }
        }
        return try result.get()
    }
}

/// What is written of a webhook endpoint; `nil` inside where it is deleted.
private struct SealedEndpoint: Sendable {
    let encoded: Endpoints.Encoded?

    init(_ write: PlatformChange.EndpointWrite, _ sealer: Sealer) throws(StoreFailure) {
        switch write {
        case .insert(let endpoint, _), .update(let endpoint): encoded = try Endpoints.Encoded(endpoint, sealer)
        case .delete: encoded = nil
        }
    }
}

extension WriterConnection {
    fileprivate func apply(
        _ change: PlatformChange, _ sealed: SealedAccount?, _ app: [UInt8]?, _ endpoint: SealedEndpoint?,
        _ configuration: SealedConfiguration?
    ) throws -> PlatformChanged {
        if let configuration, try !admits(configuration) { return .conflict }
        if let objection = try objection(to: change, sealed) { return objection }
        if let write = change.account, let sealed { try put(write, sealed) }
        if let use = change.use { try useUp(use, by: change.subject) }
        switch change.app {
        case .insert(let new, _): try self(Apps.insert).run { Apps.bind(new, app, &$0) }
        case .update(let changed): try self(Apps.update).run { Apps.bind(changed, app, &$0) }
        case nil: break
        }
        for key in change.newKeys { try self(AppKeys.insert).run { AppKeys.bind(key, &$0) } }
        for key in change.changedKeys { try self(AppKeys.update).run { AppKeys.bind(key, &$0) } }
        if let person = change.person { try put(person) }
        if let write = change.endpoint { try put(write, endpoint?.encoded) }
        if let configuration { try put(configuration) }
        for entry in change.audit { try append(entry) }
        return .done
    }
}

/// An account with what is written of it.
struct SealedAccount: Sendable {
    let account: Account
    let keys: PeopleAccounts.Keys
    let record: [UInt8]

    init(_ account: Account, _ sealer: Sealer) throws(StoreFailure) {
        self.account = account
        keys = PeopleAccounts.Keys(account, sealer)
        record = try sealer.sealed(AccountCoding.record(account))
    }
}

extension WriterConnection {
    /// Why nothing of a change is written; `nil` if all of it is.
    fileprivate func objection(to change: PlatformChange, _ sealed: SealedAccount?) throws -> PlatformChanged? {
        if let write = change.account, let sealed, let objection = try objection(to: write, sealed) {
            return objection
        }
        if let use = change.use, let refusal = try objection(to: use) { return .challenge(refusal) }
        if let write = change.app, let objection = try objection(to: write) { return objection }
        if let write = change.endpoint, let objection = try objection(to: write) { return objection }
        guard let person = change.person else { return nil }
        return try isAnothers(person) ? .personTaken : nil
    }

    private func objection(to write: PlatformChange.AccountWrite, _ sealed: SealedAccount) throws -> PlatformChanged? {
        let known = try account(sealed.account.id)?.version
        switch write {
        case .insert: break
        case .update: guard known == sealed.account.version - 1 else { return .conflict }
        case .delete: return known == sealed.account.version ? nil : .conflict
        }
        return try taken(by: sealed.account, sealed.keys).map { .taken($0) }
    }

    private func objection(to write: PlatformChange.AppWrite) throws -> PlatformChanged? {
        let app = write.app
        if case .update = write {
            let known = try self(PlatformChanges.versionOfApp).first({ $0.text(app.id.text) }) { $0.integer(0) }
            guard known == app.version - 1 else { return .conflict }
        }
        let namesake = try self(PlatformChanges.namesake).first({
            $0.text(app.owner?.text ?? "")
            $0.text(app.name)
        }) { $0.text(0) }
        if let namesake, namesake != app.id.text { return .appNameTaken }
        guard case .insert(_, let most?) = write, let owner = app.owner else { return nil }
        let count = try self(PlatformChanges.appsOfOwner).first({ $0.text(owner.text) }) { $0.integer(0) } ?? 0
        return count < Int64(most) ? nil : .tooManyApps
    }

    /// Whether a signer's name is another human's, or the human signs under another name already.
    private func isAnothers(_ person: Person) throws -> Bool {
        let known = try self(PlatformChanges.holderOfName).first({ $0.text(person.name) }) {
            (account: $0.optionalText(0), hash: $0.blob(1))
        }
        if let known, known.account != nil, known.account != person.account?.text { return true }
        guard let account = person.account else { return false }
        let name = try self(PlatformChanges.nameOfAccount).first({ $0.text(account.text) }) { $0.text(0) }
        return name.map { $0 != person.name } ?? false
    }

    private func objection(to write: PlatformChange.EndpointWrite) throws -> PlatformChanged? {
        switch write {
        case .insert(let endpoint, let most):
            let own = try self(PlatformChanges.endpointsOfApp).first({
                $0.text(endpoint.app.text)
                $0.text(endpoint.environment.rawValue)
            }) { $0.integer(0) }
            return own ?? 0 < Int64(most) ? nil : .tooManyEndpoints
        case .update(let endpoint): return try isThere(endpoint.id) ? nil : .noEndpoint
        case .delete(let id): return try isThere(id) ? nil : .noEndpoint
        }
    }

    private func isThere(_ endpoint: WebhookEndpointID) throws -> Bool {
        try self(Endpoints.place).first({ $0.text(endpoint.text) }) { _ in true } ?? false
    }

    private func put(_ write: PlatformChange.EndpointWrite, _ encoded: Endpoints.Encoded?) throws {
        switch write {
        case .insert:
            if let encoded { try self(Endpoints.insert).run { Endpoints.bind(encoded, &$0) } }
        case .update:
            if let encoded { try self(Endpoints.update).run { Endpoints.bind(encoded, &$0) } }
        case .delete(let id):
            try self(Deliveries.deleteOfEndpoint).run { $0.text(id.text) }
            try self(Endpoints.delete).run { $0.text(id.text) }
        }
    }

    fileprivate func put(_ account: PlatformChange.AccountWrite, _ sealed: SealedAccount) throws {
        switch account {
        case .insert(_, let challenges):
            try write(sealed.account, sealed.keys, sealed.record, by: PeopleAccounts.insert)
            try begin(challenges)
        case .update: try write(sealed.account, sealed.keys, sealed.record, by: PeopleAccounts.update)
        case .delete(let account):
            for statement in [Messages.deleteOfAccount, Challenges.deleteOfAccount, PeopleAccounts.delete] {
                try self(statement).run { $0.text(account.id.text) }
            }
        }
    }

    private func begin(_ challenges: [Challenge]) throws {
        for challenge in challenges {
            guard case .done = try insert(challenge, sealer.sealed(ChallengeCoding.record(challenge))) else {
                throw RecordFault("a new account began too many challenges")
            }
        }
    }

    /// Adds a signer, or replaces the one of its name.
    fileprivate func put(_ person: Person) throws {
        let isKnown =
            try self(PlatformChanges.holderOfName).first({ $0.text(person.name) }) { _ in true } ?? false
        try self(isKnown ? People.update : People.insert).run { People.bind(person, &$0) }
    }
}
