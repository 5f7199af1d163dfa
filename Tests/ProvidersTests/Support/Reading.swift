import Router
import RouterTestKit

/// Answers as one line, so that tables can hold them.
extension ProviderOutcome {
    var line: String {
        switch self {
        case .succeeded(let statement):
            return [
                "succeeded", statement.reference.map { "reference=\($0)" }, statement.minorUnits.map { "units=\($0)" },
                statement.currency.map { "currency=\($0.code)" },
                statement.operatorReference.map { "operator=\($0)" }, statement.amountIsUnreadable ? "unreadable" : nil,
            ].compactMap { $0 }.joined(separator: " ")
        case .pending(let progress):
            let actions = progress.actions.map(\.line).joined(separator: ",")
            return "pending \(actions)" + (progress.operatorReference.map { " operator=\($0)" } ?? "")
        case .rejected(let refusal): return "rejected \(refusal.line)"
        case .unknown(let doubt):
            return "unknown \(doubt.kind.rawValue)" + (doubt.providerCode.map { " (\($0))" } ?? "")
        }
    }
}

extension Refusal {
    var line: String {
        reason.rawValue + (providerCode.map { " (\($0))" } ?? "") + (isDefinitive ? "" : " may flip")
            + (needsCheck ? " needs a check" : "")
    }
}

extension CustomerAction {
    var line: String {
        switch self {
        case .approveOnPhone: "approve_on_phone"
        case .redirect(let url): "redirect:\(url)"
        case .showQR(let content): "show_qr:\(content)"
        case .submitForm(let url, _): "submit_form:\(url)"
        case .enterCode(let length): "enter_code:\(length ?? 0)"
        case .wait: "wait"
        }
    }
}

extension LoginResult {
    var line: String {
        switch self {
        case .token(let token, let lifetime): "\(token) \(lifetime)"
        case .refused(let code): "refused \(code ?? "")"
        case .unreadable: "unreadable"
        }
    }
}

extension StatusCheckResult {
    var line: String {
        switch self {
        case .found(let answer): "found " + answer.line
        case .absent: "absent"
        case .untried: "untried"
        case .couldNotAnswer(let why): "could not answer: \(why)"
        }
    }

    /// Whether it is anything the core would take for a success.
    var isSucceeded: Bool {
        guard case .found(.succeeded) = self else { return false }
        return true
    }
}

extension ProviderOutcome {
    /// Whether the reply proves neither success nor refusal.
    var isUnknown: Bool {
        guard case .unknown = self else { return false }
        return true
    }
}

extension WireRequest {
    var bodyText: String { String(decoding: body, as: UTF8.self) }

    func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }

    /// Everything that would leave on the wire, as text.
    var wireText: String {
        ([url] + headers.map { "\($0.name): \($0.value)" } + [bodyText]).joined(separator: "\n")
    }
}
