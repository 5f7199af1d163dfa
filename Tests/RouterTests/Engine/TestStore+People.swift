import Router
import RouterTestKit

/// Accounts, codes and bills, handed on to the kit's store.
extension TestStore {
    func insert(
        _ account: Account, wallet: Wallet?, challenges: [Challenge]
    ) async throws(StoreFailure) -> AccountChanged {
        try await pass { store throws(StoreFailure) in
            try await store.insert(account, wallet: wallet, challenges: challenges)
        }
    }

    func update(_ account: Account, using use: ChallengeUse?) async throws(StoreFailure) -> AccountChanged {
        try await pass { store throws(StoreFailure) in try await store.update(account, using: use) }
    }

    func account(_ id: AccountID) async throws(StoreFailure) -> Account? {
        try await pass { store throws(StoreFailure) in try await store.account(id) }
    }

    func account(named name: Username) async throws(StoreFailure) -> Account? {
        try await pass { store throws(StoreFailure) in try await store.account(named: name) }
    }

    func account(phone: MSISDN) async throws(StoreFailure) -> Account? {
        try await pass { store throws(StoreFailure) in try await store.account(phone: phone) }
    }

    func account(email: String) async throws(StoreFailure) -> Account? {
        try await pass { store throws(StoreFailure) in try await store.account(email: email) }
    }

    func accounts(after: AccountID?, limit: Int) async throws(StoreFailure) -> [Account] {
        try await pass { store throws(StoreFailure) in try await store.accounts(after: after, limit: limit) }
    }
    func abandonedAccounts(at now: Moment, limit: Int) async throws(StoreFailure) -> [Account] {
        try await pass { store throws(StoreFailure) in try await store.abandonedAccounts(at: now, limit: limit) }
    }

    func hold(_ wallets: [WalletID], by account: AccountID) async throws(StoreFailure) {
        try await pass { store throws(StoreFailure) in try await store.hold(wallets, by: account) }
    }

    func wallets(of account: AccountID) async throws(StoreFailure) -> [WalletID] {
        try await pass { store throws(StoreFailure) in try await store.wallets(of: account) }
    }

    func holder(of wallet: WalletID) async throws(StoreFailure) -> AccountID? {
        try await pass { store throws(StoreFailure) in try await store.holder(of: wallet) }
    }

    func insert(_ session: AccountSession) async throws(StoreFailure) {
        try await pass { store throws(StoreFailure) in try await store.insert(session) }
    }

    func session(hash: [UInt8]) async throws(StoreFailure) -> AccountSession? {
        try await pass { store throws(StoreFailure) in try await store.session(hash: hash) }
    }

    func end(session hash: [UInt8]) async throws(StoreFailure) {
        try await pass { store throws(StoreFailure) in try await store.end(session: hash) }
    }

    func forgetSessions(before moment: Moment) async throws(StoreFailure) {
        try await pass { store throws(StoreFailure) in try await store.forgetSessions(before: moment) }
    }

    func insert(_ challenge: Challenge) async throws(StoreFailure) -> ChallengeInserted {
        try await pass { store throws(StoreFailure) in try await store.insert(challenge) }
    }

    func challenge(_ id: ChallengeID) async throws(StoreFailure) -> Challenge? {
        try await pass { store throws(StoreFailure) in try await store.challenge(id) }
    }

    func challenge(of account: AccountID, for purpose: Challenge.Purpose) async throws(StoreFailure) -> Challenge? {
        try await pass { store throws(StoreFailure) in try await store.challenge(of: account, for: purpose) }
    }

    func judge(_ use: ChallengeUse) async throws(StoreFailure) -> ChallengeRefusal? {
        try await pass { store throws(StoreFailure) in try await store.judge(use) }
    }

    func resend(_ id: ChallengeID, at now: Moment) async throws(StoreFailure) -> ChallengeResend {
        try await pass { store throws(StoreFailure) in try await store.resend(id, at: now) }
    }

    func use(_ use: ChallengeUse, by name: String) async throws(StoreFailure) -> ChallengeRefusal? {
        try await pass { store throws(StoreFailure) in try await store.use(use, by: name) }
    }

    func messages(before moment: Moment, limit: Int) async throws(StoreFailure) -> [MessageEntry] {
        try await pass { store throws(StoreFailure) in try await store.messages(before: moment, limit: limit) }
    }

    func nextMessage() async throws(StoreFailure) -> Moment? {
        try await pass { store throws(StoreFailure) in try await store.nextMessage() }
    }

    func update(_ message: MessageEntry) async throws(StoreFailure) {
        try await pass { store throws(StoreFailure) in try await store.update(message) }
    }

    func message(about challenge: ChallengeID) async throws(StoreFailure) -> MessageEntry? {
        try await pass { store throws(StoreFailure) in try await store.message(about: challenge) }
    }

    func forgetChallenges(before moment: Moment) async throws(StoreFailure) {
        try await pass { store throws(StoreFailure) in try await store.forgetChallenges(before: moment) }
    }

    func insert(_ bill: Bill, using use: ChallengeUse?) async throws(StoreFailure) -> BillInserted {
        try await pass { store throws(StoreFailure) in try await store.insert(bill, using: use) }
    }

    func bill(_ id: BillID) async throws(StoreFailure) -> Bill? {
        try await pass { store throws(StoreFailure) in try await store.bill(id) }
    }

    func bill(code: BillCode) async throws(StoreFailure) -> Bill? {
        try await pass { store throws(StoreFailure) in try await store.bill(code: code) }
    }

    func bills(_ query: BillQuery) async throws(StoreFailure) -> [Bill] {
        try await pass { store throws(StoreFailure) in try await store.bills(query) }
    }

    func delete(_ id: BillID, at now: Moment) async throws(StoreFailure) -> BillRefusal? {
        try await pass { store throws(StoreFailure) in try await store.delete(id, at: now) }
    }
}
