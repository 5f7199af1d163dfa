import Router

/// The operator's codes, one function per phase.
///
/// What is not listed proves nothing. Source: docs/protocols/mtn-momo.md, 4 and 6, after the operator's pages "Common
/// Error Codes" and "failure reasons".
enum MTNMoMoCodes {
    /// The synchronous reply to a money request.
    ///
    /// The operator's pages name its errors, but none says that an error precedes execution: what a refusal was worth,
    /// the status query tells, unless the contract names its code.
    static func accepted(_ status: Int, code: String?, prompts: Bool) -> ProviderOutcome {
        let named = code ?? "HTTP \(status)"
        switch (status, code) {
        case (202, nil): return .pending(Progress(actions: [prompts ? .approveOnPhone(hint: nil) : .wait]))
        case (400, _?): return .rejected(Refusal(.invalidRequest, providerCode: named, isDefinitive: false))
        case (401, _), (403, _): return .rejected(Refusal(.credentialsRefused, providerCode: named))
        case (409, "RESOURCE_ALREADY_EXIST"), (409, "RESOURCE_ALREADY_EXISTS"):
            return .unknown(Doubt(.duplicateReference, providerCode: named))
        case (429, _?): return .rejected(Refusal(.throttled, providerCode: named))
        case (500, "NOT_ALLOWED"), (500, "NOT_ALLOWED_TARGET_ENVIRONMENT"), (500, "INVALID_CALLBACK_URL_HOST"),
            (500, "INVALID_CURRENCY"):
            return .rejected(Refusal(.invalidRequest, providerCode: named, isDefinitive: false))
        case (500, "PAYER_NOT_FOUND"), (500, "PAYEE_NOT_FOUND"):
            return .rejected(Refusal(.accountUnavailable, providerCode: named, isDefinitive: false))
        case (500..., _): return .unknown(Doubt(.operatorError, providerCode: named))
        default: return .unknown(Doubt(.unlisted, providerCode: named))
        }
    }

    /// Why a transaction ended as `FAILED`.
    ///
    /// `INTERNAL_PROCESSING_ERROR` is final for collections; for money that leaves us it is asked again.
    static func failed(_ reason: String?, leavesUs: Bool) -> ProviderOutcome {
        func refusal(_ why: RefusalReason, isDefinitive: Bool = true) -> ProviderOutcome {
            .rejected(Refusal(why, providerCode: reason ?? "FAILED", isDefinitive: isDefinitive))
        }
        return switch reason {
        case "PAYER_NOT_FOUND", "PAYEE_NOT_FOUND", "PAYEE_NOT_ALLOWED_TO_RECEIVE": refusal(.accountUnavailable)
        case "NOT_ENOUGH_FUNDS": refusal(leavesUs ? .floatExhausted : .insufficientFunds)
        case "PAYER_LIMIT_REACHED": refusal(.limitReached)
        case "APPROVAL_REJECTED", "REJECTED": refusal(.declined)
        case "EXPIRED", "COULD_NOT_PERFORM_TRANSACTION": refusal(.expired)
        case "NOT_ALLOWED", "NOT_ALLOWED_TARGET_ENVIRONMENT", "INVALID_CALLBACK_URL_HOST", "INVALID_CURRENCY",
            "TRANSFER_TYPE_UNKNOWN", "SERVICE_UNAVAILABLE":
            refusal(.notExecuted)
        case "INTERNAL_PROCESSING_ERROR", nil: refusal(.unspecified, isDefinitive: !leavesUs)
        case "ONGOING", "PENDING", "DELAYED", "PAYER_DELAYED", "PAYEE_DELAYED":
            .unknown(Doubt(.inProgress, providerCode: reason))
        default: .unknown(Doubt(.unlisted, providerCode: reason))
        }
    }

    /// A transaction as the status query or a callback tells it.
    static func transaction(_ body: JSONValue, prompts: Bool, leavesUs: Bool) -> ProviderOutcome {
        switch body["status"]?.stringValue {
        case "PENDING": return .pending(Progress(actions: [prompts ? .approveOnPhone(hint: nil) : .wait]))
        case "FAILED": return failed(reason(body), leavesUs: leavesUs)
        case "SUCCESSFUL":
            guard let code = body["currency"]?.stringValue, let amount = body["amount"], amount != .null else {
                return .unknown(Doubt(.unlisted, providerCode: "SUCCESSFUL without amount or currency"))
            }
            guard let currency = Currency(code: code) else {
                return .unknown(Doubt(.unlisted, providerCode: "SUCCESSFUL in an unknown currency"))
            }
            return .succeeded(
                ReportedTransaction(
                    reference: body["externalId"]?.stringValue,
                    of: StatedAmount(amount, decimals: currency.exponent), currency,
                    operatorReference: body["financialTransactionId"]?.nonEmptyCode))
        case let other: return .unknown(Doubt(.unlisted, providerCode: other ?? "no status"))
        }
    }

    /// The reason of a failure: an object with a code, or in older versions a text; one that cannot be read is another
    /// reason than none.
    private static func reason(_ body: JSONValue) -> String? {
        guard case .object(let reason)? = body["reason"] else { return body["reason"]?.statedCode }
        return reason["code"]?.statedCode ?? "no code"
    }
}
