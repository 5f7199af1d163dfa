import Router

/// Accounts that nobody activated, and their end.
extension StoreContractSuite {
    func abandoned(_ store: any Store, _ bench: inout Bench) async throws {
        let maker = PeopleMaker(bench.records)
        let base = bench.records.base
        func waiting(after seconds: Int64, _ change: (inout Account) -> Void = { _ in }) async throws -> Account {
            var account = maker.unconfirmed(at: base.adding(seconds: seconds))
            change(&account)
            _ = try await store.insert(
                account, wallet: nil, challenges: [maker.challenge(account.id, .emailConfirmation)])
            return account
        }
        var old = [try await waiting(after: 0), try await waiting(after: 1)]
        old.sort { $0.id.text < $1.id.text }
        let young = try await waiting(after: 2)
        let others = [
            try await waiting(after: 0) { $0.state = .active }, try await waiting(after: 0) { $0.state = .disabled },
            try await waiting(after: 0) { $0.roles.insert(.support) },
        ]
        let now = base.adding(seconds: Account.activationSeconds + 1)
        bench.equal(try await store.abandonedAccounts(at: now, limit: 9), old, "who was not activated in time is found")
        bench.equal(try await store.abandonedAccounts(at: now, limit: 1), [old[0]], "... so many at most")
        bench.equal(try await store.abandonedAccounts(at: base, limit: 9), [], "... and nobody before the time")

        let activated = maker.changed(old[0]) {
            $0.state = .active
            $0.email = $0.email.map { .init($0.value, confirmedAt: now) }
        }
        bench.equal(try await store.update(activated, using: nil), .done, "somebody is activated in the last moment")
        let lines = try await store.audit(AuditQuery(limit: 100)).count
        bench.equal(try await delete(old[0], store, maker), .conflict, "... and is not deleted any more")
        bench.equal(try await store.account(activated.id), activated, "... but stays as it is")
        bench.equal(try await store.audit(AuditQuery(limit: 100)).count, lines, "... and nothing is told")
        let code = try await store.challenge(of: old[1].id, for: .emailConfirmation)
        bench.equal(try await delete(old[1], store, maker), .done, "whoever was not is deleted")
        bench.equal(try await store.account(old[1].id), nil, "... and is not there any more")
        if let code {
            bench.equal(try await store.challenge(code.id), nil, "... nor is the code")
            bench.equal(try await store.message(about: code.id), nil, "... nor its message")
        } else {
            bench.record("a new account has its code", "none")
        }
        bench.equal(try await store.audit(AuditQuery(limit: 100)).count, lines + 1, "... which is told")
        bench.equal(try await delete(old[1], store, maker), .conflict, "nobody is deleted twice")
        bench.equal(
            try await store.insert(maker.account(old[1].username.text), wallet: nil, challenges: []), .done,
            "the name is free")
        for account in others + [young] {
            bench.equal(try await store.account(account.id), account, "others stay")
        }
    }

    private func delete(_ account: Account, _ store: any Store, _ maker: PeopleMaker) async throws -> PlatformChanged {
        var change = PlatformChange(maker.auditEntry())
        change.account = .delete(account)
        return try await store.apply(change)
    }
}
