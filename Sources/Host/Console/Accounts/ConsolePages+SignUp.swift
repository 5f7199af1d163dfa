import Router

/// Signing up as a developer, and what messages lead to.
extension ConsolePages {
    func registerSignUp(in routes: inout RouteTable) {
        page("/console/signup", .anybody, in: &routes) { visit throws(Problem) in
            _ = try QueryParameters(visit.request.query, allowed: ["lang"])
            return shown(signUpPage(visit, nil), visit)
        }
        form("/console/signup", .anybody, in: &routes, limit: .signUps, ["name", "email", "password"]) {
            visit, form throws(Problem) in
            guard desk.isSignUpOpen else { return shown(signUpPage(visit, nil), visit, status: 403) }
            do throws(Problem) { try await desk.signUp(form, visit) } catch {
                return failed(signUpPage(visit, form), error, visit)
            }
            var page = ConsolePage(heading: visit.texts["mailSent"], isNarrow: true)
            page.lead = visit.texts["mailSentText"]
            return shown(page, visit, status: 201)
        }
        // A link is only shown: what mail programs open to look at it confirms nothing.
        page("/console/confirm", .anybody, in: &routes) { visit throws(Problem) in
            let query = try QueryParameters(visit.request.query, allowed: ["c", "k", "lang"])
            return shown(confirmPage(visit, query["c"] ?? "", query["k"] ?? ""), visit)
        }
        form("/console/confirm", .anybody, in: &routes, ["c", "k"]) { visit, form throws(Problem) in
            do throws(Problem) { try await desk.confirm(form["c"] ?? "", key: form["k"] ?? "", visit) } catch {
                return failed(ConsolePage(heading: visit.texts["confirmEmail"], isNarrow: true), error, visit)
            }
            return redirect("/console/signin?done=\(Done.confirmed.rawValue)")
        }
        page("/console/forgot", .anybody, in: &routes) { visit throws(Problem) in
            shown(forgotPage(visit, isSent: false), visit)
        }
        form("/console/forgot", .anybody, in: &routes, ["username"]) { visit, form throws(Problem) in
            try await desk.forgot(form["username"]?.trimmed ?? "")
            return shown(forgotPage(visit, isSent: true), visit)
        }
        page("/console/reset", .anybody, in: &routes) { visit throws(Problem) in
            let query = try QueryParameters(visit.request.query, allowed: ["c", "k", "lang"])
            return shown(resetPage(visit, query["c"] ?? "", query["k"] ?? ""), visit)
        }
        form("/console/reset", .anybody, in: &routes, ["c", "k", "password"]) { visit, form throws(Problem) in
            do throws(Problem) {
                try await desk.reset(
                    form["c"] ?? "", key: form["k"] ?? "", to: Secret(form["password"] ?? ""), visit)
            } catch { return failed(resetPage(visit, form["c"] ?? "", form["k"] ?? ""), error, visit) }
            return ended("/console/signin?done=\(Done.password.rawValue)", visit)
        }
    }

    private func signUpPage(_ visit: ConsoleVisit, _ form: QueryParameters?) -> ConsolePage {
        let texts = visit.texts
        var page = ConsolePage(heading: texts["signUp"], isNarrow: true)
        guard desk.isSignUpOpen else {
            page.lead = texts["signUpClosed"]
            return page
        }
        page.lead = texts["signUpText"]
        var block = ConsoleBlock()
        block.forms = [
            PageForm(
                action: "/console/signup", hidden: [("form", visit.visitor.formToken)],
                fields: [
                    .init(name: "name", label: texts["name"], value: form?["name"] ?? "", longest: 100),
                    .init(
                        name: "email", label: texts["email"], value: form?["email"] ?? "", kind: .email, longest: 254),
                    .init(
                        name: "password", label: texts["password"], hint: texts["passwordHint"], kind: .newPassword,
                        longest: 256),
                ], submit: texts["signUp"])
        ]
        block.links = [.init(address: "/console/signin", label: texts["haveAccount"], isQuiet: true)]
        page.blocks = [block]
        return page
    }

    private func confirmPage(_ visit: ConsoleVisit, _ challenge: String, _ key: String) -> ConsolePage {
        var page = ConsolePage(heading: visit.texts["confirmEmail"], isNarrow: true)
        page.lead = visit.texts["confirmEmailText"]
        page.blocks = [
            ConsoleBlock(forms: [
                PageForm(
                    action: "/console/confirm",
                    hidden: [("form", visit.visitor.formToken), ("c", challenge), ("k", key)],
                    submit: visit.texts["confirmEmail"])
            ])
        ]
        return page
    }

    private func forgotPage(_ visit: ConsoleVisit, isSent: Bool) -> ConsolePage {
        let texts = visit.texts
        var page = ConsolePage(heading: texts["forgot"], isNarrow: true)
        guard !isSent else {
            page.lead = texts["resetSent"]
            return page
        }
        page.lead = texts["resetText"]
        page.blocks = [
            ConsoleBlock(forms: [
                PageForm(
                    action: "/console/forgot", hidden: [("form", visit.visitor.formToken)],
                    fields: [.init(name: "username", label: texts["emailOrName"], kind: .username, longest: 254)],
                    submit: texts["resetSend"])
            ])
        ]
        return page
    }

    private func resetPage(_ visit: ConsoleVisit, _ challenge: String, _ key: String) -> ConsolePage {
        let texts = visit.texts
        var page = ConsolePage(heading: texts["newPassword"], isNarrow: true)
        page.blocks = [
            ConsoleBlock(forms: [
                PageForm(
                    action: "/console/reset",
                    hidden: [("form", visit.visitor.formToken), ("c", challenge), ("k", key)],
                    fields: [
                        .init(
                            name: "password", label: texts["newPassword"], hint: texts["passwordHint"],
                            kind: .newPassword, longest: 256)
                    ], submit: texts["save"])
            ])
        ]
        return page
    }
}
