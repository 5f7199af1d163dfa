import Synchronization

extension TMoneyOnlineOperator {
    /// The PIN and the code from the text message that are right here.
    static let pin = "1234"
    static let code = "123456"

    /// `/pay/{session}`: what the payer does on the page, step by step (docs/protocols/tmoney.md, A3).
    func page(_ id: String, _ request: SandboxRequest) throws -> Answer {
        guard let session = state.withLock({ $0[id] }), session.order != nil else {
            return .html(HTMLPage.render(title: "No such payment", ""), status: 404)
        }
        let now = tools.stage.now
        let decision = request.method == "POST" ? request.field("decision") : nil
        if decision == "again" { return try again(session, at: now) }
        if decision == "confirm", session.result == .paid { return back(from: session) }
        guard request.method == "POST", session.isOpen(now: now) else { return screen(session) }
        switch decision {
        case "cancel": try end(id, .cancelled, at: now)
        case "login": try login(session, request)
        // A wrong code from the text message ends the payment.
        case "code": try end(id, request.field("code") == Self.code ? .paid : .cancelled, at: now)
        default: return .notFound
        }
        let after = state.withLock { $0[id] } ?? session
        // The last page of a payment that was made waits for "Confirm"; the notification does not.
        return after.result == nil || after.result == .paid ? screen(after) : back(from: after)
    }

    /// Sends the browser back to the shop.
    private func back(from session: TMoneyOnlineSession) -> Answer {
        guard let result = session.result, let order = session.order else { return screen(session) }
        let back =
            switch result {
            case .paid: order.acceptURL
            case .cancelled: order.cancelURL
            case .authentication, .failed, .expired: order.declineURL
            }
        return back.isEmpty ? screen(session) : .seeOther(back)
    }

    /// Another try on the same page, after a refused one.
    private func again(_ session: TMoneyOnlineSession, at now: Int64) throws -> Answer {
        guard session.order.map({ !isTaken($0.reference, of: session) }) ?? false else { return screen(session) }
        let opened = try state.withLock { state -> TMoneyOnlineSession? in
            guard var session = state[session.id], session.canTryAgain(now: now) else { return nil }
            session.tryAgain()
            try keep(session, &state)
            return session
        }
        return screen(opened ?? session)
    }

    /// Phone and PIN; the third wrong one blocks the wallet, until `DELETE /_blocked`.
    private func login(_ session: TMoneyOnlineSession, _ request: SandboxRequest) throws {
        var session = session
        session.phone = session.order?.phone ?? request.field("phone") ?? ""
        guard !tools.blocked.holds(session.phone, at: Self.name) else {
            return try end(session.id, .authentication, at: tools.stage.now)
        }
        let isRight = request.field("pin") == Self.pin && session.phone.utf8.count >= 8
        guard isRight || session.wrongPINs < 2 else {
            if !session.phone.isEmpty { try tools.blocked.block(session.phone, at: Self.name) }
            return try end(session.id, .authentication, at: tools.stage.now)
        }
        if isRight { session.step = .code } else { session.wrongPINs += 1 }
        let next = session
        try state.withLock { state in
            guard state[next.id]?.result == nil else { return }
            try keep(next, &state)
        }
    }

    /// The page as it stands.
    func screen(_ session: TMoneyOnlineSession) -> Answer {
        guard let order = session.order else { return .notFound }
        let title = "\(order.brand ?? Self.registeredName): \(order.amount) XOF"
        if session.result == .paid { return lastPage(session, title) }
        guard session.isOpen(now: tools.stage.now) else {
            let word = session.result?.rawValue ?? "EXPIRED_SESSION"
            let again = session.canTryAgain(now: tools.stage.now) ? button("Try again", "again", session) : ""
            return .html(HTMLPage.render(title: title, "<p>This payment has ended: \(word).</p>\(again)"))
        }
        let action = HTMLPage.escape("\(tools.address.url)/tmoney-online/pay/\(session.id)")
        let phone =
            order.phone.map { "<p>Phone: \(HTMLPage.escape($0))</p>" }
            ?? "<p><label>Phone <input name=\"phone\" inputmode=\"tel\"></label></p>"
        let step =
            session.step == .login
            ? """
            \(phone)<p><label>PIN <input name="pin" type="password" inputmode="numeric"></label> (here: \(Self.pin))</p>\
            <button name="decision" value="login">Go on</button>
            """
            : """
            <p><label>Code from the text message <input name="code" inputmode="numeric"></label> \
            (here: \(Self.code))</p><button name="decision" value="code">Pay</button>
            """
        let wrong = session.wrongPINs > 0 ? "<p>Wrong phone or PIN, \(session.wrongPINs) of 3.</p>" : ""
        let note = session.plan == nil ? "" : HTMLPage.decidesByItself
        return .html(
            HTMLPage.render(
                title: title,
                """
                <p>\(HTMLPage.escape(order.text))</p><p>\(HTMLPage.escape(order.description))</p>\(note)\(wrong)
                <form method="post" action="\(action)">\(step)</form>
                \(button("Cancel", "cancel", session))
                """))
    }

    /// What a merchant without a brand of its own is called.
    private static let registeredName = "Sandbox merchant"

    /// The payer is told; "Confirm" leads back to the shop.
    private func lastPage(_ session: TMoneyOnlineSession, _ title: String) -> Answer {
        .html(
            HTMLPage.render(
                title: title,
                "<p>This payment has ended: OK. A text message confirms it.</p>\(button("Confirm", "confirm", session))"
            ))
    }

    private func button(_ label: String, _ decision: String, _ session: TMoneyOnlineSession) -> String {
        HTMLPage.buttons([
            .init(label: label, decision: decision, action: "\(tools.address.url)/tmoney-online/pay/\(session.id)")
        ])
    }
}
