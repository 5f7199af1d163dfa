import Synchronization

extension FlouciOperator {
    /// `/pay/{id}`: the hosted page, for people.
    ///
    /// Paying or refusing sends the browser back to the shop (4.3).
    func page(_ id: String, _ request: SandboxRequest) throws -> Answer {
        guard let session = state.withLock({ $0.sessions[id] }) else {
            return Message("No such payment").answer(status: 404)
        }
        switch (request.method, request.field("decision")) {
        case ("GET", _): return screen(try visit(id) ?? session)
        case ("POST", "pay"): try end(id, .paid, at: tools.stage.now)
        case ("POST", "refuse"): try end(id, .declined, at: tools.stage.now)
        default: return .notFound
        }
        let result = state.withLock { $0.sessions[id]?.result }
        let link = result == .paid ? session.successLink : session.failLink
        return .seeOther(Links.adding(["payment_id": id], to: link))
    }

    /// What a session has planned begins when somebody first opens its page: a link that reached nobody is never paid.
    ///
    /// Returns the session if it began now.
    private func visit(_ id: String) throws -> FlouciSession? {
        let begun: FlouciSession? = try state.withLock { state in
            let now = tools.stage.now
            guard var session = state.sessions[id], session.plan != nil, session.due == nil, session.isOpen(now: now),
                let after = session.after
            else { return nil }
            session.due = now + after
            try tools.recorder.commit(JournalLine(session: session))
            state.sessions[id] = session
            return session
        }
        if let begun { arm(begun) }
        return begun
    }

    private func screen(_ session: FlouciSession) -> Answer {
        let status = session.status(now: tools.stage.now)
        let amount = "\(session.amount / 1000).\(String(session.amount % 1000 + 1000).dropFirst()) TND"
        guard status == "PENDING" else {
            return Message("Payment of \(amount)", "This payment has ended: \(status).").answer()
        }
        let action = "\(tools.address.url)/flouci/pay/\(session.id)"
        return Message(
            "Payment of \(amount)", isMagic: session.plan != nil,
            buttons: [
                .init(label: "Pay", decision: "pay", action: action),
                .init(label: "Refuse", decision: "refuse", action: action),
            ]
        ).answer()
    }
}
