import Router

/// What went wrong, in the words of holders' pages.
enum HolderFault {
    static func text(_ problem: Problem, _ texts: HolderTexts) -> String {
        if problem.outcome == .unknown { return texts["errorUnknownOutcome"] }
        let reason = problem.extra.first { $0.0 == "reason" }?.1.stringValue
        switch problem.code {
        case .wrongCredentials: return texts["errorCredentials"]
        case .unknownUser: return texts["errorUnknownUser"]
        case .usernameTaken: return texts["errorUsername"]
        case .passwordRefused: return texts["errorPassword"]
        case .invalidPhone: return texts["errorPhone"]
        case .contactTaken: return texts["errorContactTaken"]
        case .contactUnconfirmed: return texts["errorUnconfirmed"]
        case .unknownRecipient, .recipientUnverified: return texts["errorRecipient"]
        case .insufficientFunds: return texts["errorFunds"]
        case .walletLimitReached, .dailyLimitReached: return texts["errorLimit"]
        case .walletUnusable, .holderRequired: return texts["errorWallet"]
        case .amountTooLarge, .feeExceedsAmount, .unsupportedCurrency: return texts["errorAmount"]
        case .codeRefused: return code(problem, reason, texts)
        case .codeRequired: return texts["errorCodeOld"]
        case .billUnpayable: return bill(reason, texts)
        case .notFound: return texts["errorBillMissing"]
        case .rateLimited, .tooManyRequests: return texts["errorThrottled"]
        case .paymentStateConflict, .paymentFinal: return texts["errorOver"]
        case .forbidden: return texts["errorShopClosed"]
        case .invalidRequest, .invalidParameter:
            return problem.errors.contains { $0.pointer.hasSuffix("/username") }
                ? texts["errorUsername"] : texts["errorForm"]
        case .noEligibleProvider, .noProviderAvailable, .unknownChannel, .notSupported: return texts["errorProvider"]
        default: return texts["errorUnavailable"]
        }
    }

    private static func code(_ problem: Problem, _ reason: String?, _ texts: HolderTexts) -> String {
        switch reason {
        case "wrong":
            let left = problem.extra.first { $0.0 == "tries_left" }?.1.integerValue ?? 0
            return texts.filled("errorCodeWrong", ["left": String(left)])
        case "other_subject": return texts["errorCodeOther"]
        case "resends": return texts["errorCodesMany"]
        default: return texts["errorCodeOld"]
        }
    }

    private static func bill(_ reason: String?, _ texts: HolderTexts) -> String {
        switch reason {
        case "paid": texts["errorBillPaid"]
        case "being_paid": texts["errorBillBeingPaid"]
        default: texts["errorBillDeleted"]
        }
    }
}
