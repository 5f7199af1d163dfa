import People
import Router

/// What belongs to an account.
extension ConsolePages {
    func registerAccount(in routes: inout RouteTable) {
        page("/console/account", .signedIn, in: &routes) { visit throws(Problem) in
            let query = try QueryParameters(visit.request.query, allowed: ["lang", "saved"])
            var page = accountPage(visit)
            if query["saved"] != nil { page.notice = visit.texts["saved"] }
            return shown(page, visit)
        }
        accountForm("/console/account/name", ["name"], in: &routes) { visit, account, form throws(Problem) in
            try await desk.changeName(account, to: form["name"]?.trimmed ?? "", visit)
            return redirect("/console/account?saved=1")
        }
        accountForm("/console/account/email", ["email", "password"], in: &routes) {
            visit, account, form throws(Problem) in
            try await desk.changeEmail(
                account, to: form["email"]?.trimmed ?? "", password: Secret(form["password"] ?? ""), visit)
            return redirect("/console/account?saved=1")
        }
        accountForm("/console/account/password", ["old", "new"], in: &routes) { visit, account, form throws(Problem) in
            try await desk.changePassword(
                account, from: Secret(form["old"] ?? ""), to: Secret(form["new"] ?? ""), visit)
            return ended("/console/signin?done=\(Done.password.rawValue)", visit)
        }
        accountForm("/console/account/developer", [], in: &routes) { visit, account, _ throws(Problem) in
            try await desk.becomeDeveloper(account, visit)
            return redirect("/console/apps")
        }
    }

    /// A form of the account's page; what goes wrong is said there.
    func accountForm(
        _ path: String, _ fields: Set<String>, in routes: inout RouteTable,
        _ body: @escaping @Sendable (ConsoleVisit, Account, QueryParameters) async throws(Problem) -> APIResponse
    ) {
        form(path, .signedIn, in: &routes, fields) { visit, form throws(Problem) in
            guard let account = visit.visitor.account else { return redirect("/console/signin") }
            do throws(Problem) { return try await body(visit, account, form) } catch {
                return failed(accountPage(visit), error, visit)
            }
        }
    }

    private func accountPage(_ visit: ConsoleVisit) -> ConsolePage {
        let texts = visit.texts
        var page = ConsolePage(heading: texts["account"], section: "/console/account")
        guard let account = visit.visitor.account else { return page }
        page.blocks = [
            facts(account, visit), profile(account, visit), passwords(visit), secondFactor(account, visit),
            sessions(visit),
        ]
        if !account.develops, desk.isSignUpOpen { page.blocks.insert(developing(account, visit), at: 1) }
        return page
    }

    private func facts(_ account: Account, _ visit: ConsoleVisit) -> ConsoleBlock {
        let texts = visit.texts
        var block = ConsoleBlock()
        block.add(texts["username"], account.username.text)
        block.add(texts["name"], account.name)
        block.add(
            texts["email"],
            account.email.map { "\($0.value) (\(texts[$0.confirmedAt == nil ? "unconfirmed" : "confirmed"]))" })
        block.add(texts["newEmail"], account.newEmail.map { "\($0) (\(texts["unconfirmed"]))" })
        block.add(
            texts["roles"], account.roles.sorted().map { texts.word("role", $0.rawValue) }.joined(separator: ", "))
        if !visit.visitor.withheld.isEmpty { block.paragraphs = [(texts["rolesWithheld"], .plain)] }
        return block
    }

    private func developing(_ account: Account, _ visit: ConsoleVisit) -> ConsoleBlock {
        let texts = visit.texts
        var block = ConsoleBlock(heading: texts["developer"])
        guard account.confirmedEmail != nil else {
            block.paragraphs = [(texts["developerUnconfirmed"], .plain)]
            return block
        }
        block.paragraphs = [(texts["developerText"], .plain)]
        block.forms = [
            PageForm(
                action: "/console/account/developer", hidden: [("form", visit.visitor.formToken)],
                submit: texts["developerBecome"])
        ]
        return block
    }

    private func profile(_ account: Account, _ visit: ConsoleVisit) -> ConsoleBlock {
        let (texts, token) = (visit.texts, [(name: "form", value: visit.visitor.formToken)])
        var block = ConsoleBlock(heading: texts["profile"])
        block.forms = [
            PageForm(
                action: "/console/account/name", hidden: token,
                fields: [.init(name: "name", label: texts["name"], value: account.name, longest: 100)],
                submit: texts["save"])
        ]
        guard desk.people.reach.contains(.email) else { return block }
        block.forms.append(
            PageForm(
                action: "/console/account/email", hidden: token,
                fields: [
                    .init(
                        name: "email", label: texts["email"], hint: texts["emailHint"],
                        value: account.latestEmail ?? "", kind: .email, longest: 254),
                    .init(name: "password", label: texts["password"], kind: .password, longest: 256),
                ], submit: texts["emailChange"]))
        return block
    }

    private func passwords(_ visit: ConsoleVisit) -> ConsoleBlock {
        let texts = visit.texts
        return ConsoleBlock(
            heading: texts["password"],
            forms: [
                PageForm(
                    action: "/console/account/password", hidden: [("form", visit.visitor.formToken)],
                    fields: [
                        .init(name: "old", label: texts["oldPassword"], kind: .password, longest: 256),
                        .init(
                            name: "new", label: texts["newPassword"], hint: texts["passwordHint"], kind: .newPassword,
                            longest: 256),
                    ], submit: texts["passwordChange"])
            ])
    }

    private func secondFactor(_ account: Account, _ visit: ConsoleVisit) -> ConsoleBlock {
        let texts = visit.texts
        return ConsoleBlock(
            heading: texts["secondFactor"],
            paragraphs: [
                account.hasSecondFactor ? (texts["secondFactorOn"], .good) : (texts["secondFactorOff"], .plain)
            ],
            links: [
                .init(
                    address: "/console/account/second-factor",
                    label: texts[account.hasSecondFactor ? "secondFactorRemove" : "secondFactorSet"], isQuiet: true)
            ])
    }

    private func sessions(_ visit: ConsoleVisit) -> ConsoleBlock {
        ConsoleBlock(
            heading: visit.texts["sessions"], paragraphs: [(visit.texts["sessionsText"], .plain)],
            forms: [
                PageForm(
                    action: "/console/signout-everywhere", hidden: [("form", visit.visitor.formToken)],
                    submit: visit.texts["signOutEverywhere"], isQuiet: true)
            ])
    }
}
