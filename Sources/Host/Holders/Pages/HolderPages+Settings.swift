import Router

/// What belongs to a holder's account.
extension HolderPages {
    func registerSettings(in routes: inout RouteTable) {
        signedIn("/wallet/settings", in: &routes) { visit, account throws(Problem) in
            let query = try QueryParameters(visit.request.query, allowed: ["lang", "saved"])
            var page = settingsPage(visit, account)
            if query["saved"] != nil { page.notice = visit.texts["saved"] }
            return shown(page, visit)
        }
        form("/wallet/settings", in: &routes, ["name", "email", "password", "messages"]) {
            visit, account, form throws(Problem) in
            func told(_ name: String) -> String? { form[name].flatMap { $0.trimmed.isEmpty ? nil : $0.trimmed } }
            let input = SettingsInput(
                name: told("name"), language: visit.language.rawValue,
                wantsMessages: form["messages"].map { Switch(rawValue: $0) == .on }, email: told("email"),
                password: told("password"))
            do throws(Problem) {
                _ = try await desk.change(input, account, client: visit.request.client)
                return redirect("/wallet/settings?saved=1")
            } catch { return failed(settingsPage(visit, account), error, visit) }
        }
        form("/wallet/password", in: &routes, ["old", "new"]) { visit, account, form throws(Problem) in
            do throws(Problem) {
                try await desk.changePassword(
                    account, from: Secret(form["old"] ?? ""), to: Secret(form["new"] ?? ""),
                    client: visit.request.client)
            } catch { return failed(settingsPage(visit, account), error, visit) }
            return ended("/wallet/signin")
        }
        signedIn("/wallet/phone", in: &routes) { visit, account throws(Problem) in
            let next = try QueryParameters(visit.request.query, allowed: ["lang", "next"])["next"]
            return shown(phonePage(visit, account, next: next), visit)
        }
        form("/wallet/phone", in: &routes, ["code", "step"]) { visit, account, form throws(Problem) in
            do throws(Problem) {
                if Step(form) == .resend {
                    _ = try await desk.begin(.phoneConfirmation, [:], account)
                    var page = phonePage(visit, account, next: form["next"])
                    page.notice = visit.texts.filled(
                        "codeResent", ["contact": account.phone?.value.masked ?? ""])
                    return shown(page, visit)
                }
                _ = try await desk.confirmPhone(account, code: form["code"] ?? "")
                return redirect(Self.local(form["next"]))
            } catch { return failed(phonePage(visit, account, next: form["next"]), error, visit) }
        }
        form("/wallet/phone/change", in: &routes, ["phone", "code", "step"]) { visit, account, form throws(Problem) in
            try await changePhone(visit, account, form)
        }
    }

    /// What a choice between two says.
    private enum Switch: String { case on, off }

    /// A page with what went wrong.
    func failed(
        _ page: HolderPage, _ problem: Problem, _ visit: HolderVisit, isAboutBill: Bool = false
    ) -> APIResponse {
        var page = page
        page.error = HolderFault.text(problem, visit.texts, isAboutBill: isAboutBill)
        var answer = shown(page, visit, status: problem.code.status)
        answer.headers += problem.headers
        return answer
    }

    private func settingsPage(_ visit: HolderVisit, _ account: Account) -> HolderPage {
        let texts = visit.texts
        var page = HolderPage(heading: texts["settings"])
        page.add(texts["username"], account.username.text)
        page.add(texts["name"], account.name)
        page.add(texts["phone"], account.phone.map { "\($0.value.masked) (\(standing($0.confirmedAt, texts)))" })
        page.add(texts["email"], account.email.map { "\($0.value) (\(standing($0.confirmedAt, texts)))" })
        page.add(texts["newEmail"], account.newEmail.map { "\($0) (\(texts["unconfirmed"]))" })
        let token = [("form", visit.formToken)]
        if account.phone != nil, account.confirmedPhone == nil {
            page.buttons.append(.init(address: "/wallet/phone", label: texts["confirmPhone"]))
        }
        page.forms = [
            PageForm(
                action: "/wallet/settings", heading: texts["settings"], hidden: token,
                fields: [
                    .init(name: "name", label: texts["name"], value: account.name, longest: 100),
                    .init(
                        name: "email", label: texts["email"], hint: texts["emailHint"],
                        value: account.latestEmail ?? "", kind: .email, isRequired: false, longest: 254),
                    .init(
                        name: "password", label: texts["password"], hint: texts["emailPasswordHint"], kind: .password,
                        isRequired: false, longest: 256),
                    .init(
                        name: "messages", label: texts["messages"],
                        value: (account.wantsMessages ? Switch.on : .off).rawValue,
                        options: [
                            (Switch.on.rawValue, texts["messagesOn"]), (Switch.off.rawValue, texts["messagesOff"]),
                        ]),
                ], submit: texts["save"]),
            PageForm(
                action: "/wallet/phone/change", heading: texts["changePhone"], hidden: token,
                fields: [.init(name: "phone", label: texts["phone"], kind: .phone, longest: 30)],
                submit: texts["continue"], isQuiet: true),
            PageForm(
                action: "/wallet/password", heading: texts["changePassword"], hidden: token,
                fields: [
                    .init(name: "old", label: texts["oldPassword"], kind: .password, longest: 256),
                    .init(
                        name: "new", label: texts["newPassword"], hint: texts["passwordHint"], kind: .newPassword,
                        longest: 256),
                ], submit: texts["changePassword"], isQuiet: true),
            PageForm(action: "/wallet/signout", hidden: token, submit: texts["signOut"], isQuiet: true),
            PageForm(
                action: "/wallet/signout-everywhere", hidden: token, submit: texts["signOutEverywhere"], isQuiet: true),
        ]
        return page
    }

    private func standing(_ confirmed: Moment?, _ texts: HolderTexts) -> String {
        confirmed == nil ? texts["unconfirmed"] : texts["confirmed"]
    }

    private func phonePage(_ visit: HolderVisit, _ account: Account, next: String?) -> HolderPage {
        let texts = visit.texts
        var page = HolderPage(heading: texts["confirmPhone"])
        page.message =
            texts.filled("codeSent", ["contact": account.phone?.value.masked ?? ""]) + " " + texts["confirmPhoneText"]
        let hidden = [("form", visit.formToken), ("next", Self.local(next))]
        page.forms = [
            PageForm(
                action: "/wallet/phone", hidden: hidden,
                fields: [.init(name: "code", label: texts["codeLabel"], kind: .code, longest: 10)],
                submit: texts["codeConfirm"]),
            PageForm(
                action: "/wallet/phone", hidden: hidden + [("step", Step.resend.rawValue)], submit: texts["codeResend"],
                isQuiet: true),
        ]
        page.buttons = [.init(address: Self.local(next), label: texts["confirmPhoneLater"], isQuiet: true)]
        return page
    }

    /// Another number: a code to the old one, where one is confirmed; then the new one is confirmed itself.
    private func changePhone(
        _ visit: HolderVisit, _ account: Account, _ form: QueryParameters
    ) async throws(Problem) -> APIResponse {
        let texts = visit.texts
        let phone = form["phone"]?.trimmed ?? ""
        let isGuarded = account.confirmedPhone != nil || account.confirmedEmail != nil
        do throws(Problem) {
            guard Step(form) != .confirm, isGuarded else {
                _ = try await desk.changePhone(account, to: phone, code: form["code"])
                return redirect("/wallet/phone")
            }
            let begun = try await desk.begin(.phoneChange, ["phone": .string(phone)], account)
            var page = HolderPage(heading: texts["changePhone"])
            page.message = sent(begun.challenge, account, visit, await desk.outbox.delivered(begun.challenge.id))
            page.forms = [changeForm(visit, phone)]
            return shown(page, visit)
        } catch {
            guard error.isAboutCode, Step(form) == .confirm else {
                return failed(settingsPage(visit, account), error, visit)
            }
            var page = HolderPage(heading: texts["changePhone"])
            page.forms = [changeForm(visit, phone)]
            return failed(page, error, visit)
        }
    }

    private func changeForm(_ visit: HolderVisit, _ phone: String) -> PageForm {
        PageForm(
            action: "/wallet/phone/change",
            hidden: [("form", visit.formToken), ("phone", phone), ("step", Step.confirm.rawValue)],
            fields: [.init(name: "code", label: visit.texts["codeLabel"], kind: .code, longest: 10)],
            submit: visit.texts["codeConfirm"])
    }

    /// Where a code went, or that it is still on its way.
    func sent(_ challenge: Challenge, _ account: Account, _ visit: HolderVisit, _ isDelivered: Bool) -> String {
        visit.texts.filled(
            isDelivered ? "codeSent" : "codeDelayed",
            ["contact": HolderView.sentTo(challenge, account) ?? ""])
    }
}
