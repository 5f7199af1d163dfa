/// How a debit ended: the words and codes of callback and status (`protocols/tmoney.md`, B4, B5, B7).
struct TMoneyDecision: Codable, Sendable, Hashable {
    /// `EN_ATTENTE`, `SUCCES` or `ECHEC`.
    var status: String
    var code: String
    var message: String

    static let waiting = TMoneyDecision(status: "EN_ATTENTE", code: "2000", message: "Transaction en cours")
    static let approved = TMoneyDecision(status: "SUCCES", code: "2002", message: "Transaction effectuee avec succes")
    static let insufficientFunds = TMoneyDecision(status: "ECHEC", code: "500", message: "Solde insuffisant")
    static let wrongPIN = TMoneyDecision(status: "ECHEC", code: "501", message: "Code PIN incorrect")
    static let failed = TMoneyDecision(status: "ECHEC", code: "500", message: "Erreur de transaction")
    static let refused = TMoneyDecision(status: "ECHEC", code: "501", message: "Refus du client")
    static let expired = TMoneyDecision(status: "ECHEC", code: "500", message: "Delai de confirmation depasse")

    var isSuccess: Bool { status == "SUCCES" }
}
