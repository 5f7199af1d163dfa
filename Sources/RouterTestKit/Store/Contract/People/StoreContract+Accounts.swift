import Router

/// Accounts, their wallets and their sessions.
extension StoreContractSuite {
    func accounts(_ store: any Store, _ bench: inout Bench) async throws {
        let maker = PeopleMaker(bench.records)
        guard let phone = bench.records.phone() else { return bench.record("there are phone numbers", "none") }
        let anna = maker.account("anna", phone: phone, email: "Anna@example.com")
        bench.equal(try await store.account(anna.id), nil, "an account that is not there is nil")
        bench.equal(try await store.insert(anna, wallet: nil, challenges: []), .done, "an account is made")
        bench.equal(try await store.account(anna.id), anna, "... and comes back as it was made")
        bench.equal(try await store.account(named: anna.username), anna, "... by its user name")
        bench.equal(try await store.account(phone: phone), anna, "... by its phone")
        bench.equal(try await store.account(email: "aNNA@example.COM"), anna, "... and by its address, in any case")
        bench.equal(
            try await store.insert(maker.account("anna"), wallet: nil, challenges: []), .taken(.username),
            "a user name is one's")
        bench.equal(
            try await store.insert(maker.account(phone: phone), wallet: nil, challenges: []), .taken(.phone),
            "a confirmed phone is one's")
        bench.equal(
            try await store.insert(maker.account(email: "ANNA@example.com"), wallet: nil, challenges: []),
            .taken(.email),
            "a confirmed address is one's")
        var claimant = maker.account()
        (claimant.phone, claimant.email) = (.init(phone), .init("anna@example.com"))
        bench.equal(
            try await store.insert(claimant, wallet: nil, challenges: []), .done,
            "whoever has not confirmed them takes nothing away")
        bench.equal(try await store.account(phone: phone), anna, "... and is not found by them")

        let renamed = maker.changed(anna) { $0.name = "Anna B." }
        bench.equal(try await store.update(renamed, using: nil), .done, "an account is changed")
        bench.equal(try await store.account(anna.id), renamed, "... as it was handed in")
        bench.equal(
            try await store.update(maker.changed(anna) { $0.name = "C" }, using: nil), .conflict,
            "of two who change it at once, the second is told")
        let moved = maker.changed(renamed) { $0.phone = nil }
        bench.equal(try await store.update(moved, using: nil), .done, "a phone can be given up")
        bench.equal(try await store.account(phone: phone), nil, "... and is nobody's then")
        let confirmed = maker.changed(claimant) { $0.phone = .init(phone, confirmedAt: bench.records.base) }
        bench.equal(try await store.update(confirmed, using: nil), .done, "... until somebody confirms it")
        bench.equal(
            try await store.update(
                maker.changed(moved) { $0.phone = .init(phone, confirmedAt: bench.records.base) }, using: nil),
            .taken(.phone), "... who has it alone")
        bench.equal(
            try await store.update(maker.changed(maker.account()) { _ in }, using: nil), .conflict,
            "one that is not there is not changed")
        try await accountPages(store, maker, &bench)
    }

    private func accountPages(_ store: any Store, _ maker: PeopleMaker, _ bench: inout Bench) async throws {
        var made = try await store.accounts(after: nil, limit: 100)
        for _ in 0..<5 {
            let account = maker.account()
            bench.equal(
                try await store.insert(account, wallet: nil, challenges: []), .done,
                "accounts with other names are made")
            made.append(account)
        }
        made.sort { $0.id.text > $1.id.text }
        bench.equal(try await store.accounts(after: nil, limit: 100), made, "accounts are listed newest first")
        guard made.count > 4 else { return bench.record("every account is listed", "\(made.count)") }
        bench.equal(try await store.accounts(after: made[1].id, limit: 2), Array(made[2...3]), "... page by page")
    }

    func holdings(_ store: any Store, _ bench: inout Bench) async throws {
        let maker = PeopleMaker(bench.records)
        let (anna, ben) = (maker.account(), maker.account())
        let first = maker.ledger.wallet(owner: .holder)
        bench.equal(
            try await store.insert(anna, wallet: first, challenges: []), .done, "an account is made with its wallet")
        bench.equal(try await store.wallet(first.id)?.wallet, first, "... which is there")
        bench.equal(try await store.holder(of: first.id), anna.id, "... and is its own")
        let taken = maker.account(anna.username.text)
        let lost = maker.ledger.wallet(owner: .holder)
        bench.equal(
            try await store.insert(taken, wallet: lost, challenges: []), .taken(.username),
            "one that is refused is not made")
        bench.equal(try await store.wallet(lost.id), nil, "... nor its wallet")
        bench.equal(try await store.insert(ben, wallet: nil, challenges: []), .done, "an account is made without one")
        bench.equal(try await store.wallets(of: ben.id), [], "... and has none")
        let second = maker.ledger.wallet(owner: .holder)
        _ = try await store.insert(second)
        bench.equal(try await store.holder(of: second.id), nil, "a wallet can be nobody's yet")
        for _ in 0..<2 { try await store.hold([second.id, first.id], by: ben.id) }
        bench.equal(try await store.holder(of: second.id), ben.id, "a wallet becomes somebody's")
        bench.equal(try await store.holder(of: first.id), anna.id, "... but never another one's")
        bench.equal(try await store.wallets(of: ben.id), [second.id], "... and is listed once")
        let third = maker.ledger.wallet(owner: .holder)
        _ = try await store.insert(third)
        try await store.hold([third.id], by: ben.id)
        bench.equal(try await store.wallets(of: ben.id), [second.id, third.id], "wallets are listed in their order")
    }

    func signUps(_ store: any Store, _ bench: inout Bench) async throws {
        let maker = PeopleMaker(bench.records)
        let anna = maker.account()
        let codes = [maker.challenge(anna.id, .phoneConfirmation), maker.challenge(anna.id, .emailConfirmation)]
        bench.equal(
            try await store.insert(anna, wallet: nil, challenges: codes), .done, "an account is made with its codes")
        let late = bench.records.base.adding(seconds: 1_000_000_000)
        for code in codes {
            bench.equal(try await store.challenge(of: anna.id, for: code.purpose), code, "... which are there")
            bench.equal(try await store.judge(maker.use(code)), nil, "... and good")
        }
        var messages = try await store.messages(before: late, limit: 10)
        messages.sort { $0.number < $1.number }
        bench.equal(messages.map(\.content), codes.map { .challenge($0.id) }, "... each with its message")
        bench.equal(messages.map(\.account), [anna.id, anna.id], "... to whoever signed up")
        let rival = maker.account(anna.username.text)
        let lost = maker.challenge(rival.id, .phoneConfirmation)
        bench.equal(
            try await store.insert(rival, wallet: nil, challenges: [lost]), .taken(.username),
            "an account that is refused is not made")
        bench.equal(try await store.challenge(lost.id), nil, "... nor its codes")
        bench.equal(try await store.messages(before: late, limit: 10).count, 2, "... and nothing is sent")
    }

    func sessions(_ store: any Store, _ bench: inout Bench) async throws {
        let records = bench.records
        func session(_ end: Int64) -> AccountSession {
            AccountSession(
                hash: records.bytes(32...32), account: records.id(),
                realm: records.pick(AccountSession.Realm.allCases), generation: 3, createdAt: records.base,
                expiresAt: records.base.adding(seconds: end))
        }
        let (short, long) = (session(10), session(20))
        bench.equal(try await store.session(hash: short.hash), nil, "a session that is not there is nil")
        for one in [short, long] { try await store.insert(one) }
        bench.equal(try await store.session(hash: short.hash), short, "a session comes back as it began")
        try await store.forgetSessions(before: records.base.adding(seconds: 20))
        bench.equal(try await store.session(hash: short.hash), nil, "one that is over is forgotten")
        bench.equal(try await store.session(hash: long.hash), long, "... and no other")
        for _ in 0..<2 { try await store.end(session: long.hash) }
        bench.equal(try await store.session(hash: long.hash), nil, "a session is ended")
    }
}
