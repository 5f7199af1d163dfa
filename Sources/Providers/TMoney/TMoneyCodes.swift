import Router
import WebText

/// The operator's codes, one function per operation and phase.
///
/// What is not listed proves nothing, and no document of the operator says of any refusal that it is final: each may
/// turn until the contract's quarantine is over, unless the contract names its code.
///
/// Source: docs/protocols/tmoney.md, B7 (codes), B2 (login), B4 and B5 (statuses), D (gateway faults).
enum TMoneyCodes {
    /// Login.
    ///
    /// `4001` means bad credentials here, and something else in transactions.
    static func login(_ code: String, token: String?) -> LoginResult {
        switch code {
        case "2000":
            let bare = token.map { $0.hasPrefix("Bearer ") ? String($0.dropFirst(7)) : $0 }
            return AccessToken.usable(bare).map { .token($0, lifetimeSeconds: lifetimeSeconds(of: $0)) } ?? .unreadable
        case "4001", "403", "401": return .refused(providerCode: code)
        default: return .unreadable
        }
    }

    /// `exp` less `iat` of a JWT, at most a day.
    ///
    /// Both are the operator's clock, so ours does not matter; with one of them missing or unreadable, five minutes are
    /// assumed.
    private static func lifetimeSeconds(of token: String) -> Int64 {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let bytes = Base64.decode(urlSafe: parts[1]),
            let claims = try? StrictJSON.parse(bytes), let expiry = claims["exp"]?.integerValue,
            let issued = claims["iat"]?.integerValue, (0..<1 << 40).contains(issued),
            (issued + 1..<1 << 40).contains(expiry)
        else { return 300 }
        return min(expiry - issued, 86_400)
    }

    /// The synchronous reply to a debit: whether the prompt is on its way.
    ///
    /// - Parameters:
    ///   - code: The code, whether it came as text or number.
    ///   - accepted: Whether the HTTP status is a success; acceptance with an error status contradicts itself.
    /// - Returns: What the reply proves.
    static func debit(_ code: String, accepted: Bool) -> ProviderOutcome {
        switch code {
        case "2000" where accepted, "200" where accepted: .pending(Progress(actions: [prompt]))
        case "4001": .unknown(Doubt(.duplicateReference, providerCode: code))
        case "403": .rejected(Refusal(.credentialsRefused, providerCode: code))
        case "501": .rejected(Refusal(.wrongCredentials, providerCode: code, isDefinitive: false))
        case "500", "5000": .unknown(Doubt(.operatorError, providerCode: code))
        default: .unknown(Doubt(.unlisted, providerCode: code))
        }
    }

    /// A 4xx with the fault of the gateway in front of the operator.
    ///
    /// That the request never got through is somebody's deduction, not the operator's word.
    static func gatewayFault(status: Int, code: String?) -> ProviderOutcome {
        let code = code ?? "HTTP \(status)"
        return switch status {
        case 401, 403: .rejected(Refusal(.credentialsRefused, providerCode: code))
        case 429: .rejected(Refusal(.throttled, providerCode: code))
        default: .rejected(Refusal(.operatorUnavailable, providerCode: code, isDefinitive: false))
        }
    }

    /// A transaction as a status query lists it, or as a callback reports it.
    ///
    /// - Parameters:
    ///   - element: The object with `statutRequete`, `montant` and the rest.
    ///   - needsCode: Whether success also needs its code, as in callbacks; a status query may leave it out.
    /// - Returns: What the object says.
    static func transaction(_ element: JSONValue, needsCode: Bool) -> ProviderOutcome {
        let code = element["code"]?.present.map { $0.codeText ?? "" }
        let status = element["statutRequete"]?.stringValue ?? ""
        switch (status, code) {
        case ("SUCCES", "2002"),
            ("SUCCES", "200") where !needsCode,
            ("SUCCES", nil) where !needsCode:
            return succeeded(element)
        case ("ECHEC", "501"):
            return .rejected(Refusal(.wrongCredentials, providerCode: "501", isDefinitive: false))
        case ("ECHEC", let code) where !["2000", "2001", "2002", "200"].contains(code):
            return .rejected(Refusal(.declined, providerCode: code ?? status, isDefinitive: false))
        case ("EN ATTENTE", _), ("EN_ATTENTE", _): return .pending(Progress(actions: [prompt]))
        default:
            return .unknown(Doubt(.unlisted, providerCode: code.map { "\(status)/\($0)" } ?? status))
        }
    }

    /// A credit as its own reply, a status query or a callback tells it.
    ///
    /// There is no prompt, so the reply may be the end already; but 2000, 2001 and 200 alone only mean that it was
    /// taken (docs/protocols/tmoney.md, B6).
    ///
    /// - Parameters:
    ///   - element: The object with `statutRequete`, `montant` and the rest.
    ///   - needsCode: Whether success also needs a code.
    /// - Returns: What the object says.
    static func credit(_ element: JSONValue, needsCode: Bool) -> ProviderOutcome {
        let code = element["code"]?.present.map { $0.codeText ?? "" }
        let status = element["statutRequete"]?.present.map { $0.stringValue ?? "?" }
        let accepted = ["2000", "2001", "2002", "200"]
        switch (status, code) {
        case ("SUCCES", _) where code.map(accepted.contains) ?? !needsCode:
            let left = StatedAmount(element["soldePartenaire"]).units
            return succeeded(element, balance: left.map { Balance(Money($0, .xof), channels: ["tmoney"]) })
        case ("EN ATTENTE", _), ("EN_ATTENTE", _): return .pending(Progress())
        case (nil, "2000"), (nil, "2001"), (nil, "200"): return .pending(Progress())
        case ("ECHEC", let code) where !accepted.contains(code ?? ""):
            return .rejected(Refusal(.unspecified, providerCode: code ?? "ECHEC", isDefinitive: false))
        case (nil, "4001"): return .unknown(Doubt(.duplicateReference, providerCode: code))
        case (nil, "403"): return .rejected(Refusal(.credentialsRefused, providerCode: code))
        case (nil, "500"), (nil, "5000"): return .unknown(Doubt(.operatorError, providerCode: code))
        default:
            return .unknown(Doubt(.unlisted, providerCode: [status, code].compactMap(\.self).joined(separator: "/")))
        }
    }

    /// What an executed debit or credit states.
    private static func succeeded(_ element: JSONValue, balance: Balance? = nil) -> ProviderOutcome {
        let amount = StatedAmount(element["montant"])
        return .succeeded(
            ReportedTransaction(
                reference: element["idRequete"]?.stringValue, of: amount,
                operatorReference: element["refTmoney"]?.nonEmptyText, balance: balance),
            unlessAbsent: amount, "SUCCES without montant")
    }

    private static let prompt = CustomerAction.approveOnPhone(hint: nil)
}
