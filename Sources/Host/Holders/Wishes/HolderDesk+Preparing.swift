import Router

/// From a wish to an order that is ready: everything is checked, nothing is stored.
extension HolderDesk {
    func prepare(_ wish: HolderWish, _ account: Account) async throws(Problem) -> HolderOrder {
        switch wish {
        case .transfer(let wish): try await transfer(wish, account)
        case .cashOut(let wish): try await cashOut(wish, account)
        case .topUp(let wish): try await topUp(wish, account)
        case .payment(let wish): try await payment(wish, account)
        case .billPayment(let wish): try await billPayment(wish, account)
        case .billCreation(let wish): try await billCreation(wish, account)
        }
    }

    /// An amount in one of the platform's currencies.
    func money(_ units: Int64, _ code: String) throws(Problem) -> Money {
        var checks = InputChecks()
        checks.amount(units, "/amount")
        try checks.done()
        guard let currency = Currency(code: code) else {
            throw Problem(
                .unsupportedCurrency, CurrencyWords.fault(code),
                errors: [
                    JSONIssue(
                        pointer: "/currency", code: "unknown_currency", detail: CurrencyWords.remedy(code))
                ])
        }
        return Money(units, currency)
    }

    private func transfer(_ wish: TransferWish, _ account: Account) async throws(Problem) -> HolderOrder {
        var checks = InputChecks()
        let to = wish.to
        let names = [to.user, to.wallet, to.channel].count { $0 != nil }
        checks.check(
            names == 1 || (names == 0 && to.phone != nil), "/to",
            "expected one of user, phone, wallet, or channel with phone")
        checks.check(
            to.phone == nil || (to.user == nil && to.wallet == nil), "/to/phone", "goes alone, or with channel")
        checks.check(
            wish.fee.map { TransferTerms.FeePayer(rawValue: $0) != nil } ?? true, "/fee",
            "must be one of \(TransferTerms.FeePayer.allCases.map(\.rawValue).joined(separator: ", "))")
        checks.text(wish.description, DescriptionFacts.longest, "/description")
        checks.text(wish.reference, 100, "/reference")
        try checks.done()
        let amount = try money(wish.amount, wish.currency)
        let source = try await wallet(of: account, named: wish.wallet, currency: amount.currency)
        var request = OrderRequest(
            amount: amount, reference: wish.reference, description: wish.description)
        request.initiator = account.id
        request.language = account.language
        request.shop = account.name
        var summary = HolderOrder.Summary(
            wallet: source.wallet.id, amount: amount, total: amount, description: wish.description)
        let end: TransferTerms.End
        var recipient = Customer()
        if let channel = to.channel {
            end = .channel(try self.channel(channel, among: channels.paid, "/to/channel"))
            let phone = try number(to.phone ?? "", "/to/phone")
            recipient = Customer(phone: phone)
            (summary.counterparty, summary.address) = (nil, party(PaymentChannel(channel), phone))
        } else {
            let found = try await self.recipient(
                Address(user: to.user, phone: to.phone, wallet: to.wallet), currency: amount.currency,
                at: "/to", for: account)
            end = .wallet(found.wallet.id)
            summary.counterparty = found.name
            summary.address = to.user ?? to.phone ?? to.wallet
            guard found.wallet.id != source.wallet.id else {
                throw LedgerAnswers.problem(
                    WalletRefusal(source.wallet.id, .itself, isSource: true), .transfer)
            }
        }
        request.transfer = TransferTerms(
            from: .wallet(source.wallet.id), to: end, recipient: recipient,
            feePayer: wish.fee.flatMap { TransferTerms.FeePayer(rawValue: $0) } ?? .sender)
        request = try TransferFees.with(try fees.fee(of: request), request)
        summary.fee = request.fee
        summary.total = request.transfer?.debited(request) ?? amount
        return HolderOrder(
            purpose: .transfer, subject: ConsentSubject.of(.transfer, request), summary: summary,
            work: .transfer(request))
    }

    private func cashOut(_ wish: CashOutWish, _ account: Account) async throws(Problem) -> HolderOrder {
        var checks = InputChecks()
        checks.text(wish.description, DescriptionFacts.longest, "/description")
        try checks.done()
        let amount = try money(wish.amount, wish.currency)
        let channel = try channel(wish.channel, among: channels.paid, "/channel")
        let phone = try await phone(wish.phone, account)
        let source = try await wallet(of: account, named: wish.wallet, currency: amount.currency)
        var request = OrderRequest(
            amount: amount, channels: [channel], customer: Customer(phone: phone, name: account.name),
            description: wish.description)
        request.account = .wallet(source.wallet.id)
        request.initiator = account.id
        request.shop = account.name
        return HolderOrder(
            purpose: .cashOut, subject: ConsentSubject.of(.payout, request),
            summary: .init(
                wallet: source.wallet.id, amount: amount, total: amount,
                address: party(channel, phone),
                description: wish.description),
            work: .cashOut(request))
    }

    private func topUp(_ wish: TopUpWish, _ account: Account) async throws(Problem) -> HolderOrder {
        let amount = try money(wish.amount, wish.currency)
        let channel = try channel(wish.channel, among: channels.paying, "/channel")
        let target = try await wallet(of: account, named: wish.wallet, currency: amount.currency)
        let isTold = wish.phone?.isEmpty == false || account.confirmedPhone != nil
        let phone = isTold ? try await phone(wish.phone, account) : nil
        var request = OrderRequest(
            amount: amount, channels: [channel], customer: Customer(phone: phone, name: account.name))
        request.account = .wallet(target.wallet.id)
        request.initiator = account.id
        request.language = account.language
        request.shop = settings.app
        return HolderOrder(
            purpose: nil, subject: [],
            summary: .init(
                wallet: target.wallet.id, amount: amount, total: amount,
                address: party(channel, phone)),
            work: .topUp(request))
    }

    private func phone(_ text: String?, _ account: Account) async throws(Problem) -> MSISDN {
        if let text, !text.isEmpty { return try number(text, "/phone") }
        guard let own = account.confirmedPhone else {
            throw Problem(
                .invalidPhone, "the phone number is missing, and you have confirmed none",
                errors: [JSONIssue(pointer: "/phone", code: "missing_member", detail: "expected a phone number")])
        }
        return own
    }

    private func channel(
        _ text: String, among known: Set<PaymentChannel>, _ pointer: String
    ) throws(Problem) -> PaymentChannel {
        let channel = PaymentChannel(text)
        let served = known.subtracting([PaymentInput.walletChannel])
        guard served.contains(channel) else {
            let names = served.map(\.text).sorted()
            let question = NearestName.question(text, among: names)
            throw Problem(
                .unknownChannel,
                "nobody serves the channel \"\(text.prefix(40))\"; \(question.map { $0 + " " } ?? "")known: "
                    + names.joined(separator: ", "),
                errors: [
                    JSONIssue(
                        pointer: pointer, code: "unknown_channel",
                        detail: question ?? "expected one of \(names.joined(separator: ", "))")
                ])
        }
        return channel
    }

    /// A payment that waits for its payer; who has its link may see and pay it.
    private func payment(_ wish: PaymentWish, _ account: Account) async throws(Problem) -> HolderOrder {
        let missing = Problem(.notFound, "there is no such payment, or its link is not right")
        guard let id = OrderID(wish.payment, .payment), engine.pages.verify(wish.token, id, at: now) == .valid else {
            throw missing
        }
        let found = try await stored { () async throws(StoreFailure) -> (OrderAggregate, App?)? in
            guard let aggregate = try await store.orderAggregate(id) else { return nil }
            return (aggregate, try await store.app(aggregate.order.app))
        }
        guard let (aggregate, app) = found, aggregate.order.environment == settings.environment else { throw missing }
        guard app?.isEnabled == true else {
            throw Problem(.forbidden, "the shop takes no payments at present; nothing was taken")
        }
        let source = try await wallet(of: account, named: wish.wallet, currency: aggregate.order.amount.currency)
        return HolderOrder(
            purpose: .payment, subject: ConsentSubject.of(paying: aggregate.order, from: source.wallet.id),
            summary: .init(
                wallet: source.wallet.id, amount: aggregate.order.amount, total: aggregate.order.amount,
                counterparty: aggregate.order.request.shop ?? app?.name,
                address: aggregate.order.request.reference, description: aggregate.order.request.description),
            work: .payment(aggregate, from: source.wallet.id))
    }
}
