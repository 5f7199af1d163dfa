extension PaymentBook {
    /// `/phones/<number>`: the payer's phone, for people.
    ///
    /// The answer is the page, or where to go after a button; `base` is the sandbox's address.
    func phone(_ request: SandboxRequest, base: String) throws -> Answer {
        if request.method == "GET", let number = request.tail(after: "/phones/") { return screen(number, base) }
        let parts = request.path.split(separator: "/").compactMap { FormText.decode($0) }
        guard request.method == "POST", parts.count == 3 else { return .notFound }
        let result: SandboxResult? =
            switch request.field("decision") {
            case "approve": .executed
            case "decline": .declined
            default: nil
            }
        guard let result, let prompt = prompts(of: parts[1]).first(where: { $0.id == parts[2] }) else {
            return .html(HTMLPage.render(title: "No such prompt", "<p>It may have ended already.</p>"), status: 404)
        }
        try decide(prompt.key, result)
        return .seeOther("\(base)/\(owner.rawValue)/phones/\(FormText.encode(parts[1]))")
    }

    private func screen(_ number: String, _ base: String) -> Answer {
        let items = openPrompts.filter { $0.party == number }.map { prompt in
            """
            <h2>Pay \(prompt.amount) \(prompt.currency) (smallest units)?</h2>
            <p>\(HTMLPage.escape(prompt.text))</p>
            <p>Waits \(prompt.remaining(now: now)) longer.</p>
            \(prompt.buttons(base))
            """
        }
        let none = "<p>No open prompt. Reload after the payment was asked for.</p>"
        let content = items.isEmpty ? none : items.joined()
        return .html(
            HTMLPage.render(title: "Phone \(number)", content + "<p><a href=\"\(base)/\">All open prompts</a></p>"))
    }
}
