import Synchronization

extension TMoneyOperator {
    /// `/phones/<number>`: the payer's phone, for people.
    func phone(_ request: SandboxRequest) throws -> Answer {
        if request.method == "GET", let number = request.tail(after: "/phones/") { return screen(number) }
        let parts = request.path.split(separator: "/").compactMap { FormText.decode($0) }
        guard request.method == "POST", parts.count == 3 else { return .notFound }
        let decision: TMoneyDecision? =
            switch request.field("decision") {
            case "approve": .approved
            case "decline": .refused
            default: nil
            }
        guard let decision, state.withLock({ $0.openByPhone[parts[1]]?.contains(parts[2]) }) == true else {
            return .html(HTMLPage.render(title: "No such prompt", "<p>It may have ended already.</p>"), status: 404)
        }
        try decide(parts[2], decision)
        return .seeOther("\(tools.address.url)/tmoney/phones/\(FormText.encode(parts[1]))")
    }

    private func screen(_ number: String) -> Answer {
        let prompts = state.withLock { state in
            (state.openByPhone[number] ?? []).compactMap { state.prompts[$0] }
        }
        let items = prompts.map { prompt in
            let action = "\(tools.address.url)/tmoney/phones/\(FormText.encode(number))/\(FormText.encode(prompt.id))"
            return """
                <h2>Pay \(prompt.toldAmount) XOF?</h2><p>\(HTMLPage.escape(prompt.description))
                (order \(HTMLPage.escape(prompt.order)))</p>
                \(HTMLPage.buttons([
                    .init(label: "Approve", decision: "approve", action: action),
                    .init(label: "Decline", decision: "decline", action: action),
                ]))
                """
        }
        let content = items.isEmpty ? "<p>No open prompt. Reload after the debit.</p>" : items.joined()
        return .html(HTMLPage.render(title: "Phone \(number)", content))
    }
}
