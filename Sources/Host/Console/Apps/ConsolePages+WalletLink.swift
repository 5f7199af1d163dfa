import Router

/// Linking an app to a business wallet.
extension ConsolePages {
    func registerWalletLink(in routes: inout RouteTable) {
        appForm("wallet/unlink", [], in: &routes) { visit, app, _ throws(Problem) in
            saved(try await desk.change(app.id, .walletUnlinked, visit) { $0.wallet = nil })
        }
        appForm("wallet", ["phone"], in: &routes) { visit, app, form throws(Problem) in
            let phone = form["phone"]?.trimmed ?? ""
            let (challenge, isDelivered) = try await desk.beginLink(phone, app, visit)
            var page = linkPage(app, phone, challenge.id, visit)
            if !isDelivered { page.notice = visit.texts["codeDelayed"] }
            return shown(page, visit)
        }
        form("/console/apps/{id}/wallet/code", .ownApps, in: &routes, ["phone", "code", "challenge", "step"]) {
            visit, form throws(Problem) in
            let app = try await desk.app(visit)
            let (phone, challenge) = (form["phone"] ?? "", form["challenge"].flatMap { ChallengeID($0) })
            do throws(Problem) {
                if form["step"] == Step.resend {
                    try await desk.resendLink(challenge, phone, app, visit)
                    var page = linkPage(app, phone, challenge, visit)
                    page.notice = visit.texts["codeResent"]
                    return shown(page, visit)
                }
                _ = try await desk.link(phone, code: form["code"] ?? "", app, visit)
                return saved(app)
            } catch { return failed(linkPage(app, phone, challenge, visit), error, visit) }
        }
    }

    private enum Step { static let resend = "resend" }

    /// The wallet that an app collects into, and what the platform owes the app itself.
    func wallet(_ app: App, _ visit: ConsoleVisit) async throws(Problem) -> ConsoleBlock {
        let (texts, path) = (visit.texts, "/console/apps/\(app.id)/wallet")
        let hidden = [("form", visit.visitor.formToken)]
        var block = ConsoleBlock(heading: texts["wallet"])
        block.add(texts["walletLinked"], app.wallet?.text, isCode: true)
        for owed in try await desk.owed(to: app) {
            block.add(texts["walletOwed"], visit.amount(Money(owed.posted, owed.currency)))
        }
        block.paragraphs = [(texts["walletText"], .plain), (texts["walletOwedText"], .plain)]
        if desk.environments.contains(.production), !desk.keys.isActive(app.unlinked, in: .production) {
            block.paragraphs.append((texts["walletNeeded"], app.wallet == nil ? .warn : .plain))
        }
        block.forms = [
            PageForm(
                action: path, hidden: hidden,
                fields: [
                    .init(name: "phone", label: texts["walletPhone"], kind: .phone, longest: 30)
                ], submit: texts[app.wallet == nil ? "walletLink" : "walletLinkOther"], isQuiet: app.wallet != nil)
        ]
        if app.wallet != nil {
            block.forms.append(
                PageForm(action: path + "/unlink", hidden: hidden, submit: texts["walletUnlink"], isQuiet: true))
        }
        return block
    }

    private func linkPage(
        _ app: App, _ phone: String, _ challenge: ChallengeID?, _ visit: ConsoleVisit
    ) -> ConsolePage {
        let texts = visit.texts
        var page = ConsolePage(heading: texts["walletLink"], section: "/console/apps")
        page.crumbs = [
            .init(address: "/console/apps", label: texts["apps"]),
            .init(address: "/console/apps/\(app.id)", label: app.name),
        ]
        page.lead = texts["walletCodeText"]
        let hidden = [
            (name: "form", value: visit.visitor.formToken), (name: "phone", value: phone),
            (name: "challenge", value: challenge?.text ?? ""),
        ]
        page.blocks = [
            ConsoleBlock(forms: [
                PageForm(
                    action: "/console/apps/\(app.id)/wallet/code", hidden: hidden,
                    fields: [.init(name: "code", label: texts["code"], kind: .code, longest: 10)],
                    submit: texts["walletLink"]),
                PageForm(
                    action: "/console/apps/\(app.id)/wallet/code", hidden: hidden + [("step", Step.resend)],
                    submit: texts["codeResend"], isQuiet: true),
            ])
        ]
        return page
    }
}

extension App {
    /// As it would be without a wallet, if nobody had disabled it.
    fileprivate var unlinked: App {
        var app = self
        (app.wallet, app.isEnabled) = (nil, true)
        return app
    }
}
