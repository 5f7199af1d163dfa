import Synchronization

extension TMoneyOnlineOperator {
    /// The PIN and the code from the text message that are right here.
    static let pin = "1234"
    static let code = "123456"

    /// `/pay/{session}`: what the payer does on the page, step by step (A3).
    func page(_ id: String, _ request: SandboxRequest) throws -> Answer {
        guard let session = state.withLock({ $0[id] }), session.order != nil else {
            return .html(HTMLPage.render(title: "No such payment", ""), status: 404)
        }
        let now = tools.stage.now
        guard request.method == "POST", session.isOpen(now: now) else { return screen(session) }
        switch request.field("decision") {
        case "cancel": try end(id, .cancelled, at: now)
        case "login": try login(session, request)
        // A wrong code from the text message ends the payment.
        case "code": try end(id, request.field("code") == Self.code ? .paid : .cancelled, at: now)
        default: return .notFound
        }
        let after = state.withLock { $0[id] } ?? session
        guard let result = after.result, let order = after.order else { return screen(after) }
        let back =
            switch result {
            case .paid: order.acceptURL
            case .cancelled: order.cancelURL
            case .authentication, .failed, .expired: order.declineURL
            }
        return back.isEmpty ? screen(after) : .seeOther(back)
    }

    /// Phone and PIN; the third wrong one blocks the wallet.
    private func login(_ session: TMoneyOnlineSession, _ request: SandboxRequest) throws {
        var session = session
        session.phone = session.order?.phone ?? request.field("phone") ?? ""
        let isRight = request.field("pin") == Self.pin && session.phone.utf8.count >= 8
        guard isRight || session.wrongPINs < 2 else { return try end(session.id, .authentication, at: tools.stage.now) }
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
        let title = "\(order.brand): \(order.amount) XOF"
        guard session.isOpen(now: tools.stage.now) else {
            let word = session.result?.rawValue ?? "EXPIRED_SESSION"
            return .html(HTMLPage.render(title: title, "<p>This payment has ended: \(word).</p>"))
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
                <p>\(HTMLPage.escape(order.description)) \(HTMLPage.escape(order.text))</p>\(note)\(wrong)
                <form method="post" action="\(action)">\(step)</form>
                \(HTMLPage.buttons([.init(label: "Cancel", decision: "cancel", action: "\(tools.address.url)/tmoney-online/pay/\(session.id)")]))
                """))
    }
}
