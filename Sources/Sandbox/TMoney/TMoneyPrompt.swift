/// One debit that the operator recorded, from the prompt on the payer's phone to its end.
///
/// Kept in the journal.
struct TMoneyPrompt: Codable, Sendable {
    /// `idRequete`: the partner's reference, unique.
    var id: String
    /// The partner's user name.
    var account: String
    var phone: String
    /// What the partner asked for, in francs.
    var amount: Int64
    /// What the operator tells and executes, in francs.
    var toldAmount: Int64
    /// `refCommande`.
    var order: String
    /// `dateHeureRequete`, as the partner wrote it.
    var requestedAt: String
    var description: String
    /// `refTmoney`.
    var reference: String
    /// How it stands.
    var decision = TMoneyDecision.waiting
    /// When it ended.
    var decidedAt: Int64?
    /// What happens at ``due``.
    var plan: TMoneyDecision?
    var due: Int64?
    var callbacks: CallbackStyle
    /// Status checks that still fail.
    var failingChecks: Int
    /// Whether a person decides.
    var isPerson: Bool

    var isOpen: Bool { decidedAt == nil }

    /// The fields that callback and status share (B4, B5).
    func json(now: Int64) -> JSONValue {
        [
            "code": .text(decision.code), "message": .text(decision.message), "description": .text(description),
            "refTmoney": .text(reference), "dateHeureTmoney": .text(Timestamps.plain(decidedAt ?? now)),
            "idRequete": .text(id), "statutRequete": .text(decision.status), "typeRequete": "DEBIT",
            "dateHeureRequete": .text(requestedAt), "refCommande": .text(order), "montant": .number(toldAmount),
            "numeroClient": .text(phone), "idPartenaire": .text(account), "nomPartenaire": "Boutique de demonstration",
        ]
    }
}

/// What the operator remembers about a phone that finds tokens revoked.
struct TMoneyPhone: Codable, Sendable {
    var number: String
    /// Whether the next debit is the first of a pair.
    var isFirst: Bool
    /// The token that was revoked on the last change.
    var revokedToken: String?
}
