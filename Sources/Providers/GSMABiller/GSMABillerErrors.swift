import Router

/// The standard's error codes, one function per phase.
///
/// What is not listed proves nothing. Source: docs/protocols/gsma-biller.md, 4, after the standard's "API Error Handling" and
/// the OpenAPI document, whose spelling counts.
enum GSMABillerErrors {
    /// An error in the answer to a payment: the standard has it only where the request was not processed.
    static func refused(_ status: Int, _ error: JSONValue?) -> ProviderOutcome {
        guard let error, let category = error["errorCategory"]?.stringValue, let code = error["errorCode"]?.stringValue
        else { return WireReply(status: status).doubt }
        let named = "\(category).\(code)"
        switch (status, category, code) {
        case (400, "businessRule", "duplicateRequest"):
            return .unknown(Doubt(.duplicateReference, providerCode: named))
        case (400, "businessRule", "rateLimitError"): return .rejected(Refusal(.throttled, providerCode: named))
        // Says that some rule was broken, and not which: people or a check find out.
        case (400, "businessRule", "genericError"), (400, "validation", "genericError"):
            return .rejected(Refusal(.unspecified, providerCode: named, isDefinitive: false))
        case (401, "authorisation", "clientAuthorisationError"),
            (401, "authorisation", "requestingPartyAuthorisationError"):
            return .rejected(Refusal(.credentialsRefused, providerCode: named))
        case (400, "businessRule", _), (400, "validation", _), (401, "authorisation", _), (404, "identification", _):
            guard let reason = reasons[named] else { return .unknown(Doubt(.unlisted, providerCode: named)) }
            return .rejected(Refusal(reason, providerCode: named))
        case (500..., _, _): return .unknown(Doubt(.operatorError, providerCode: named))
        default: return .unknown(Doubt(.unlisted, providerCode: named))
        }
    }

    /// Why a request that had been accepted has failed: its state is final.
    ///
    /// Reasons that would sound like a refusal of the question are told as not executed.
    static func failed(_ error: JSONValue?) -> ProviderOutcome {
        guard let category = error?["errorCategory"]?.stringValue, let code = error?["errorCode"]?.stringValue else {
            return .rejected(Refusal(.notExecuted, providerCode: "failed"))
        }
        let named = "\(category).\(code)"
        let reason = reasons[named] ?? .notExecuted
        return .rejected(Refusal(reason == .invalidRequest ? .notExecuted : reason, providerCode: named))
    }

    private static let reasons: [String: RefusalReason] = [
        "businessRule.dailyVolumeLimitExceeded": .limitReached, "businessRule.dailyValueLimitExceeded": .limitReached,
        "businessRule.weeklyVolumeLimitExceeded": .limitReached,
        "businessRule.weeklyValueLimitExceeded": .limitReached,
        "businessRule.monthlyVolumeLimitExceeded": .limitReached,
        "businessRule.monthlyValueLimitExceeded": .limitReached,
        "businessRule.accountMaxTotalVolumeExceeded": .limitReached,
        "businessRule.accountMaxTotalValueExceeded": .limitReached, "businessRule.maxBalanceExceeded": .limitReached,
        "businessRule.lessThanTransactionMinValue": .invalidRequest,
        "businessRule.greaterThanTransactionMaxValue": .invalidRequest,
        "businessRule.underPaymentNotAllowed": .invalidRequest, "businessRule.overPaymentNotAllowed": .invalidRequest,
        "businessRule.samePartiesError": .invalidRequest, "businessRule.insufficientFunds": .floatExhausted,
        "businessRule.incorrectState": .accountUnavailable, "validation.lengthError": .invalidRequest,
        "validation.formatError": .invalidRequest, "validation.negativeValue": .invalidRequest,
        "validation.currencyNotSupported": .invalidRequest, "validation.mandatoryValueNotSupplied": .invalidRequest,
        "authorisation.requestDeclined": .declined, "identification.identifierError": .accountUnavailable,
    ]
}
