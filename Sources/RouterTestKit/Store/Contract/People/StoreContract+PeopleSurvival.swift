import Router

/// Accounts, codes and bills after a restart.
extension StoreContractSuite {
    struct SurvivingPeople {
        var account: Account
        var wallet: WalletID
        var session: AccountSession
        var challenge: Challenge
        var bill: Bill
    }

    /// Makes one of everything.
    func peopleToSurvive(_ store: any Store, _ bench: inout Bench) async throws -> SurvivingPeople {
        let maker = PeopleMaker(bench.records)
        let account = maker.account(phone: bench.records.phone(), email: "a@example.com")
        let wallet = maker.ledger.wallet(owner: .holder)
        bench.equal(try await store.insert(account, wallet: wallet, challenges: []), .done, "an account is made")
        let session = AccountSession(
            hash: bench.records.bytes(32...32), account: account.id, generation: 1, createdAt: bench.records.base,
            expiresAt: bench.records.base.adding(seconds: 60))
        try await store.insert(session)
        var challenge = maker.challenge(account.id)
        _ = try await store.insert(challenge)
        _ = try await store.judge(maker.use(challenge) { $0.codeHash = [1] })
        challenge.tries = 1
        let bill = maker.bill(issuer: account.id)
        _ = try await store.insert(bill, using: nil)
        return SurvivingPeople(
            account: account, wallet: wallet.id, session: session, challenge: challenge, bill: bill)
    }

    func survived(_ people: SurvivingPeople, _ again: any Store, _ bench: inout Bench) async throws {
        bench.equal(try await again.account(people.account.id), people.account, "accounts survive")
        bench.equal(try await again.holder(of: people.wallet), people.account.id, "whose wallets are survives")
        bench.equal(try await again.session(hash: people.session.hash), people.session, "sessions survive")
        bench.equal(try await again.challenge(people.challenge.id), people.challenge, "codes survive, with their tries")
        bench.equal(
            try await again.message(about: people.challenge.id)?.state, .waiting, "messages that wait survive")
        bench.equal(try await again.bill(people.bill.id), people.bill, "bills survive")
    }
}
