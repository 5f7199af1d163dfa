import FoundationEssentials

extension SandboxOperator {
    /// PayGate Global: both Togolese wallets (docs/protocols/paygate-global.md); XOF.
    public static let paygate = SandboxOperator(named: "paygate")
}

/// PayGate Global (docs/protocols/paygate-global.md).
final class PayGateOperator: SimulatedOperator {
    static let name = SandboxOperator.paygate
    static let about =
        "PayGate at <code>/paygate</code>; its page has buttons, prompts of phones without magic wait for a person (<code>/paygate/phones/99…</code>)."
    static let scenarios = SandboxScenario.paygate
    static let accounts = [SandboxAccountRule(kind: "paygate", operator: .paygate, account: .secret("auth_token"))]

    let tools: OperatorTools
    let book: PaymentBook

    init(_ tools: OperatorTools) {
        self.tools = tools
        book = PaymentBook(.paygate, tools) { payment, now in
            // Only what was paid is notified (docs/protocols/paygate-global.md, 4), and payouts never are.
            guard payment.operation == "collect", payment.result == .executed else { return nil }
            return Outgoing(
                id: "paygate-\(payment.key)", sender: .paygate, account: payment.account, method: "POST",
                body: Self.told(payment, now).string, due: now)
        }
    }

    func operation(of request: SandboxRequest) -> SandboxOperation? {
        switch (request.method, request.path) {
        case ("POST", "/api/v1/pay"): .collect
        case ("POST", "/api/v1/disburse"): .payout
        case ("POST", "/api/v1/status"), ("POST", "/api/v2/status"): .check
        case ("POST", "/api/v1/check-balance"): .balance
        default: nil
        }
    }

    func answer(_ request: SandboxRequest) async throws -> Answer {
        switch (request.method, request.path) {
        case ("POST", "/api/v1/pay"): try await pay(request)
        case ("POST", "/api/v1/disburse"): try await disburse(request)
        case ("POST", "/api/v1/status"), ("POST", "/api/v2/status"): try status(request)
        case ("POST", "/api/v1/check-balance"): try balance(request)
        case (_, "/v1/page"): try page(request)
        case (_, let path) where path.hasPrefix("/phones/"): try book.phone(request, base: tools.address.url)
        default: .notFound
        }
    }

    func restore(_ line: JournalLine) { book.restore(line) }
    func armAll() { book.armAll() }
    var openPrompts: [SandboxPrompt] { book.openPrompts }

    /// The fields of a request, whether it came as JSON or as a form (docs/protocols/paygate-global.md, 1).
    static func fields(_ request: SandboxRequest) -> [String: String]? {
        if request.header("Content-Type")?.hasPrefix("application/x-www-form-urlencoded") == true {
            let pairs = String(validating: request.body, as: UTF8.self).flatMap { FormText.pairs($0) }
            return pairs.map { Dictionary($0.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first }) }
        }
        return (try? JSONDecoder().decode([String: Scalar].self, from: Data(request.body)))?.mapValues(\.text)
    }

    /// A JSON text or whole number.
    private struct Scalar: Decodable {
        var text: String

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            text = try (try? container.decode(String.self)) ?? String(container.decode(Int64.self))
        }
    }

    /// The fields of callback and status.
    static func told(_ payment: SandboxPayment, _ now: Int64) -> JSONValue {
        [
            "tx_reference": .text(payment.reference), "identifier": .text(payment.id),
            "payment_reference": .text(payment.result == .executed ? "P" + payment.reference : ""),
            "amount": .number(payment.toldAmount), "datetime": .text(Timestamps.plain(payment.endedAt ?? now)),
            "phone_number": .text(payment.party),
            "payment_method": .text(payment.details["network"] == "TMONEY" ? "T-Money" : "FLOOZ"),
        ]
    }
}
