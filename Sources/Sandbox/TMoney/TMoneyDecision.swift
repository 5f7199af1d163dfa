/// How a debit or credit stands: the words and codes of callback and status (docs/protocols/tmoney.md, B4, B5, B7).
struct TMoneyDecision: Sendable {
    /// `EN_ATTENTE`, `SUCCES` or `ECHEC`.
    var status: String
    var code: String
    var message: String

    private init(_ status: String, _ code: String, _ message: String) {
        self.status = status
        self.code = code
        self.message = message
    }

    /// Translates the result of a payment.
    init(_ payment: SandboxPayment) {
        let isCredit = payment.operation == SandboxOperation.payout.rawValue
        self =
            switch payment.result {
            case nil: Self("EN_ATTENTE", "2000", "Transaction en cours")
            case SandboxResult.executed?: Self("SUCCES", "2002", "Transaction effectuee avec succes")
            case SandboxResult.insufficientFunds?: Self("ECHEC", "500", "Solde insuffisant")
            case SandboxResult.wrongPIN?: Self("ECHEC", "501", "Code PIN incorrect")
            // Nobody is asked about a credit: what declines it is the account that it goes to.
            case SandboxResult.declined? where isCredit: Self("ECHEC", "500", "Compte beneficiaire indisponible")
            case SandboxResult.declined?: Self("ECHEC", "501", "Refus du client")
            case SandboxResult.expired?: Self("ECHEC", "500", "Delai de confirmation depasse")
            default: Self("ECHEC", "500", "Erreur de transaction")
            }
    }
}
