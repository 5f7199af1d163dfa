import Pages
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
            return Message("No such prompt", "It may have ended already.").answer(status: 404)
        }
        try decide(prompt.key, result)
        return .seeOther("\(base)/\(owner.rawValue)/phones/\(PercentText.encoded(parts[1]))")
    }

    private func screen(_ number: String, _ base: String) -> Answer {
        let prompts = openPrompts.filter { $0.party == number }
        return .page(.phone, "Phone \(number)", SandboxPrompt.phoneModel(prompts, base: base, now: now))
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

    /// What `pages/phone.mustache` is filled with; `base` is the sandbox's address.
    static func phoneModel(_ prompts: [SandboxPrompt], base: String, now: Int64) -> PageModel {
        ["prompts": .list(prompts.map { $0.model(base: base, now: now) }), "base": .text(base)]
    }

    /// What a page says of it, with the buttons that answer it.
    func model(base: String, now: Int64) -> PageModel {
        [
            "operator": .text(`operator`.rawValue), "party": .text(party), "phone": .text(base + phonePath),
            "amount": .text(String(amount)), "currency": .text(currency), "text": .text(text),
            "remaining": .text(remaining(now: now)),
            "buttons": .list(
                [("Approve", "approve"), ("Decline", "decline")].map { label, decision in
                    Message.Button(label: label, decision: decision, action: base + decisionPath).model
                }),
        ]
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
