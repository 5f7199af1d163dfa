import People
import Router

/// Signing in and out.
extension ConsolePages {
    func registerSignIn(in routes: inout RouteTable) {
        page("/console/signin", .anybody, in: &routes) { visit throws(Problem) in
            let next = try QueryParameters(visit.request.query, allowed: ["next", "lang", "done"])
            if visit.visitor.account != nil { return redirect(Self.local(next["next"])) }
            var page = signInPage(visit, next: next["next"])
            switch next["done"].flatMap({ Done(rawValue: $0) }) {
            case .password: page.notice = visit.texts["passwordChanged"]
            case .confirmed: page.notice = visit.texts["emailConfirmed"]
            case nil: break
            }
            return shown(page, visit)
        }
        form("/console/signin", .anybody, in: &routes, ["username", "password"]) { visit, form throws(Problem) in
            do throws(Problem) {
                let account = try await desk.signIn(
                    form["username"]?.trimmed ?? "", Secret(form["password"] ?? ""), visit)
                let next = Self.local(form["next"])
                if account.hasSecondFactor {
                    return try await begin(
                        account, .halfway, visit, next: "/console/signin/code?next=" + Self.escaped(next))
                }
                try await desk.tellSignedIn(account, visit)
                return try await begin(account, .console, visit, next: next)
            } catch {
                return failed(signInPage(visit, next: form["next"], username: form["username"] ?? ""), error, visit)
            }
        }
        page("/console/signin/code", .anybody, in: &routes) { visit throws(Problem) in
            let next = try QueryParameters(visit.request.query, allowed: ["next", "lang"])["next"]
            guard visit.visitor.halfway != nil else { return redirect("/console/signin") }
            return shown(digitsPage(visit, next: next), visit)
        }
        form("/console/signin/code", .anybody, in: &routes, ["code"]) { visit, form throws(Problem) in
            guard let account = visit.visitor.halfway else { return redirect("/console/signin") }
            do throws(Problem) {
                let account = try await desk.takeDigits(form["code"] ?? "", of: account, visit, .signedIn)
                return try await begin(
                    account, .consoleWithSecondFactor, visit, next: Self.local(form["next"]))
            } catch { return failed(digitsPage(visit, next: form["next"]), error, visit) }
        }
        form("/console/signout", .signedIn, in: &routes, []) { visit, _ throws(Problem) in
            if let cookie = visit.visitor.cookie {
                try await desk.changed { () async throws(StoreFailure) in try await desk.people.end(session: cookie) }
            }
            return ended("/console/signin", visit)
        }
        form("/console/signout-everywhere", .signedIn, in: &routes, []) { visit, _ throws(Problem) in
            if let account = visit.visitor.account { try await desk.signOutEverywhere(account, visit) }
            return ended("/console/signin", visit)
        }
    }

    /// What was done before somebody is asked to sign in.
    enum Done: String { case password, confirmed }

    private func signInPage(_ visit: ConsoleVisit, next: String?, username: String = "") -> ConsolePage {
        let texts = visit.texts
        var page = ConsolePage(heading: texts["signIn"], isNarrow: true)
        var block = ConsoleBlock()
        block.forms = [
            PageForm(
                action: "/console/signin", hidden: [("form", visit.visitor.formToken), ("next", Self.local(next))],
                fields: [
                    .init(
                        name: "username", label: texts["emailOrName"], value: username, kind: .username, longest: 254),
                    .init(name: "password", label: texts["password"], kind: .password, longest: 256),
                ], submit: texts["signIn"])
        ]
        block.links = [.init(address: "/console/forgot", label: texts["forgot"], isQuiet: true)]
        if desk.isSignUpOpen {
            block.links.insert(.init(address: "/console/signup", label: texts["noAccount"], isQuiet: true), at: 0)
        }
        page.blocks = [block]
        return page
    }

    private func digitsPage(_ visit: ConsoleVisit, next: String?) -> ConsolePage {
        let texts = visit.texts
        var page = ConsolePage(heading: texts["secondFactor"], isNarrow: true)
        page.lead = texts["secondFactorAsk"]
        page.blocks = [
            ConsoleBlock(forms: [
                PageForm(
                    action: "/console/signin/code",
                    hidden: [("form", visit.visitor.formToken), ("next", Self.local(next))],
                    fields: [.init(name: "code", label: texts["digits"], kind: .code, longest: 12)],
                    submit: texts["signIn"])
            ])
        ]
        return page
    }
}
