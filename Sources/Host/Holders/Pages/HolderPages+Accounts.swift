import People
import Router
import WebText

/// Signing up and in, and what messages lead to.
extension HolderPages {
    func registerAccounts(in routes: inout RouteTable) {
        open("/wallet/signin", in: &routes) { visit throws(Problem) in
            let next = try QueryParameters(visit.request.query, allowed: ["next", "lang"])["next"]
            return visit.account == nil ? shown(signInPage(visit, next: next), visit) : redirect(Self.local(next))
        }
        openForm("/wallet/signin", in: &routes, ["username", "password"]) { visit, form throws(Problem) in
            do throws(Problem) {
                let account = try await desk.signIn(
                    form["username"]?.trimmed ?? "", Secret(form["password"] ?? ""), client: visit.request.client)
                return try await begin(account, next: form["next"])
            } catch {
                let page = signInPage(visit, next: form["next"], username: form["username"] ?? "")
                return failed(page, error, visit)
            }
        }
        open("/wallet/signup", in: &routes) { visit throws(Problem) in
            let next = try QueryParameters(visit.request.query, allowed: ["next", "lang"])["next"]
            return shown(signUpPage(visit, nil, next: next), visit)
        }
        openForm("/wallet/signup", in: &routes, limit: .signUps, ["username", "password", "name", "phone", "email"]) {
            visit, form throws(Problem) in
            try await signUp(visit, form)
        }
        form("/wallet/signout", in: &routes, []) { visit, _, _ throws(Problem) in
            if let cookie = visit.cookie {
                try await desk.changed { () async throws(StoreFailure) in try await desk.people.end(session: cookie) }
            }
            return ended("/wallet/signin")
        }
        form("/wallet/signout-everywhere", in: &routes, []) { _, account, _ throws(Problem) in
            try await desk.signOutEverywhere(account)
            return ended("/wallet/signin")
        }
        open("/wallet/forgot", in: &routes) { visit throws(Problem) in
            shown(forgotPage(visit, isSent: false), visit)
        }
        openForm("/wallet/forgot", in: &routes, ["username"]) { visit, form throws(Problem) in
            try await desk.forgotPassword(form["username"]?.trimmed ?? "", client: visit.request.client)
            return shown(forgotPage(visit, isSent: true), visit)
        }
        open("/wallet/reset", in: &routes) { visit throws(Problem) in
            let query = try QueryParameters(visit.request.query, allowed: ["c", "k", "lang"])
            return shown(resetPage(visit, query["c"] ?? "", query["k"] ?? ""), visit)
        }
        openForm("/wallet/reset", in: &routes, ["c", "k", "password"]) { visit, form throws(Problem) in
            do throws(Problem) {
                try await desk.resetPassword(
                    form["c"] ?? "", key: form["k"] ?? "", to: Secret(form["password"] ?? ""))
            } catch { return failed(resetPage(visit, form["c"] ?? "", form["k"] ?? ""), error, visit) }
            var page = signInPage(visit, next: nil)
            page.notice = visit.texts["passwordChanged"]
            return shown(page, visit)
        }
        // A link is only shown: what mail programs open to look at it confirms nothing.
        open("/wallet/confirm", in: &routes) { visit throws(Problem) in
            let query = try QueryParameters(visit.request.query, allowed: ["c", "k", "lang"])
            var page = HolderPage(heading: visit.texts["confirmEmail"])
            page.message = visit.texts["confirmEmailText"]
            page.forms = [
                PageForm(
                    action: "/wallet/confirm", hidden: [("c", query["c"] ?? ""), ("k", query["k"] ?? "")],
                    submit: visit.texts["codeConfirm"])
            ]
            return shown(page, visit)
        }
        openForm("/wallet/confirm", in: &routes, ["c", "k"]) { visit, form throws(Problem) in
            _ = try await desk.confirmEmail(form["c"] ?? "", key: form["k"] ?? "")
            var page = HolderPage(heading: visit.texts["done"], mood: "good")
            page.message = visit.texts["emailConfirmed"]
            page.buttons = [.init(address: "/wallet", label: visit.texts["home"])]
            return shown(page, visit)
        }
    }

    private func signInPage(_ visit: HolderVisit, next: String?, username: String = "") -> HolderPage {
        let texts = visit.texts
        var page = HolderPage(heading: texts["signIn"])
        page.forms = [
            PageForm(
                action: "/wallet/signin", hidden: [("next", Self.local(next))],
                fields: [
                    .init(name: "username", label: texts["username"], value: username, kind: .username, longest: 40),
                    .init(name: "password", label: texts["password"], kind: .password, longest: 256),
                ], submit: texts["signIn"])
        ]
        let way = next.map { "?next=" + Self.escaped(Self.local($0)) } ?? ""
        page.buttons = [
            .init(address: "/wallet/signup" + way, label: texts["noAccount"], isQuiet: true),
            .init(address: "/wallet/forgot", label: texts["forgot"], isQuiet: true),
        ]
        return page
    }

    private func signUpPage(_ visit: HolderVisit, _ form: QueryParameters?, next: String?) -> HolderPage {
        let texts = visit.texts
        let needsPhone = desk.people.reach.contains(.phone)
        var page = HolderPage(heading: texts["signUp"])
        page.forms = [
            PageForm(
                action: "/wallet/signup", hidden: [("next", Self.local(next))],
                fields: [
                    .init(
                        name: "name", label: texts["name"], hint: texts["nameHint"], value: form?["name"] ?? "",
                        longest: 100),
                    .init(
                        name: "username", label: texts["username"], hint: texts["usernameHint"],
                        value: form?["username"] ?? "", kind: .username, longest: 32),
                    .init(
                        name: "phone", label: texts["phone"], value: form?["phone"] ?? "", kind: .phone,
                        isRequired: needsPhone, longest: 30),
                    .init(
                        name: "email", label: texts["email"], hint: needsPhone ? texts["emailHint"] : nil,
                        value: form?["email"] ?? "", kind: .email, isRequired: !needsPhone, longest: 254),
                    .init(
                        name: "password", label: texts["password"], hint: texts["passwordHint"], kind: .newPassword,
                        longest: 256),
                ], submit: texts["signUp"])
        ]
        page.buttons = [.init(address: "/wallet/signin", label: texts["haveAccount"], isQuiet: true)]
        return page
    }

    private func signUp(_ visit: HolderVisit, _ form: QueryParameters) async throws(Problem) -> APIResponse {
        func told(_ name: String) -> String? { form[name].flatMap { $0.trimmed.isEmpty ? nil : $0.trimmed } }
        let input = SignUpInput(
            username: told("username") ?? "", password: form["password"] ?? "", name: told("name") ?? "",
            phone: told("phone"), email: told("email"), currency: nil, language: visit.language.rawValue)
        do throws(Problem) {
            let signedUp = try await desk.signUp(input, client: visit.request.client)
            let next = Self.local(form["next"])
            let isAsked = signedUp.challenges.contains { $0.purpose == .phoneConfirmation }
            return try await begin(
                signedUp.account, next: isAsked ? "/wallet/phone?next=" + Self.escaped(next) : next)
        } catch { return failed(signUpPage(visit, form, next: form["next"]), error, visit) }
    }

    private func forgotPage(_ visit: HolderVisit, isSent: Bool) -> HolderPage {
        var page = HolderPage(heading: visit.texts["forgot"])
        if isSent {
            page.notice = visit.texts["resetText"]
        } else {
            page.forms = [
                PageForm(
                    action: "/wallet/forgot",
                    fields: [
                        .init(name: "username", label: visit.texts["resetAsk"], kind: .username, longest: 254)
                    ], submit: visit.texts["resetSend"])
            ]
        }
        page.buttons = [.init(address: "/wallet/signin", label: visit.texts["signIn"], isQuiet: true)]
        return page
    }

    private func resetPage(_ visit: HolderVisit, _ challenge: String, _ key: String) -> HolderPage {
        var page = HolderPage(heading: visit.texts["resetTitle"])
        page.forms = [
            PageForm(
                action: "/wallet/reset", hidden: [("c", challenge), ("k", key)],
                fields: [
                    .init(
                        name: "password", label: visit.texts["newPassword"], hint: visit.texts["passwordHint"],
                        kind: .newPassword, longest: 256)
                ], submit: visit.texts["save"])
        ]
        return page
    }

    /// A text within an address.
    static func escaped(_ text: String) -> String { PercentText.encoded(text) }
}
