import Router

/// Why the ledger or a wallet keeps an order away, in words.
enum LedgerAnswers {
    static func problem(_ refusal: WalletRefusal, _ places: RefusalPlaces) -> Problem {
        let wallet = refusal.wallet
        var problem: Problem
        let remedy: String
        switch refusal.reason {
        case .missing:
            problem = unusable(wallet, "missing", "the app has no wallet \(wallet) in this environment")
            remedy = "expected one of the app's wallets; GET /v1/wallets lists them"
        case .currency(let currency):
            problem = unusable(
                wallet, "currency", "\(wallet) has \(currency.code), and the amount is in another currency")
            remedy = "holds \(currency.code); name a wallet in the amount's currency"
        case .frozen:
            problem = unusable(wallet, "frozen", "\(wallet) is frozen: nothing leaves it")
            remedy = "is frozen; POST /v1/wallets/\(wallet)/unfreeze opens it again"
        case .closed:
            problem = unusable(wallet, "closed", "\(wallet) is closed")
            remedy = "is closed for good; name another wallet"
        case .itself:
            problem = unusable(wallet, "itself", "money would go from \(wallet) to itself")
            remedy = "is both ends; name another wallet"
        case .belongsToHolder:
            problem = Problem(.holderRequired, "\(wallet) belongs to a holder: an app's key takes nothing out of it")
            remedy = "belongs to a holder; name a wallet that the app owns"
        }
        let pointer = refusal.isSource && refusal.reason != .itself ? places.source : places.target
        problem.errors = [JSONIssue(pointer: pointer, code: "wallet", detail: remedy)]
        return problem
    }

    static func problem(
        _ refusal: LedgerRefusal, _ places: RefusalPlaces = .payment, payment: OrderID? = nil
    ) -> Problem {
        if let problem = DailyLimitAnswers.problem(refusal, places, payment: payment) { return problem }
        guard let wallet = refusal.account.wallet else {
            return Problem(
                .noProviderAvailable, "the provider that would pay it has not enough money left at present",
                payment: payment)
        }
        switch refusal.reason {
        case .insufficient, .overflow, .holdEnded:
            return Problem(.insufficientFunds, "\(wallet) does not have the amount", payment: payment)
        case .limit:
            let name = refusal.account.limitName
            return Problem(
                .walletLimitReached, "the limit \(name ?? "") of \(wallet) is reached", payment: payment,
                extra: [("wallet", .string(wallet.text)), ("limit", JSONValue(name))])
        case .frozen: return unusable(wallet, "frozen", "\(wallet) is frozen: nothing leaves it", payment)
        case .closed: return unusable(wallet, "closed", "\(wallet) is closed", payment)
        case .missing: return unusable(wallet, "missing", "there is no wallet \(wallet)", payment)
        }
    }

    private static func unusable(
        _ wallet: WalletID, _ reason: String, _ detail: String, _ payment: OrderID? = nil
    ) -> Problem {
        Problem(
            .walletUnusable, detail, payment: payment,
            extra: [("wallet", .string(wallet.text)), ("reason", .string(reason))])
    }
}
