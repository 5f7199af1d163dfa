import WebText

extension PaymentBook {
    /// `/phones/<number>`: the payer's phone, for people.
    ///
    /// The answer is the page, or where to go after a button; `base` is the sandbox's address.
    func phone(_ request: SandboxRequest, base: String) throws -> Answer {
        if request.method == "GET", let number = request.tail(after: "/phones/") { return screen(number, base) }
        let parts = request.path.split(separator: "/").compactMap { FormText.decoded($0) }
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
        return .seeOther("\(base)/\(owner.rawValue)/phones/\(PercentText.encoded(parts[1]))")
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

/// A prompt on a payer's phone that a person can still answer.
struct SandboxPrompt: Sendable, Hashable {
    var `operator`: SandboxOperator
    /// Whose phone.
    var party: String
    /// The partner's reference.
    var id: String
    /// In the smallest unit.
    var amount: Int64
    var currency: String
    /// What the phone shows besides.
    var text: String
    /// When it ends by itself, in milliseconds since 1970; `nil` if it never does.
    var until: Int64?

    /// The phone's page, below the sandbox's address.
    var phonePath: String { "/\(`operator`.rawValue)/phones/\(PercentText.encoded(party))" }
    /// Where decisions are posted to.
    var decisionPath: String { "\(phonePath)/\(PercentText.encoded(id))" }

    /// Buttons that answer it; `base` is the sandbox's address.
    func buttons(_ base: String) -> String {
        HTMLPage.buttons([
            .init(label: "Approve", decision: "approve", action: base + decisionPath),
            .init(label: "Decline", decision: "decline", action: base + decisionPath),
        ])
    }

    /// How much longer it waits, in words.
    func remaining(now: Int64) -> String {
        until.map { "\(max(0, ($0 - now + 999) / 1_000)) s" } ?? "for ever"
    }
}

extension PaymentBook {
    /// The open prompts of every phone, the one that ends first in front.
    var openPrompts: [SandboxPrompt] {
        openForPeople.map { payment in
            SandboxPrompt(
                operator: owner, party: payment.party, id: payment.id, amount: payment.toldAmount,
                currency: payment.currency, text: payment.details["text"] ?? "", until: payment.due)
        }
    }
}
