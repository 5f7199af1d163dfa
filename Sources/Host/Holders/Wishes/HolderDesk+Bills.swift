import Router

/// Bills: made ready to be paid, or to be made.
extension HolderDesk {
    /// The bill of a code; whoever knows the code may see it.
    func bill(code text: String, at pointer: String = "/bill") async throws(Problem) -> Bill {
        guard let code = BillCode(text) else {
            throw Problem(
                .notFound, "this is no bill's code: a character is wrong or missing",
                errors: [
                    JSONIssue(pointer: pointer, code: "bill_code", detail: "expected a code such as ABCD-EFGH-JKMN")
                ])
        }
        let found = try await stored { () async throws(StoreFailure) in try await store.bill(code: code) }
        guard let bill = found, bill.environment == settings.environment else {
            throw Problem(.notFound, "there is no bill with this code")
        }
        return bill
    }

    /// What a bill's payment is, whoever pays it and however.
    func request(paying bill: Bill) -> OrderRequest {
        var request = OrderRequest(amount: bill.amount, description: bill.text.name, expiresInSeconds: 3_600)
        request.bill = bill.id
        request.account = bill.wallet.map { .wallet($0) }
        return request
    }

    /// Who is paid by a bill, as its payer is shown them.
    func issuer(of bill: Bill) async throws(Problem) -> String? {
        try await stored { () async throws(StoreFailure) in
            if let issuer = bill.issuer { return try await store.account(issuer)?.name }
            return try await store.app(bill.app)?.name
        }
    }

    func billPayment(_ wish: BillPaymentWish, _ account: Account) async throws(Problem) -> HolderOrder {
        guard let code = wish.bill else { return try await billerPayment(wish, account) }
        var checks = InputChecks()
        for (name, isGiven) in [
            ("biller", wish.biller != nil), ("account", wish.account != nil), ("amount", wish.amount != nil),
            ("currency", wish.currency != nil),
        ] {
            checks.check(!isGiven, "/\(name)", "goes with a biller; a bill's code says all of it")
        }
        try checks.done()
        let bill = try await bill(code: code)
        guard bill.isFree else { throw BillAnswers.problem(bill.taken, bill) }
        let source = try await wallet(of: account, named: wish.wallet, currency: bill.amount.currency)
        guard source.wallet.id != bill.wallet else {
            throw LedgerAnswers.problem(WalletRefusal(source.wallet.id, .itself, isSource: true), .payment)
        }
        var request = request(paying: bill)
        request.channels = [PaymentInput.walletChannel]
        request.wallet = source.wallet.id
        request.initiator = account.id
        request.language = account.language
        let name = try await issuer(of: bill)
        request.shop = name
        return HolderOrder(
            purpose: .billPayment, subject: ConsentSubject.of(.payment, request),
            summary: .init(
                wallet: source.wallet.id, amount: bill.amount, total: bill.amount, counterparty: name,
                address: bill.code.description, description: bill.text.name),
            work: .payBill(bill, request))
    }

    func billCreation(_ wish: BillWish, _ account: Account) async throws(Problem) -> HolderOrder {
        let amount = try money(wish.amount, wish.currency)
        let text = Bill.Text(
            name: wish.name, payer: wish.payer, description: wish.description, reference: wish.reference,
            dueDate: wish.dueDate)
        try BillInput.check(text)
        let target = try await wallet(of: account, named: wish.wallet, currency: amount.currency)
        var recipient: Account?
        if let name = wish.recipient {
            let found = try await self.recipient(
                Address(typed: name), currency: nil, at: "/recipient", for: account)
            recipient = found.account
        }
        // The code is drawn when the bill is made: agreeing to a bill does not depend on it.
        let bill = Bill(
            id: BillID(at: now, from: SystemRandom()), code: BillCode(from: SystemRandom()), app: app,
            environment: settings.environment, issuer: account.id, wallet: target.wallet.id, amount: amount,
            text: text, recipient: recipient?.id, idempotencyKey: "", fingerprint: [],
            requestID: RequestID(at: now, from: SystemRandom()), createdAt: now)
        return HolderOrder(
            purpose: .billCreation, subject: Self.subject(of: bill),
            summary: .init(
                wallet: target.wallet.id, amount: amount, total: amount, counterparty: recipient?.name ?? wish.payer,
                address: wish.recipient, description: wish.name),
            work: .makeBill(bill))
    }

    /// What a code that allows a bill is bound to.
    private static func subject(of bill: Bill) -> [UInt8] {
        ConsentSubject.of([
            "bill": true, "issuer": JSONValue(bill.issuer?.text), "wallet": JSONValue(bill.wallet?.text),
            "amount": JSONValue(bill.amount.minorUnits), "currency": .string(bill.amount.currency.code),
            "name": .string(bill.text.name), "payer": JSONValue(bill.text.payer),
            "description": JSONValue(bill.text.description), "reference": JSONValue(bill.text.reference),
            "due_date": JSONValue(bill.text.dueDate), "recipient": JSONValue(bill.recipient?.text),
        ])
    }
}
