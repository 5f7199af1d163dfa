import Router

/// Accounts, challenges, messages and bills of a ``MemoryStore``.
struct MemoryPeople: Sendable {
    var accounts: [AccountID: Account] = [:]
    /// In the order in which they were taken.
    var holdings: [(wallet: WalletID, account: AccountID)] = []
    var sessions: [[UInt8]: AccountSession] = [:]
    /// In the order in which they began.
    var challenges: [Challenge] = []
    var messages: [MessageEntry] = []
    private var messageNumber: Int64 = 0
    /// In the order in which they were made.
    var bills: [Bill] = []
    /// A planted mistake: a code is good as often as it is typed.
    var keepsCodes = false
    /// A planted mistake: a bill lets every payment in.
    var ignoresBills = false

    func holder(of wallet: WalletID) -> AccountID? { holdings.first { $0.wallet == wallet }?.account }

    mutating func hold(_ wallets: [WalletID], by account: AccountID) {
        for wallet in wallets where holder(of: wallet) == nil { holdings.append((wallet, account)) }
    }

    /// Who has already what an account wants for itself.
    func taken(by account: Account) -> AccountChanged.Taken? {
        let others = accounts.values.filter { $0.id != account.id }
        if others.contains(where: { $0.username == account.username }) { return .username }
        if let phone = account.confirmedPhone, others.contains(where: { $0.confirmedPhone == phone }) { return .phone }
        guard let email = account.confirmedEmail?.lowercased() else { return nil }
        return others.contains { $0.confirmedEmail?.lowercased() == email } ? .email : nil
    }

    /// Deletes an account with its challenges and messages.
    mutating func delete(_ account: AccountID) {
        accounts[account] = nil
        challenges.removeAll { $0.account == account }
        messages.removeAll { $0.account == account }
    }

    // MARK: Codes

    mutating func insert(_ challenge: Challenge) -> ChallengeInserted {
        let start = challenge.createdAt.adding(seconds: -Challenge.floodSeconds)
        let recent = challenges.filter { $0.account == challenge.account && $0.createdAt > start }
        if recent.count >= Challenge.mostInWindow {
            return .tooMany(
                until: recent[recent.count - Challenge.mostInWindow].createdAt
                    .adding(seconds: Challenge.floodSeconds))
        }
        for index in challenges.indices
        where challenges[index].account == challenge.account && challenges[index].purpose == challenge.purpose
            && challenges[index].state == .open
        {
            challenges[index].state = .replaced
        }
        challenges.append(challenge)
        tell(challenge.account, .challenge(challenge.id), at: challenge.createdAt)
        return .done
    }

    func objection(to use: ChallengeUse) -> ChallengeRefusal? {
        guard let challenge = challenges.first(where: { $0.id == use.challenge }) else { return .missing }
        let objection = challenge.objection(to: use)
        return objection == .used && keepsCodes ? nil : objection
    }

    mutating func judge(_ use: ChallengeUse) -> ChallengeRefusal? {
        let objection = objection(to: use)
        if let objection, let index = challenges.firstIndex(where: { $0.id == use.challenge }) {
            challenges[index].count(objection)
        }
        return objection
    }

    /// Uses up a code that nothing speaks against.
    mutating func useUp(_ use: ChallengeUse, by name: String) {
        guard let index = challenges.firstIndex(where: { $0.id == use.challenge }) else { return }
        challenges[index].state = .used(by: name)
    }

    mutating func resend(_ id: ChallengeID, at now: Moment) -> ChallengeResend {
        guard let index = challenges.firstIndex(where: { $0.id == id }) else { return .refused(.missing) }
        if let refusal = challenges[index].objectionToResending(at: now) { return .refused(refusal) }
        challenges[index].resends += 1
        challenges[index].sentAt = now
        tell(challenges[index].account, .challenge(id), at: now)
        return .done(challenges[index])
    }

    // MARK: Messages

    mutating func tell(_ account: AccountID, _ content: MessageEntry.Content, at now: Moment) {
        messageNumber += 1
        messages.append(MessageEntry(number: messageNumber, account: account, content: content, createdAt: now))
    }

    // MARK: With orders

    func conflict(_ unit: UnitOfWork) -> Conflict? {
        if let use = unit.challenge, let refusal = objection(to: use) { return .challenge(refusal) }
        guard let (step, bill) = unit.billChange, !ignoresBills else { return nil }
        guard let known = bills.first(where: { $0.id == bill }) else { return .bill(.missing) }
        guard case .failure(let refusal) = known.after(step, of: unit.order.id, at: unit.order.updatedAt) else {
            return nil
        }
        return .bill(refusal)
    }

    mutating func apply(_ unit: UnitOfWork) {
        if let use = unit.challenge { useUp(use, by: unit.order.id.text) }
        if let (step, bill) = unit.billChange, let index = bills.firstIndex(where: { $0.id == bill }),
            case .success(let changed) = bills[index].after(step, of: unit.order.id, at: unit.order.updatedAt)
        {
            bills[index] = changed
        }
        for wallet in unit.movedWallets {
            guard let account = holder(of: wallet) else { continue }
            tell(account, .movement(wallet, unit.order.id), at: unit.order.updatedAt)
        }
    }
}
