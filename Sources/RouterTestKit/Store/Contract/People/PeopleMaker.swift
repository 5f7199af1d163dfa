import Router

/// Makes accounts, codes and bills.
struct PeopleMaker {
    let records: RecordFactory
    let ledger: LedgerMaker

    init(_ records: RecordFactory) {
        self.records = records
        ledger = LedgerMaker(records)
    }

    func account(_ username: String? = nil, phone: MSISDN? = nil, email: String? = nil) -> Account {
        let id: AccountID = records.id()
        let name = username.flatMap { Username($0) } ?? Username("u" + id.text.suffix(20).lowercased())
        var account = Account(
            id: id, username: name ?? .placeholder, name: records.text(), passwordHash: "$argon2id$" + records.text(),
            phone: phone.map { .init($0, confirmedAt: records.base) },
            email: email.map { .init($0, confirmedAt: records.base) }, language: records.sometimes("fr"),
            createdAt: records.moment())
        account.newEmail = records.sometimes(records.text())
        account.wantsMessages = records.pick([true, false])
        account.state = records.pick([.active, .unconfirmed])
        account.roles = records.pick([[], [.developer], [.admin, .support]])
        account.secondFactor = records.sometimes(
            SecondFactor(secret: records.bytes(20...20), confirmedAt: records.sometimes(records.moment()), lastStep: 7))
        return account
    }

    /// A developer's account that waits to be activated.
    func unconfirmed(at moment: Moment) -> Account {
        let id: AccountID = records.id()
        var account = Account(
            id: id, username: Username("w" + id.text.suffix(20).lowercased()) ?? .placeholder, name: records.text(),
            passwordHash: "$argon2id$" + records.text(), email: .init("w@example.com"), createdAt: moment)
        account.state = .unconfirmed
        account.roles = [.developer]
        return account
    }

    /// An account with one change, as it is handed in.
    func changed(_ account: Account, _ change: (inout Account) -> Void) -> Account {
        var changed = account
        change(&changed)
        changed.version += 1
        return changed
    }

    /// A line of the audit trail; some share who did it, and what it was done to.
    func auditEntry() -> AuditEntry {
        let name = records.pick(["anna", "ben"])
        let id: AccountID = records.id()
        var entry = AuditEntry(
            at: records.moment(),
            records.pick([
                .system, .anonymous, .account(id, username: name), .commandLine(person: records.sometimes(name)),
            ]),
            records.pick(AuditAction.allCases),
            .init(records.pick(AuditEntry.Subject.Kind.allCases), records.pick(["one", "two"])))
        entry.app = records.sometimes(ledger.app)
        entry.before = records.sometimes(["name": .string(records.text()), "left_out": .null])
        entry.after = records.sometimes(["name": .string(records.text()), "count": 3])
        entry.client = records.sometimes("192.0.2.7")
        entry.request = records.sometimes(records.id())
        return entry
    }

    func challenge(
        _ account: AccountID, _ purpose: Challenge.Purpose = .transfer, after seconds: Int64 = 0
    ) -> Challenge {
        var challenge = Challenge(
            id: records.id(), account: account, purpose: purpose, subject: records.bytes(32...32),
            codeHash: records.bytes(32...32), contact: records.pick(Challenge.ContactKind.allCases),
            createdAt: records.base.adding(seconds: seconds))
        challenge.about = records.sometimes(
            Challenge.About(amount: records.money(), counterparty: records.sometimes(records.text())))
        return challenge
    }

    /// The right code of a challenge, a second after it began.
    func use(_ challenge: Challenge, _ change: (inout ChallengeUse) -> Void = { _ in }) -> ChallengeUse {
        var use = ChallengeUse(
            challenge: challenge.id, account: challenge.account, purpose: challenge.purpose,
            subject: challenge.subject, codeHash: challenge.codeHash, at: challenge.createdAt.adding(seconds: 1))
        change(&use)
        return use
    }

    func bill(
        app: AppID? = nil, issuer: AccountID? = nil, recipient: AccountID? = nil, key: String? = nil,
        code: BillCode? = nil
    ) -> Bill {
        Bill(
            id: records.id(), code: code ?? BillCode(from: records.random), app: app ?? ledger.app,
            environment: .sandbox, issuer: issuer, wallet: records.sometimes(records.id()),
            amount: Money(records.pick([1, 500, 70_000]), .xof),
            text: Bill.Text(
                name: records.text(), payer: records.sometimes(records.text()),
                description: records.sometimes(records.text()), reference: records.sometimes(records.text()),
                dueDate: records.sometimes("2027-01-31")),
            recipient: recipient, idempotencyKey: key ?? records.id().text, fingerprint: records.bytes(32...32),
            requestID: records.id(), createdAt: records.moment())
    }

    /// A payment of a bill, as far as its first step is concerned.
    func payment(_ bill: Bill, _ step: BillStep) -> UnitOfWork {
        var request = OrderRequest(amount: bill.amount)
        request.bill = bill.id
        var unit = records.insert(records.order(app: bill.app, environment: bill.environment, request: request))
        unit.billStep = step
        return unit
    }

    /// The payment's next step.
    func next(_ unit: UnitOfWork, _ step: BillStep) -> UnitOfWork {
        var next = records.update(unit.order)
        next.billStep = step
        return next
    }
}

extension Username {
    /// For a maker that never makes a wrong one.
    fileprivate static let placeholder = Username("nobody") ?? fallback
    private static var fallback: Username { preconditionFailure("a name of letters is a user name") }
}
