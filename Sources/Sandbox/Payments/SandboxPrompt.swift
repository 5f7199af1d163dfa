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
    var phonePath: String { "/\(`operator`.rawValue)/phones/\(FormText.encode(party))" }
    /// Where decisions are posted to.
    var decisionPath: String { "\(phonePath)/\(FormText.encode(id))" }

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
