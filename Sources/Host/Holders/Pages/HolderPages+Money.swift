import Router

/// Home, and everything that a holder does with money: a form, then what is agreed to with its code, then what became of it.
extension HolderPages {
    func registerMoney(in routes: inout RouteTable) {
        signedIn("/wallet", in: &routes) { visit, account throws(Problem) in
            shown(try await homePage(visit, account), visit)
        }
        for kind in Flow.allCases { registerFlow(kind, in: &routes) }
        signedIn("/wallet/topup", in: &routes) { visit, account throws(Problem) in
            shown(try await topUpPage(visit, account, nil), visit)
        }
        form("/wallet/topup", in: &routes, work: .create, ["channel", "phone", "amount", "key"]) {
            visit, account, form throws(Problem) in
            try await topUp(visit, account, form)
        }
        signedIn("/wallet/order/{id}", in: &routes) { visit, account throws(Problem) in
            let aggregate = try await desk.order(visit.request.parameters["id"] ?? "", account)
            return shown(try await orderPage(visit, account, aggregate), visit)
        }
        signedIn("/wallet/history", in: &routes) { visit, account throws(Problem) in
            let query = try QueryParameters(visit.request.query, allowed: ["lang", "after"])
            let before = try query.value("after", Cursor.expected) { Cursor.number($0) }
            return shown(try await historyPage(visit, account, before), visit)
        }
    }

    // MARK: Home

    private func homePage(_ visit: HolderVisit, _ account: Account) async throws(Problem) -> HolderPage {
        let texts = visit.texts
        var page = HolderPage(heading: texts.filled("welcome", ["name": account.name]))
        let wallets = try await desk.wallets(of: account)
        for standing in wallets {
            page.add(
                texts["balance"], visit.amount(Money(standing.balance.available, standing.wallet.currency)),
                isAmount: true)
            if standing.balance.held > 0 {
                page.add(texts["held"], visit.amount(Money(standing.balance.held, standing.wallet.currency)))
            }
        }
        page.add(texts["username"], account.username.text)
        if account.phone != nil, account.confirmedPhone == nil {
            page.buttons.append(.init(address: "/wallet/phone", label: texts["confirmPhone"]))
        }
        page.buttons += [
            .init(address: "/wallet/send", label: texts["send"]),
            .init(address: "/wallet/topup", label: texts["topUp"], isQuiet: true),
            .init(address: "/wallet/bills", label: texts["bills"], isQuiet: true),
            .init(address: "/wallet/cashout", label: texts["cashOut"], isQuiet: true),
        ]
        if let first = wallets.first {
            page.lists = [try await lines(of: first.wallet, visit, before: nil, limit: 5)]
            page.code = (
                "\(publicURL)/v1/wallets/\(first.wallet.id)/qr.svg", texts["walletCode"], texts["walletCodeText"]
            )
        }
        return page
    }

    private func historyPage(
        _ visit: HolderVisit, _ account: Account, _ before: Int64?
    ) async throws(Problem) -> HolderPage {
        var page = HolderPage(heading: visit.texts["history"])
        let wallet = try await desk.wallet(of: account, named: nil)
        var list = try await lines(of: wallet.wallet, visit, before: before, limit: 20)
        list.heading = nil
        page.lists = [list]
        return page
    }

    private func lines(
        of wallet: Wallet, _ visit: HolderVisit, before: Int64?, limit: Int
    ) async throws(Problem) -> HolderPage.Lines {
        let texts = visit.texts
        let (found, hasMore) = try await desk.history(of: wallet, before: before, limit: limit)
        var list = HolderPage.Lines(heading: texts["history"], empty: texts["noHistory"])
        list.lines = found.map { line in
            let isIncoming = line.line.amount.minorUnits > 0
            let order = line.line.order?.transfer ?? line.line.order?.id
            return HolderPage.Line(
                address: order.map { "/wallet/order/\($0)" },
                title: ([
                    texts[Self.textName(line.line.category)],
                    line.line.category == .fee ? nil : "\u{2068}\(line.counterparty)\u{2069}",
                ] as [String?]).compactMap(\.self).joined(separator: " · "),
                amount: (isIncoming ? "+" : "\u{2212}") + visit.amount(Self.magnitude(line.line.amount)),
                mood: isIncoming ? "good" : "",
                text: [
                    Self.day(line.line.at), line.line.order?.description,
                    line.line.balance.map { "\(texts["balance"]) \(visit.amount($0))" },
                ].compactMap(\.self).joined(separator: " · "))
        }
        if hasMore, let last = found.last {
            list.more = .init(
                address: "/wallet/history?after=\(Cursor.text(last.line.number))", label: texts["older"])
        }
        return list
    }

    /// The name of a category's text: `categoryTopUp`.
    static func textName(_ category: HistoryCategory) -> String {
        "category" + category.rawValue.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    private static func magnitude(_ money: Money) -> Money {
        Money(money.minorUnits < 0 ? -money.minorUnits : money.minorUnits, money.currency)
    }

    static func day(_ moment: Moment) -> String { String(moment.description.prefix(16)).replacing("T", with: " ") }

    // MARK: Top-up

    private func topUpPage(
        _ visit: HolderVisit, _ account: Account, _ form: QueryParameters?
    ) async throws(Problem) -> HolderPage {
        let texts = visit.texts
        let wallet = try await desk.wallet(of: account, named: nil).wallet
        var page = HolderPage(heading: texts["topUp"])
        page.forms = [
            PageForm(
                action: "/wallet/topup",
                hidden: [("form", visit.formToken), ("key", form?["key"] ?? Self.freshKey())],
                fields: [
                    channelField(desk.channels(for: wallet.currency, paying: true), texts, form?["channel"]),
                    .init(
                        name: "phone", label: texts["phone"],
                        hint: account.confirmedPhone == nil ? nil : texts["ownPhoneHint"], value: form?["phone"] ?? "",
                        kind: .phone, isRequired: account.confirmedPhone == nil, longest: 30),
                    amountField(texts, wallet.currency, form?["amount"]),
                ], submit: texts["continue"])
        ]
        return page
    }

    private func topUp(
        _ visit: HolderVisit, _ account: Account, _ form: QueryParameters
    ) async throws(Problem) -> APIResponse {
        do throws(Problem) {
            let wallet = try await desk.wallet(of: account, named: nil).wallet
            let amount = try amount(form, wallet.currency, visit)
            let wish = TopUpWish(
                channel: form["channel"] ?? "", phone: form["phone"].flatMap { $0.trimmed.isEmpty ? nil : $0.trimmed },
                amount: amount.minorUnits, currency: amount.currency.code, wallet: wallet.id.text)
            return try await perform(.topUp(wish), nil, account, form, visit)
        } catch { return failed(try await topUpPage(visit, account, form), error, visit) }
    }

    // MARK: What became of it

    /// Carries a wish out and leads to what became of it.
    func perform(
        _ wish: HolderWish, _ code: String?, _ account: Account, _ form: QueryParameters, _ visit: HolderVisit
    ) async throws(Problem) -> APIResponse {
        let name = HolderDesk.CallName(
            key: form["key"] ?? Self.freshKey(), fingerprint: wish.fingerprint,
            requestID: visit.request.id)
        let performed: HolderDesk.Performed
        if let known = try await desk.replay(wish, account, name) {
            performed = known
        } else {
            performed = try await desk.perform(try await desk.prepare(wish, account), code: code, account, name)
        }
        switch performed {
        case .order(let aggregate, _, _):
            return redirect("/wallet/order/\(aggregate.order.id)")
        case .bill(let bill, _): return redirect("/wallet/bill/\(bill.code)?made=1")
        }
    }

    private func orderPage(
        _ visit: HolderVisit, _ account: Account, _ aggregate: OrderAggregate
    ) async throws(Problem) -> HolderPage {
        let (texts, order) = (visit.texts, aggregate.order)
        let (heading, message, mood): (String, String, String?) =
            switch order.status {
            case .succeeded, .authorized: ("done", "doneText", "good")
            case .failed, .cancelled: ("failed", "failedText", "bad")
            case .underReview: ("underReview", "underReviewText", nil)
            case .processing, .awaitingCustomer, .awaitingAcceptance: ("processing", "processingText", nil)
            }
        var page = HolderPage(heading: texts[heading], mood: mood)
        page.message = texts[message]
        if order.movedAfterAll { page.message = visit.language.texts.takenAfterAll }
        if let why = order.failure.flatMap({ visit.language.texts.why(code: $0.code) }), order.status == .failed {
            page.message = (page.message ?? "") + " " + why
        }
        page.add(texts["amount"], visit.amount(order.amount), isAmount: true)
        if order.request.fee > 0 {
            page.add(texts["fee"], visit.amount(Money(order.request.fee, order.amount.currency)))
        }
        let name = try await desk.stored { () async throws(StoreFailure) in try await otherEnd(order, account) }
        page.add(texts["recipient"], name)
        page.add(texts["goods"], aggregate.goods?.reveal())
        page.add(texts["description"], order.request.description)
        page.add(texts["reference"], order.request.reference ?? order.id.text)
        page.add(texts["date"], Self.day(order.createdAt))
        if order.status == .awaitingCustomer {
            for case .approveOnPhone in order.nextActions {
                page.message = texts.filled("approve", ["phone": order.customer.phone?.masked ?? ""])
            }
            if let hosted = order.kind == .payment ? desk.engine.pages.url(order, publicURL) : nil {
                page.buttons.append(.init(address: hosted, label: texts["openPage"]))
            }
        }
        if !order.status.isFinal, order.status != .authorized {
            page.refresh = 5
            page.buttons.append(
                .init(address: "/wallet/order/\(order.id)", label: texts["reload"], isQuiet: true))
        }
        if let success = order.request.returnURLs.success, order.kind == .payment, order.status == .succeeded {
            page.buttons.append(.init(address: success, label: visit.language.texts.backToShop))
        }
        page.buttons.append(.init(address: "/wallet", label: texts["home"], isQuiet: true))
        return page
    }

    /// Who is at the other end of an order, for its holder.
    private func otherEnd(_ order: Order, _ account: Account) async throws(StoreFailure) -> String? {
        let own = try await desk.store.wallets(of: account.id)
        if let terms = order.request.transfer {
            for end in [terms.to, terms.from] {
                switch end {
                case .wallet(let id) where !own.contains(id): return try await desk.name(of: id)
                case .channel(let channel):
                    let phone = end == terms.to ? terms.recipient.phone : order.customer.phone
                    return desk.party(channel, phone)
                case .wallet: continue
                }
            }
        }
        if let target = order.request.account?.wallet, order.kind == .payment, !own.contains(target) {
            return try await desk.name(of: target)
        }
        if let source = order.sourceWallet, order.kind == .payment {
            let isPayer = own.contains(source)
            return isPayer ? order.request.shop : try await desk.name(of: source)
        }
        if let account = order.request.billAccount, let channel = order.chosen?.channel ?? order.request.channels.first
        {
            return desk.channelName(channel) + " " + BillAccount.masked(account)
        }
        return order.chosen.map { desk.party($0.channel, order.customer.phone) }
    }

    // MARK: Fields

    func channelField(
        _ channels: [PaymentChannel], _ texts: HolderTexts, _ chosen: String?
    ) -> PageForm.Field {
        let names = channels.map(\.text)
        return .init(
            name: "channel", label: texts["channel"], value: chosen ?? names.first ?? "",
            options: names.map { ($0, desk.channelName(PaymentChannel($0))) })
    }

    func amountField(_ texts: HolderTexts, _ currency: Currency, _ value: String?) -> PageForm.Field {
        .init(
            name: "amount", label: texts["amount"], hint: texts.filled("amountHint", ["currency": currency.code]),
            value: value ?? "", kind: .amount, longest: 30)
    }

    /// The amount that was typed.
    func amount(_ form: QueryParameters, _ currency: Currency, _ visit: HolderVisit) throws(Problem) -> Money {
        guard let money = visit.language.texts.typed(form["amount"] ?? "", currency) else {
            throw Problem(.unsupportedCurrency, "the amount cannot be read")
        }
        return money
    }
}

extension HolderDesk {
    /// The operators' channels over which a wallet in a currency is topped up, or cashed out.
    func channels(for currency: Currency, paying: Bool) -> [PaymentChannel] {
        var (found, wallets): (Set<PaymentChannel>, Set<PaymentChannel>) = ([], [])
        for provider in engine.namedProviders where provider.environment == settings.environment {
            let operation: MoneyOperation = paying ? .collect : .payout
            guard provider.facts(at: now, for: operation).limits(of: currency) != nil,
                let service = provider.manifest.service(for: operation),
                service.requires.isDisjoint(with: [.sourceToken, .wallet])
            else { continue }
            found.formUnion(service.channels)
            if service.requires.contains(.phone) { wallets.formUnion(service.channels) }
        }
        return found.sorted { one, other in
            let isWallet = wallets.contains(one)
            return isWallet == wallets.contains(other) ? one.text < other.text : isWallet
        }
    }

    /// What people call a channel.
    func channelName(_ channel: PaymentChannel) -> String {
        for provider in engine.providers.values {
            if let name = provider.manifest.channelNames[channel] { return name }
        }
        return channel.text.prefix(1).uppercased() + channel.text.dropFirst()
    }
}
