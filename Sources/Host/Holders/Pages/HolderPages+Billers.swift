import Router

/// Billers on holders' pages: who they are, what is owed there, and the form with which they are paid.
extension HolderPages {
    /// The billers that can be paid, each with its form.
    func billerList(_ texts: HolderTexts) -> HolderPage.Lines? {
        let billers = desk.billers.all(desk.settings.environment, desk.app)
        guard !billers.isEmpty else { return nil }
        return HolderPage.Lines(
            heading: texts["billers"], empty: "",
            lines: billers.map { biller in
                HolderPage.Line(
                    address: "/wallet/biller/\(Self.escaped(biller.runtime.id.text))", title: biller.name, amount: "",
                    text: "")
            })
    }

    private func biller(_ visit: HolderVisit) throws(Problem) -> Biller {
        try desk.billers.named(
            visit.request.parameters["provider"] ?? "", desk.settings.environment, desk.app)
    }

    /// What is typed to pay a biller.
    func billerFields(
        _ visit: HolderVisit, _ currency: Currency, _ form: QueryParameters?, on page: inout HolderPage
    ) throws(Problem) -> [PageForm.Field] {
        let (texts, biller) = (visit.texts, try biller(visit))
        page.heading = biller.name
        var amount = amountField(texts, currency, form?["amount"])
        if biller.runtime.provider is any BillLookingUp {
            amount.isRequired = false
            amount.hint = texts.filled("billerAsk", ["currency": currency.code])
        }
        return [
            .init(
                name: "account", label: texts["billerAccount"], value: form?["account"] ?? "", kind: .latin,
                longest: 100),
            amount,
        ]
    }

    /// The form again, with what the biller says is owed.
    func owedPage(
        _ visit: HolderVisit, _ account: Account, _ form: QueryParameters
    ) async throws(Problem) -> HolderPage {
        let (texts, biller) = (visit.texts, try biller(visit))
        let number = (form["account"] ?? "").trimmed
        var checks = InputChecks()
        biller.check(number, "/account", &checks)
        try checks.done()
        let found = try await desk.billers.bill(number, at: biller, on: biller.channel, desk.app, for: account.id)
        guard let finding = found else {
            throw Problem(.unsupportedCurrency, "the amount is missing")
        }
        var page = try await askPage(.payBiller, visit, account, form)
        switch finding {
        case .bill(let owed):
            page.add(texts["recipient"], owed.customerName.map(NameMask.masked))
            page.add(texts["description"], owed.description)
            page.add(texts["billDue"], owed.dueDate)
            page.add(texts["total"], owed.amount.map(visit.amount), isAmount: true)
            if let amount = owed.amount {
                page.forms[0].fill("amount", visit.language.texts.plain(amount))
            } else {
                page.notice = texts["billerAmount"]
            }
        case .nothingOwed(let name):
            page.add(texts["recipient"], name.map(NameMask.masked))
            page.notice = texts["billerNothing"]
        case .unknownAccount: page.error = texts["billerUnknown"]
        case .couldNotAnswer: page.error = texts["errorProvider"]
        }
        return page
    }
}
