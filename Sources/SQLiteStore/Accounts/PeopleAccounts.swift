package import Router

/// Statements and rows of people's accounts.
enum PeopleAccounts {
    static let insert = Statement(
        "INSERT INTO people_accounts (username, phone, email, version, sealed, id) VALUES ($1, $2, $3, $4, $5, $6)")
    static let update = Statement(
        "UPDATE people_accounts SET username = $1, phone = $2, email = $3, version = $4, sealed = $5 WHERE id = $6")
    static let get = Statement("SELECT id, sealed FROM people_accounts WHERE id = $1")
    static let named = Statement("SELECT id, sealed FROM people_accounts WHERE username = $1")
    static let ofPhone = Statement("SELECT id, sealed FROM people_accounts WHERE phone = $1")
    static let ofEmail = Statement("SELECT id, sealed FROM people_accounts WHERE email = $1")
    static let page = Statement("SELECT id, sealed FROM people_accounts WHERE id < $1 ORDER BY id DESC LIMIT $2")

    /// Those that have confirmed neither number nor address; whether they wait to be activated stands in the sealed part.
    static let withoutEmail = Statement(
        "SELECT id, sealed FROM people_accounts WHERE email IS NULL AND phone IS NULL AND id > $1 ORDER BY id LIMIT $2")
    static let delete = Statement("DELETE FROM people_accounts WHERE id = $1")

    static func account(_ row: StatementRow, _ sealer: Sealer) throws -> Account {
        try AccountCoding.account(sealer.opened(row.blob(1)), id: try row.id(0))
    }

    /// What an account is found by without being readable; only what was confirmed.
    struct Keys: Sendable {
        let phone: [UInt8]?
        let email: [UInt8]?

        init(_ account: Account, _ sealer: Sealer) {
            phone = account.confirmedPhone.map { Self.key($0, sealer) }
            email = account.confirmedEmail.map { Self.key(email: $0, sealer) }
        }

        /// Not the fingerprint by which orders are found by phone: the two would tell who pays how much.
        static func key(_ phone: MSISDN, _ sealer: Sealer) -> [UInt8] {
            sealer.blindIndex("account\u{1F}\(phone.e164)")
        }

        static func key(email: String, _ sealer: Sealer) -> [UInt8] {
            sealer.blindIndex("account\u{1F}\(email.lowercased())")
        }
    }
}

extension WriterConnection {
    func account(_ id: AccountID) throws -> Account? {
        try self(PeopleAccounts.get).first({ $0.text(id.text) }) { try PeopleAccounts.account($0, sealer) }
    }

    /// Who has already what an account wants for itself.
    func taken(by account: Account, _ keys: PeopleAccounts.Keys) throws -> AccountChanged.Taken? {
        func isAnothers(_ statement: Statement, _ bind: (inout Binder) -> Void) throws -> Bool {
            let found = try self(statement).first(bind) { $0.text(0) }
            return found != nil && found != account.id.text
        }
        if try isAnothers(PeopleAccounts.named, { $0.text(account.username.text) }) { return .username }
        if let phone = keys.phone, try isAnothers(PeopleAccounts.ofPhone, { $0.blob(phone) }) { return .phone }
        if let email = keys.email, try isAnothers(PeopleAccounts.ofEmail, { $0.blob(email) }) { return .email }
        return nil
    }

    func write(_ account: Account, _ keys: PeopleAccounts.Keys, _ sealed: [UInt8], by statement: Statement) throws {
        try self(statement).run {
            $0.text(account.username.text)
            $0.blob(keys.phone)
            $0.blob(keys.email)
            $0.integer(account.version)
            $0.blob(sealed)
            $0.text(account.id.text)
        }
    }
}

extension SQLiteStore {
    package func insert(
        _ account: Account, wallet: Wallet?, challenges: [Challenge]
    ) async throws(StoreFailure) -> AccountChanged {
        let keys = PeopleAccounts.Keys(account, sealer)
        let sealed = try sealer.sealed(AccountCoding.record(account))
        let sealedWallet = try sealer.sealed(wallet.map { WalletCoding.record($0) })
        var sealedChallenges: [(Challenge, [UInt8])] = []
        for challenge in challenges {
            sealedChallenges.append((challenge, try sealer.sealed(ChallengeCoding.record(challenge))))
        }
        let begun = sealedChallenges
        return try await writeUnit { connection in
            if let taken = try connection.taken(by: account, keys) { return .taken(taken) }
            try connection.write(account, keys, sealed, by: PeopleAccounts.insert)
            if let wallet, let sealedWallet {
                guard case .done = try connection.insert(wallet, sealedWallet) else {
                    throw RecordFault("a new account's wallet is there already")
                }
                try connection.hold([wallet.id], by: account.id)
            }
            for (challenge, sealed) in begun {
                guard case .done = try connection.insert(challenge, sealed) else {
                    throw RecordFault("a new account began too many challenges")
                }
            }
            return .done
        }
    }

    package func update(_ account: Account, using use: ChallengeUse?) async throws(StoreFailure) -> AccountChanged {
        let keys = PeopleAccounts.Keys(account, sealer)
        let sealed = try sealer.sealed(AccountCoding.record(account))
        return try await writeUnit { connection in
            guard try connection.account(account.id)?.version == account.version - 1 else { return .conflict }
            if let taken = try connection.taken(by: account, keys) { return .taken(taken) }
            if let use {
                if let refusal = try connection.objection(to: use) { return .challenge(refusal) }
                try connection.useUp(use, by: account.id.text)
            }
            try connection.write(account, keys, sealed, by: PeopleAccounts.update)
            return .done
        }
    }

    package func account(_ id: AccountID) async throws(StoreFailure) -> Account? {
        try await account(PeopleAccounts.get) { $0.text(id.text) }
    }

    package func account(named name: Username) async throws(StoreFailure) -> Account? {
        try await account(PeopleAccounts.named) { $0.text(name.text) }
    }

    package func account(phone: MSISDN) async throws(StoreFailure) -> Account? {
        let key = PeopleAccounts.Keys.key(phone, sealer)
        return try await account(PeopleAccounts.ofPhone) { $0.blob(key) }
    }

    package func account(email: String) async throws(StoreFailure) -> Account? {
        let key = PeopleAccounts.Keys.key(email: email, sealer)
        return try await account(PeopleAccounts.ofEmail) { $0.blob(key) }
    }

    package func accounts(after: AccountID?, limit: Int) async throws(StoreFailure) -> [Account] {
        let sealer = sealer
        return try await reader.read { connection in
            try connection(PeopleAccounts.page).all({
                $0.text(after?.text ?? "acd")
                $0.integer(Int64(max(0, limit)))
            }) { try PeopleAccounts.account($0, sealer) }
        }
    }

    package func abandonedAccounts(at now: Moment, limit: Int) async throws(StoreFailure) -> [Account] {
        let (sealer, size) = (sealer, 200)
        var (found, last): ([Account], String) = ([], "")
        while found.count < limit {
            let after = last
            let page = try await reader.read { connection in
                try connection(PeopleAccounts.withoutEmail).all({
                    $0.text(after)
                    $0.integer(Int64(size))
                }) { try PeopleAccounts.account($0, sealer) }
            }
            found += page.filter { $0.isAbandoned(at: now) }
            guard page.count == size, let end = page.last?.id.text else { break }
            last = end
        }
        return Array(found.prefix(max(0, limit)))
    }

    private func account(
        _ statement: Statement, _ bind: @escaping @Sendable (inout Binder) -> Void
    ) async throws(StoreFailure) -> Account? {
        let sealer = sealer
        return try await reader.read { connection in
            try connection(statement).first(bind) { try PeopleAccounts.account($0, sealer) }
        }
    }
}
