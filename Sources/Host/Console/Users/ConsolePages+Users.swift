import People
import Router

/// Accounts of others, for admins.
extension ConsolePages {
    func registerUsers(in routes: inout RouteTable) {
        var address = ListAddress("/console/users")
        (address.filters, address.unsaid, address.others) = (["name"], ["name"], ["after"])
        list(address, .administer, in: &routes) { visit, query throws(Problem) in
            if let name = query["name"]?.trimmed, !name.isEmpty {
                let found = try await desk.stored { () async throws(StoreFailure) in
                    try await desk.people.account(called: name)
                }
                return usersPage([found].compactMap(\.self), hasMore: false, name, visit)
            }
            let after = try query.value("after", "an account") { AccountID($0) }
            let found = try await desk.stored { () async throws(StoreFailure) in
                try await desk.store.accounts(after: after, limit: Self.usersPerPage + 1)
            }
            return usersPage(
                Array(found.prefix(Self.usersPerPage)), hasMore: found.count > Self.usersPerPage, "", visit)
        }
        page("/console/users/{id}", .administer, in: &routes) { visit throws(Problem) in
            let query = try QueryParameters(visit.request.query, allowed: ["lang", "saved"])
            var page = try await userPage(try await desk.user(visit), visit)
            if query["saved"] != nil { page.notice = visit.texts["saved"] }
            return shown(page, visit)
        }
        userForm("roles", Set(AccountRole.allCases.map(\.rawValue)), in: &routes) { visit, user, form throws(Problem) in
            let roles = AccountRole.allCases.filter { form[$0.rawValue] == Choice.yes.rawValue }
            try await desk.setRoles(Set(roles), of: user, visit)
        }
        userForm("disable", [], in: &routes) { visit, user, _ throws(Problem) in
            try await desk.setState(.disabled, of: user, visit)
        }
        userForm("enable", [], in: &routes) { visit, user, _ throws(Problem) in
            try await desk.setState(.active, of: user, visit)
        }
        userForm("sessions", [], in: &routes) { visit, user, _ throws(Problem) in
            try await desk.endSessions(of: user, visit)
        }
        userForm("second-factor", [], in: &routes) { visit, user, _ throws(Problem) in
            try await desk.removeSecondFactor(of: user, visit)
        }
    }

    private static let usersPerPage = 50

    private enum Choice: String { case yes, no }

    private func userForm(
        _ action: String, _ fields: Set<String>, in routes: inout RouteTable,
        _ body: @escaping @Sendable (ConsoleVisit, Account, QueryParameters) async throws(Problem) -> Void
    ) {
        form("/console/users/{id}/\(action)", .administer, in: &routes, fields) { visit, form throws(Problem) in
            let user = try await desk.user(visit)
            do throws(Problem) { try await body(visit, user, form) } catch {
                return failed(try await userPage(user, visit), error, visit)
            }
            return redirect("/console/users/\(user.id)?saved=1")
        }
    }

    private func usersPage(_ users: [Account], hasMore: Bool, _ name: String, _ visit: ConsoleVisit) -> ConsolePage {
        let texts = visit.texts
        var page = ConsolePage(heading: texts["users"], section: "/console/users")
        var table = ConsoleTable(
            caption: texts["users"], empty: texts["usersNone"],
            columns: [
                .init(texts["username"]), .init(texts["name"]), .init(texts["roles"]), .init(texts["state"]),
                .init(texts["created"]),
            ])
        table.rows = users.map { user in
            [
                .init(user.username.text, to: "/console/users/\(user.id)"), .init(user.name), .init(roles(user, visit)),
                state(user, visit), .init(visit.time(user.createdAt)),
            ]
        }
        var search = PageForm(action: "/console/users", submit: texts["show"])
        search.isSearch = true
        search.fields = [.init(name: "name", label: texts["emailOrName"], value: name, kind: .latin, longest: 254)]
        var block = ConsoleBlock(table: table, style: .wide)
        block.list = .init(older: hasMore ? users.last.map { "/console/users?after=\($0.id)" } : nil)
        page.blocks = [ConsoleBlock(forms: [search], style: .filters), block]
        return page
    }

    private func roles(_ user: Account, _ visit: ConsoleVisit) -> String {
        user.roles.isEmpty
            ? "-" : user.roles.sorted().map { visit.texts.word("role", $0.rawValue) }.joined(separator: ", ")
    }

    private func state(_ user: Account, _ visit: ConsoleVisit) -> ConsoleTable.Cell {
        .init(
            visit.texts.word("account", user.state.rawValue),
            mood: user.state == .active ? .good : user.state == .disabled ? .bad : .warn)
    }

    private func userPage(_ user: Account, _ visit: ConsoleVisit) async throws(Problem) -> ConsolePage {
        let texts = visit.texts
        var page = ConsolePage(heading: user.name, section: "/console/users")
        page.crumbs = [.init(address: "/console/users", label: texts["users"])]
        let cell = state(user, visit)
        page.badge = (cell.text, cell.mood)
        var facts = ConsoleBlock()
        facts.add(texts["id"], user.id.text, isCode: true)
        facts.add(texts["username"], user.username.text)
        facts.add(texts["email"], user.email.map { HolderView.masked(email: $0.value) })
        facts.add(texts["newEmail"], user.newEmail.map { HolderView.masked(email: $0) })
        facts.add(texts["phone"], user.phone?.value.masked)
        facts.add(texts["roles"], roles(user, visit))
        facts.add(texts["secondFactor"], texts[user.hasSecondFactor ? "yes" : "no"])
        facts.add(texts["signsAs"], try await desk.signerName(of: user))
        facts.add(texts["created"], visit.time(user.createdAt))
        facts.links = [
            .init(address: "/console/audit?subject=\(user.id)", label: texts["audit"], isQuiet: true)
        ]
        let token = [(name: "form", value: visit.visitor.formToken)]
        let choices = [(Choice.no.rawValue, texts["no"]), (Choice.yes.rawValue, texts["yes"])]
        let rolesForm = PageForm(
            action: "/console/users/\(user.id)/roles", hidden: token,
            fields: AccountRole.allCases.map { role in
                .init(
                    name: role.rawValue, label: texts.word("role", role.rawValue),
                    hint: texts.word("roleHint", role.rawValue),
                    value: (user.roles.contains(role) ? Choice.yes : .no).rawValue, options: choices)
            }, submit: texts["save"])
        page.blocks = [facts, ConsoleBlock(heading: texts["roles"], forms: [rolesForm]), ending(user, visit, token)]
        return page
    }

    private func ending(
        _ user: Account, _ visit: ConsoleVisit, _ token: [(name: String, value: String)]
    ) -> ConsoleBlock {
        let (texts, path) = (visit.texts, "/console/users/\(user.id)")
        var block = ConsoleBlock(heading: texts["access"], paragraphs: [(texts["accessText"], .plain)])
        block.forms = [
            PageForm(action: path + "/sessions", hidden: token, submit: texts["endSessions"], isQuiet: true)
        ]
        if user.hasSecondFactor {
            block.forms.append(
                PageForm(
                    action: path + "/second-factor", hidden: token, submit: texts["secondFactorRemove"], isQuiet: true))
        }
        let isDisabled = user.state == .disabled
        block.forms.append(
            PageForm(
                action: path + (isDisabled ? "/enable" : "/disable"), hidden: token,
                submit: texts[isDisabled ? "enable" : "disable"], isQuiet: true))
        return block
    }
}
