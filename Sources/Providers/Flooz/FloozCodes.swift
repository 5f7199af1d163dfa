import Router

/// The operator's codes, one function per phase.
///
/// What is not listed proves nothing, and no document of the operator says of any refusal that it is final: each may
/// turn until the contract's quarantine is over, unless the contract names its code. Source: docs/protocols/flooz.md,
/// A4 and A5.
enum FloozCodes {
    /// The reply to a debit: whether the prompt is on its way.
    ///
    /// 8 and 9 refuse because the customer has another prompt open; that is no reason to ask through somebody else.
    static func debit(_ code: String, accepted: Bool, operatorReference: String?) -> ProviderOutcome {
        switch code {
        case "0" where accepted:
            .pending(Progress(actions: [.approveOnPhone(hint: nil)], operatorReference: operatorReference))
        case "1", "3", "5": .rejected(Refusal(.invalidRequest, providerCode: code, isDefinitive: false))
        case "4": .unknown(Doubt(.duplicateReference, providerCode: code))
        case "8", "9": .rejected(Refusal(.limitReached, providerCode: code, isDefinitive: false))
        case "10", "100": .rejected(Refusal(.unspecified, providerCode: code, isDefinitive: false))
        case "99": .rejected(Refusal(.credentialsRefused, providerCode: code))
        default: .unknown(Doubt(.unlisted, providerCode: code))
        }
    }

    /// The details of a verification.
    ///
    /// Paid only with a receipt, which from then on names the payment instead of the order the operator had opened for
    /// it: a status that is not there must not be read as 0.
    static func details(_ details: JSONValue) -> ProviderOutcome {
        let code = details["status"]?.present.map { $0.codeText ?? "?" }
        let theirs = details["mrorreference"]?.nonEmptyCode
        switch code {
        case "0":
            guard let receipt = details["referenceid"]?.nonEmptyCode else {
                return .unknown(Doubt(.unlisted, providerCode: "0 without referenceid"))
            }
            let amount = StatedAmount(details["amount"])
            return .succeeded(
                ReportedTransaction(
                    reference: details["mrchreference"]?.stringValue, of: amount, operatorReference: receipt,
                    acceptedAs: theirs),
                unlessAbsent: amount, "0 without amount")
        case nil where details["pushussd"] == "SUCCESS":
            return .pending(Progress(actions: [.approveOnPhone(hint: nil)], operatorReference: theirs))
        case "10", "100": return .rejected(Refusal(.unspecified, providerCode: code, isDefinitive: false))
        default: return .unknown(Doubt(.unlisted, providerCode: code ?? "no status"))
        }
    }
}
