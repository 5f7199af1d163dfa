import Pages
import Synchronization

extension TMoneyOnlineOperator {
    /// The PIN and the code from the text message that are right here.
    static let pin = "1234"
    static let code = "123456"

    /// `/pay/{session}`: what the payer does on the page, step by step (docs/protocols/tmoney.md, A3).
    func page(_ id: String, _ request: SandboxRequest) throws -> Answer {
        guard let session = state.withLock({ $0[id] }), session.order != nil else {
            return Message("No such payment").answer(status: 404)
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
        let action = "\(tools.address.url)/tmoney-online/pay/\(session.id)"
        // The payer is told; "Confirm" leads back to the shop.
        if session.result == .paid {
            return Message(
                title, "This payment has ended: OK. A text message confirms it.",
                buttons: [.init(label: "Confirm", decision: "confirm", action: action)]
            ).answer()
        }
        guard session.isOpen(now: tools.stage.now) else {
            let word = session.result?.rawValue ?? "EXPIRED_SESSION"
            return Message(
                title, "This payment has ended: \(word).",
                buttons: session.canTryAgain(now: tools.stage.now)
                    ? [.init(label: "Try again", decision: "again", action: action)] : []
            ).answer()
        }
        return .page(.wallet, title, session.model(order, action: action))
    }

    /// What a merchant without a brand of its own is called.
    private static let registeredName = "Sandbox merchant"
}

extension TMoneyOnlineSession {
    /// What `tmoney-online/wallet.mustache` is filled with while the session is open.
    func model(_ order: Order, action: String) -> PageModel {
        let login: PageModel = ["phone": .text(order.phone), "pin": .text(TMoneyOnlineOperator.pin)]
        return [
            "text": .text(order.text), "description": .text(order.description), "isMagic": .flag(plan != nil),
            "wrongPINs": .text(wrongPINs > 0 ? String(wrongPINs) : nil), "action": .text(action),
            "login": .model(step == .login ? login : nil),
            "message": .model(step == .code ? ["code": .text(TMoneyOnlineOperator.code)] : nil),
            "buttons": .list([Message.Button(label: "Cancel", decision: "cancel", action: action).model]),
        ]
    }
}
