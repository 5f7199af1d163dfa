import Router

/// Why the ledger or a wallet keeps an order away, in words.
enum LedgerAnswers {
    static func problem(_ refusal: WalletRefusal) -> Problem {
        let wallet = refusal.wallet
        switch refusal.reason {
        case .missing: return unusable(wallet, "missing", "the app has no wallet \(wallet) in this environment")
        case .currency(let currency):
            return unusable(wallet, "currency", "\(wallet) has \(currency.code), and the amount is in another currency")
        case .frozen: return unusable(wallet, "frozen", "\(wallet) is frozen: nothing leaves it")
        case .closed: return unusable(wallet, "closed", "\(wallet) is closed")
        case .itself: return unusable(wallet, "itself", "money would go from \(wallet) to itself")
        case .belongsToHolder:
            return Problem(.holderRequired, "\(wallet) belongs to a holder: an app's key takes nothing out of it")
        }
    }

    static func problem(_ refusal: LedgerRefusal, payment: OrderID? = nil) -> Problem {
        guard let wallet = refusal.account.wallet else {
            return Problem(
                .insufficientFunds, "\(refusal.account) does not cover it at present (\(refusal.reason.rawValue))",
                payment: payment)
        }
        switch refusal.reason {
        case .insufficient, .overflow, .holdEnded:
            return Problem(.insufficientFunds, "\(wallet) does not have the amount", payment: payment)
        case .limit: return Problem(.walletLimitReached, "a limit of \(wallet) is reached", payment: payment)
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
