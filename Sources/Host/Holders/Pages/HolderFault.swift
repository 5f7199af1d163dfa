import Router

/// What went wrong, in the words of holders' pages.
enum HolderFault {
    /// What is shown of a problem.
    ///
    /// - Parameters:
    ///   - problem: What went wrong.
    ///   - texts: The words of the reader's language.
    ///   - isAboutBill: Whether what was not found is a bill.
    /// - Returns: A sentence or two.
    static func text(_ problem: Problem, _ texts: HolderTexts, isAboutBill: Bool = false) -> String {
        if problem.outcome == .unknown { return texts["errorUnknownOutcome"] }
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
        case .codeRefused: return code(problem, texts)
        case .codeRequired: return texts["errorCodeOld"]
        case .billUnpayable: return bill(problem, texts)
        case .notFound: return texts[isAboutBill ? "errorBillMissing" : "errorMissing"]
        case .rateLimited, .tooManyRequests: return texts["errorThrottled"]
        case .paymentStateConflict, .paymentFinal: return texts["errorOver"]
        case .forbidden: return texts[isAboutBill ? "errorForm" : "errorShopClosed"]
        case .invalidRequest, .invalidParameter, .unsupportedMediaType, .cardNumberRefused:
            if problem.isAboutCode { return texts["errorCodeForm"] }
            return problem.errors.contains { $0.pointer == SignUpInput.usernamePointer }
                ? texts["errorUsername"] : texts["errorForm"]
        case .noEligibleProvider, .noProviderAvailable, .unknownChannel, .notSupported: return texts["errorProvider"]
        default: return texts["errorUnavailable"]
        }
    }

    private static func code(_ problem: Problem, _ texts: HolderTexts) -> String {
        switch problem.member(Problem.reason)?.stringValue.flatMap({ ChallengeAnswers.Reason(rawValue: $0) }) {
        case .wrong:
            let left = problem.member(Problem.triesLeft)?.integerValue ?? 0
            return texts.filled("errorCodeWrong", ["left": String(left)])
        case .otherSubject: return texts["errorCodeOther"]
        case .resends: return texts["errorCodesMany"]
        case .missing, .expired, .used, .replaced, .exhausted, .over, nil: return texts["errorCodeOld"]
        }
    }

    private static func bill(_ problem: Problem, _ texts: HolderTexts) -> String {
        switch problem.member(Problem.reason)?.stringValue.flatMap({ BillAnswers.Reason(rawValue: $0) }) {
        case .paid: texts["errorBillPaid"]
        case .beingPaid: texts["errorBillBeingPaid"]
        case .deleted, nil: texts["errorBillDeleted"]
        }
    }
}
