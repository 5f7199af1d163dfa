import Router

/// Bills: those that the holder made, those for the holder, and one of them.
extension HolderPages {
    func registerBills(in routes: inout RouteTable) {
        signedIn("/wallet/bills", in: &routes) { visit, account throws(Problem) in
            shown(try await billsPage(visit, account), visit)
        }
        form("/wallet/bills", in: &routes, ["code"]) { visit, account, form throws(Problem) in
            do throws(Problem) {
                let bill = try await desk.bill(code: form["code"] ?? "")
                return redirect("/wallet/bill/\(bill.code)")
            } catch { return failed(try await billsPage(visit, account), error, visit, isAboutBill: true) }
        }
        signedIn("/wallet/bill/{code}", in: &routes) { visit, account throws(Problem) in
            let query = try QueryParameters(visit.request.query, allowed: ["lang", "made"])
            let bill = try await desk.bill(code: visit.request.parameters["code"] ?? "")
            var page = try await billPage(visit, account, bill)
            if query["made"] != nil, bill.issuer == account.id { page.notice = visit.texts["billMade"] }
            return shown(page, visit)
        }
        form("/wallet/bill/{code}/delete", in: &routes, []) { visit, account, _ throws(Problem) in
            let bill = try await desk.bill(code: visit.request.parameters["code"] ?? "")
            do throws(Problem) {
                _ = try await desk.delete(bill, account)
                return redirect("/wallet/bill/\(bill.code)")
            } catch { return failed(try await billPage(visit, account, bill), error, visit, isAboutBill: true) }
        }
    }

    private func billsPage(_ visit: HolderVisit, _ account: Account) async throws(Problem) -> HolderPage {
        let texts = visit.texts
        var page = HolderPage(heading: texts["bills"])
        page.forms = [
            PageForm(
                action: "/wallet/bills", heading: texts["payBill"], hidden: [("form", visit.formToken)],
                fields: [
                    .init(
                        name: "code", label: texts["billCode"], hint: texts["billCodeHint"], kind: .latin, longest: 20)
                ], submit: texts["continue"])
        ]
        page.buttons = [.init(address: "/wallet/bills/new", label: texts["newBill"], isQuiet: true)]
        if let billers = billerList(texts) { page.lists.append(billers) }
        for (heading, isIssued) in [("billReceived", false), ("billIssued", true)] {
            var query = BillQuery(environment: desk.settings.environment, limit: 50)
            if isIssued { query.issuer = account.id } else { query.recipient = account.id }
            let wanted = query
            let found = try await desk.stored { () async throws(StoreFailure) in try await desk.store.bills(wanted) }
            var list = HolderPage.Lines(heading: texts[heading], empty: texts["billNone"])
            for bill in found {
                list.lines.append(
                    .init(
                        address: "/wallet/bill/\(bill.code)", title: bill.text.name, amount: visit.amount(bill.amount),
                        text: [standing(bill, texts), bill.text.dueDate, bill.code.description].compactMap(\.self)
                            .joined(separator: " · ")))
            }
            page.lists.append(list)
        }
        return page
    }

    private func billPage(_ visit: HolderVisit, _ account: Account, _ bill: Bill) async throws(Problem) -> HolderPage {
        let texts = visit.texts
        var page = HolderPage(heading: bill.text.name)
        page.add(texts["amount"], visit.amount(bill.amount), isAmount: true)
        page.add(texts["billFrom"], try await desk.issuer(of: bill))
        page.add(texts["billRecipient"], bill.text.payer)
        page.add(texts["description"], bill.text.description)
        page.add(texts["billDue"], bill.text.dueDate)
        page.add(texts["billCode"], bill.code.description)
        page.add(texts["status"], standing(bill, texts))
        let isOwn = bill.issuer == account.id
        if bill.isFree {
            if isOwn {
                page.picture = ("\(publicURL)/v1/bills/\(bill.code)/qr.svg", texts["bill"])
                page.forms = [
                    PageForm(
                        action: "/wallet/bill/\(bill.code)/delete", hidden: [("form", visit.formToken)],
                        submit: texts["billDelete"], isQuiet: true)
                ]
            } else {
                page.buttons.append(
                    .init(address: "/wallet/bill/\(bill.code)/pay", label: texts["billPayWallet"]))
                page.buttons.append(
                    .init(address: "/bill/\(bill.code)", label: texts["billPayOther"], isQuiet: true))
            }
        }
        if bill.state == .paid, let payment = bill.payment, isOwn {
            page.buttons.append(.init(address: "/wallet/order/\(payment)", label: texts["paid"], isQuiet: true))
        }
        page.buttons.append(.init(address: "/wallet/bills", label: texts["bills"], isQuiet: true))
        return page
    }

    func standing(_ bill: Bill, _ texts: HolderTexts) -> String {
        switch bill.state {
        case .open: texts[bill.payment == nil ? "billOpen" : "billBeingPaid"]
        case .paid: texts["billPaid"]
        case .deleted: texts["billDeleted"]
        }
    }
}
