import Router

/// What needs a code: the form, the page that shows exactly what is agreed to, and the code typed there.
extension HolderPages {
    enum Flow: Sendable, CaseIterable {
        case send, cashOut, payment, payBill, payBiller, newBill

        var path: String {
            switch self {
            case .send: "/wallet/send"
            case .cashOut: "/wallet/cashout"
            case .payment: "/wallet/pay/{id}"
            case .payBill: "/wallet/bill/{code}/pay"
            case .payBiller: "/wallet/biller/{provider}"
            case .newBill: "/wallet/bills/new"
            }
        }

        /// What is typed; carried along to the page with the code.
        var fields: [String] {
            switch self {
            case .send: ["to", "amount", "description"]
            case .cashOut: ["channel", "phone", "amount"]
            case .payment: ["t"]
            case .payBill: []
            case .payBiller: ["account", "amount"]
            case .newBill: ["name", "amount", "recipient", "description", "due_date"]
            }
        }

        var title: String {
            switch self {
            case .send: "send"
            case .cashOut: "cashOut"
            case .payment: "payTitle"
            case .payBill, .payBiller: "payBill"
            case .newBill: "newBill"
            }
        }
    }

    func registerFlow(_ flow: Flow, in routes: inout RouteTable) {
        signedIn(flow.path, in: &routes) { visit, account throws(Problem) in
            switch flow {
            // Nothing is typed: what is to be paid is shown, and a button sends the code.
            case .payment, .payBill: shown(try await offerPage(flow, visit, account), visit)
            case .send, .cashOut, .payBiller, .newBill: shown(try await askPage(flow, visit, account, nil), visit)
            }
        }
        let names = Set(flow.fields).union(["step", "code", "key", "challenge"])
        // What pays something that is there already is not kept out by a crowd of new orders.
        form(flow.path, in: &routes, work: flow == .payment ? .other : .create, names) {
            visit, account, form throws(Problem) in
            try await step(flow, visit, account, form)
        }
    }

    private func step(
        _ flow: Flow, _ visit: HolderVisit, _ account: Account, _ form: QueryParameters
    ) async throws(Problem) -> APIResponse {
        do throws(Problem) {
            if flow == .payBiller, Step(form) == nil, (form["amount"] ?? "").trimmed.isEmpty {
                return shown(try await owedPage(visit, account, form), visit)
            }
            let wish = try await wish(flow, visit, account, form)
            switch Step(form) {
            case .confirm: return try await perform(wish, form["code"] ?? "", account, form, visit)
            case .resend:
                let order = try await desk.prepare(wish, account)
                let challenge = try await desk.resend(form["challenge"] ?? "", account)
                return shown(
                    codePage(
                        flow, visit, form, order, challenge.id,
                        notice: visit.texts.filled(
                            "codeResent", ["contact": HolderView.sentTo(challenge, account) ?? ""])), visit)
            case nil:
                let order = try await desk.prepare(wish, account)
                let begun = try await desk.begin(order, account)
                let isDelivered = await desk.outbox.delivered(begun.challenge.id)
                return shown(
                    codePage(
                        flow, visit, form, order, begun.challenge.id,
                        message: sent(begun.challenge, account, visit, isDelivered)), visit)
            }
        } catch { return try await stopped(flow, visit, account, form, error) }
    }

    /// The page on which somebody goes on after something went wrong.
    private func stopped(
        _ flow: Flow, _ visit: HolderVisit, _ account: Account, _ form: QueryParameters, _ problem: Problem
    ) async throws(Problem) -> APIResponse {
        if problem.isAboutCode || problem.code == .rateLimited, Step(form) != nil,
            let wish = try? await wish(flow, visit, account, form),
            let order = try? await desk.prepare(wish, account)
        {
            let page = codePage(flow, visit, form, order, form["challenge"].flatMap { ChallengeID($0) })
            return failed(page, problem, visit)
        }
        switch flow {
        case .payment, .payBill:
            var page = HolderPage(heading: visit.texts[flow.title])
            page.buttons = [.init(address: "/wallet", label: visit.texts["home"], isQuiet: true)]
            if problem.code == .contactUnconfirmed {
                page.buttons.insert(
                    .init(
                        address: "/wallet/phone?next=" + Self.escaped(Self.local(address(flow, visit, form))),
                        label: visit.texts["confirmPhone"]), at: 0)
            }
            return failed(page, problem, visit, isAboutBill: flow == .payBill)
        case .send, .cashOut, .payBiller, .newBill:
            return failed(try await askPage(flow, visit, account, form), problem, visit)
        }
    }

    // MARK: From what was typed to a wish

    private func wish(
        _ flow: Flow, _ visit: HolderVisit, _ account: Account, _ form: QueryParameters
    ) async throws(Problem) -> HolderWish {
        func told(_ name: String) -> String? { form[name].flatMap { $0.trimmed.isEmpty ? nil : $0.trimmed } }
        switch flow {
        case .send:
            let wallet = try await desk.wallet(of: account, named: nil).wallet
            let money = try amount(form, wallet.currency, visit)
            let to = HolderDesk.Address(typed: form["to"] ?? "")
            return .transfer(
                TransferWish(
                    to: .init(user: to.user, phone: to.phone, wallet: to.wallet), amount: money.minorUnits,
                    currency: money.currency.code, wallet: wallet.id.text, description: told("description")))
        case .cashOut:
            let wallet = try await desk.wallet(of: account, named: nil).wallet
            let money = try amount(form, wallet.currency, visit)
            return .cashOut(
                CashOutWish(
                    channel: form["channel"] ?? "", phone: told("phone"), amount: money.minorUnits,
                    currency: money.currency.code, wallet: wallet.id.text))
        case .payment:
            return .payment(PaymentWish(payment: visit.request.parameters["id"] ?? "", token: form["t"] ?? ""))
        case .payBill: return .billPayment(BillPaymentWish(bill: visit.request.parameters["code"] ?? ""))
        case .payBiller:
            let wallet = try await desk.wallet(of: account, named: nil).wallet
            let money = try amount(form, wallet.currency, visit)
            return .billPayment(
                BillPaymentWish(
                    biller: visit.request.parameters["provider"], account: told("account") ?? "",
                    amount: money.minorUnits, currency: money.currency.code, wallet: wallet.id.text))
        case .newBill:
            let wallet = try await desk.wallet(of: account, named: nil).wallet
            let money = try amount(form, wallet.currency, visit)
            return .billCreation(
                BillWish(
                    name: told("name") ?? "", amount: money.minorUnits, currency: money.currency.code,
                    recipient: told("recipient"), description: told("description"), dueDate: told("due_date"),
                    wallet: wallet.id.text))
        }
    }

    // MARK: Pages

    /// Where a flow stands, with what its path names.
    private func address(_ flow: Flow, _ visit: HolderVisit, _ form: QueryParameters?) -> String {
        switch flow {
        case .payment:
            "/wallet/pay/\(Self.escaped(visit.request.parameters["id"] ?? ""))"
                + (form?["t"].map { "?t=" + Self.escaped($0) } ?? "")
        case .payBill: "/wallet/bill/\(Self.escaped(visit.request.parameters["code"] ?? ""))/pay"
        case .payBiller: "/wallet/biller/\(Self.escaped(visit.request.parameters["provider"] ?? ""))"
        case .send, .cashOut, .newBill: flow.path
        }
    }

    func askPage(
        _ flow: Flow, _ visit: HolderVisit, _ account: Account, _ form: QueryParameters?
    ) async throws(Problem) -> HolderPage {
        let texts = visit.texts
        let currency = try await desk.wallet(of: account, named: nil).wallet.currency
        let query = try QueryParameters(visit.request.query, allowed: ["lang", "to"])
        var page = HolderPage(heading: texts[flow.title])
        if account.confirmedPhone == nil, account.confirmedEmail == nil {
            page.message = texts["errorUnconfirmed"]
            page.buttons = [.init(address: "/wallet/phone", label: texts["confirmPhone"])]
        }
        let fields: [PageForm.Field] =
            switch flow {
            case .send:
                [
                    .init(
                        name: "to", label: texts["to"], hint: texts["toHint"], value: form?["to"] ?? query["to"] ?? "",
                        kind: .latin, longest: 60),
                    amountField(texts, currency, form?["amount"]),
                    .init(
                        name: "description", label: texts["description"], hint: texts["emailHint"],
                        value: form?["description"] ?? "", isRequired: false, longest: DescriptionFacts.longest),
                ]
            case .cashOut:
                [
                    channelField(desk.channels(for: currency, paying: false), texts, form?["channel"]),
                    .init(
                        name: "phone", label: texts["phone"],
                        hint: account.confirmedPhone == nil ? nil : texts["ownPhoneHint"], value: form?["phone"] ?? "",
                        kind: .phone, isRequired: account.confirmedPhone == nil, longest: 30),
                    amountField(texts, currency, form?["amount"]),
                ]
            case .newBill:
                [
                    .init(name: "name", label: texts["billName"], value: form?["name"] ?? "", longest: 100),
                    amountField(texts, currency, form?["amount"]),
                    .init(
                        name: "recipient", label: texts["billRecipient"], hint: texts["billRecipientHint"],
                        value: form?["recipient"] ?? "", kind: .latin, isRequired: false, longest: 60),
                    .init(
                        name: "due_date", label: texts["billDue"], hint: texts["billDueHint"],
                        value: form?["due_date"] ?? "", kind: .latin, isRequired: false, longest: 10),
                    .init(
                        name: "description", label: texts["description"], hint: texts["emailHint"],
                        value: form?["description"] ?? "", isRequired: false, longest: DescriptionFacts.longest),
                ]
            case .payBiller: try billerFields(visit, currency, form, on: &page)
            case .payment, .payBill: []
            }
        page.forms = [
            PageForm(
                action: address(flow, visit, form), hidden: [("form", visit.formToken)], fields: fields,
                submit: texts["continue"])
        ]
        return page
    }

    /// What is to be paid, and the button that sends the code.
    private func offerPage(
        _ flow: Flow, _ visit: HolderVisit, _ account: Account
    ) async throws(Problem) -> HolderPage {
        let query = try QueryParameters(visit.request.query, allowed: ["lang", "t"])
        let form = try QueryParameters("t=" + Self.escaped(query["t"] ?? ""), allowed: ["t"])
        let order = try await desk.prepare(try await wish(flow, visit, account, form), account)
        var page = HolderPage(heading: visit.texts[flow.title])
        describe(order, on: &page, visit)
        page.forms = [
            PageForm(
                action: address(flow, visit, nil),
                hidden: [("form", visit.formToken)] + (flow == .payment ? [("t", query["t"] ?? "")] : []),
                submit: visit.texts["continue"])
        ]
        page.buttons = [.init(address: "/wallet", label: visit.texts["cancel"], isQuiet: true)]
        return page
    }

    /// Exactly what is agreed to, with the place for its code.
    private func codePage(
        _ flow: Flow, _ visit: HolderVisit, _ form: QueryParameters, _ order: HolderOrder, _ challenge: ChallengeID?,
        message: String? = nil, notice: String? = nil
    ) -> HolderPage {
        let texts = visit.texts
        var page = HolderPage(heading: texts[flow.title])
        page.message = message
        page.notice = notice
        describe(order, on: &page, visit)
        let typed = flow.fields.map { ($0, form[$0] ?? "") }
        let hidden =
            [("form", visit.formToken), ("key", form["key"] ?? Self.freshKey())] + typed
            + [("challenge", challenge?.text ?? "")]
        let action = address(flow, visit, nil)
        page.forms = [
            PageForm(
                action: action, hidden: hidden + [("step", Step.confirm.rawValue)],
                fields: [.init(name: "code", label: texts["codeLabel"], kind: .code, longest: 10)],
                submit: texts["codeConfirm"]),
            PageForm(
                action: action, hidden: hidden + [("step", Step.resend.rawValue)], submit: texts["codeResend"],
                isQuiet: true),
        ]
        page.buttons = [.init(address: "/wallet", label: texts["cancel"], isQuiet: true)]
        return page
    }

    private func describe(_ order: HolderOrder, on page: inout HolderPage, _ visit: HolderVisit) {
        let (texts, summary) = (visit.texts, order.summary)
        page.add(texts["recipient"], summary.counterparty)
        if summary.address != summary.counterparty { page.add(texts["to"], summary.address) }
        page.add(texts["description"], summary.description)
        if summary.fee > 0 {
            page.add(texts["amount"], visit.amount(summary.amount))
            page.add(texts["fee"], visit.amount(Money(summary.fee, summary.amount.currency)))
        }
        page.add(texts["total"], visit.amount(summary.total), isAmount: true)
    }
}
