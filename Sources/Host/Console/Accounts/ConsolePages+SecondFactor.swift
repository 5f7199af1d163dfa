import People
import Router
import WebText

/// Setting up a second factor, and giving it up.
extension ConsolePages {
    func registerSecondFactor(in routes: inout RouteTable) {
        page("/console/account/second-factor", .signedIn, in: &routes) { visit throws(Problem) in
            guard let account = visit.visitor.account else { return redirect("/console/signin") }
            if account.hasSecondFactor { return shown(removalPage(visit), visit) }
            return shown(settingPage(account, desk.people.freshSecondFactor(), visit), visit)
        }
        form("/console/account/second-factor", .signedIn, in: &routes, ["secret", "code", "password"]) {
            visit, form throws(Problem) in
            guard let account = visit.visitor.account else { return redirect("/console/signin") }
            guard !account.hasSecondFactor else { return redirect("/console/account") }
            guard let bytes = Hex.bytes(form["secret"] ?? ""), bytes.count == 20 else {
                throw Problem(.invalidParameter, "the secret of this form is not one that was shown")
            }
            let factor = SecondFactor(secret: bytes)
            do throws(Problem) {
                // A stolen session alone does not keep the owner out.
                _ = try await desk.signIn(account.username.text, Secret(form["password"] ?? ""), visit)
                let changed = try await desk.takeDigits(
                    form["code"] ?? "", of: account, visit, .secondFactorSet, confirming: factor)
                return try await begin(changed, .consoleWithSecondFactor, visit, next: "/console/account?saved=1")
            } catch { return failed(settingPage(account, factor, visit), error, visit) }
        }
        form("/console/account/second-factor/remove", .signedIn, in: &routes, ["code"]) { visit, form throws(Problem) in
            guard let account = visit.visitor.account, account.hasSecondFactor else {
                return redirect("/console/account")
            }
            do throws(Problem) {
                let known = try await desk.takeDigits(form["code"] ?? "", of: account, visit, .secondFactorRemoved)
                _ = try await desk.change(known.id, .secondFactorRemoved, visit) { $0.secondFactor = nil }
                return try await begin(known, .console, visit, next: "/console/account?saved=1")
            } catch { return failed(removalPage(visit), error, visit) }
        }
    }

    private func settingPage(_ account: Account, _ factor: SecondFactor, _ visit: ConsoleVisit) -> ConsolePage {
        let texts = visit.texts
        var page = ConsolePage(heading: texts["secondFactorSet"], section: "/console/account")
        page.lead = texts["secondFactorScan"]
        page.crumbs = [.init(address: "/console/account", label: texts["account"])]
        let address = TOTP.address(
            factor, issuer: desk.settings.name, account: account.email?.value ?? account.username.text)
        var block = ConsoleBlock()
        // Made here, not asked for: the secret stands in no address.
        block.picture = QRCode(address).map {
            ("data:image/svg+xml;base64," + Base64.encode(Array($0.svg().utf8)), texts["secondFactorPicture"])
        }
        block.code = (texts["secondFactorByHand"], TOTP.base32(factor.secret))
        block.forms = [
            PageForm(
                action: "/console/account/second-factor",
                hidden: [("form", visit.visitor.formToken), ("secret", Hex.text(factor.secret))],
                fields: [
                    .init(name: "code", label: texts["digits"], kind: .code, longest: 12),
                    .init(name: "password", label: texts["password"], kind: .password, longest: 256),
                ], submit: texts["secondFactorSet"])
        ]
        page.blocks = [block]
        return page
    }

    private func removalPage(_ visit: ConsoleVisit) -> ConsolePage {
        let texts = visit.texts
        var page = ConsolePage(heading: texts["secondFactorRemove"], section: "/console/account")
        page.crumbs = [.init(address: "/console/account", label: texts["account"])]
        page.lead = texts["secondFactorRemoveText"]
        page.blocks = [
            ConsoleBlock(forms: [
                PageForm(
                    action: "/console/account/second-factor/remove", hidden: [("form", visit.visitor.formToken)],
                    fields: [.init(name: "code", label: texts["digits"], kind: .code, longest: 12)],
                    submit: texts["secondFactorRemove"])
            ])
        ]
        return page
    }
}

extension ConsoleDesk {
    /// Takes digits of a second factor.
    func takeDigits(
        _ digits: String, of account: Account, _ visit: ConsoleVisit, _ action: AuditAction,
        confirming factor: SecondFactor? = nil
    ) async throws(Problem) -> Account {
        let taken = try await changed { () async throws(StoreFailure) in
            try await people.take(
                digits, of: account, at: ClientKey(visit.request.client).shortened, confirming: factor,
                audit: { _, after in line(action, .init(.account, after.id.text), visit, by: after) })
        }
        switch taken {
        case .done(let account): return account
        case .wrong: throw Problem(.codeRefused, "these are not the digits that the app shows now")
        case .throttled(let seconds): throw PasswordAnswers.throttled(seconds)
        }
    }
}
