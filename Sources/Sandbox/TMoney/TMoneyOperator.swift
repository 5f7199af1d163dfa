import FoundationEssentials
import Synchronization

extension SandboxOperator {
    /// TMoney partner interface, version 2: debit by push USSD (docs/protocols/tmoney.md, B); XOF.
    public static let tmoney = SandboxOperator(named: "tmoney")
}

/// TMoney's partner interface, version 2 (docs/protocols/tmoney.md, B).
final class TMoneyOperator: SimulatedOperator {
    static let name = SandboxOperator.tmoney
    static let about =
        "TMoney at <code>/tmoney</code>; prompts of phones without magic wait for a person (<code>/tmoney/phones/228…</code>)."
    static let scenarios = SandboxScenario.tmoney
    static let accounts = [SandboxAccountRule(kind: "tmoney", operator: .tmoney, account: .setting("username"))]

    let tools: OperatorTools
    let tokens = Mutex(TMoneyTokens())
    /// Debits and credits.
    let book: PaymentBook

    init(_ tools: OperatorTools) {
        self.tools = tools
        book = PaymentBook(.tmoney, tools) { payment, now in
            Outgoing(
                id: "tmoney-\(payment.key)", sender: .tmoney, account: payment.account, method: "POST",
                body: (Self.legacyAnswer(payment) ?? Self.json(payment, now: now)).string, due: now)
        }
    }

    /// Only JSON with code 2001 acknowledges a callback (docs/protocols/tmoney.md, B4); codes arrive as text or number.
    static func acknowledges(_ reply: SandboxCallbackReply) -> Bool {
        guard (200..<300).contains(reply.status) else { return false }
        return (try? JSONDecoder().decode(Acknowledgement.self, from: Data(reply.body)))?.code == "2001"
    }

    private struct Acknowledgement: Decodable {
        var code: String

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Keys.self)
            if let number = try? container.decode(Int.self, forKey: .code) {
                code = String(number)
            } else {
                code = try container.decode(String.self, forKey: .code)
            }
        }

        private enum Keys: CodingKey { case code }
    }

    func operation(of request: SandboxRequest) -> SandboxOperation? {
        switch (request.method, request.path) {
        case ("POST", "/login"): .login
        case ("POST", "/tmoney-middleware/debit"): .collect
        case ("POST", "/api/tpcredit"), ("GET", "/v1/credit"): .payout
        case ("GET", "/tmoney-middleware/transactionid"), ("GET", "/api/tpcredit/check-transaction-id"): .check
        default: nil
        }
    }

    /// Answers one request below `/tmoney`.
    func answer(_ request: SandboxRequest) async throws -> Answer {
        switch (request.method, request.path) {
        case ("POST", "/login"): try login(request)
        case ("POST", "/tmoney-middleware/debit"): try await debit(request)
        case ("GET", "/tmoney-middleware/transactionid"): try check(request, .collect, countedAs: "status")
        case ("POST", "/api/tpcredit"): try await credit(request)
        case ("GET", "/api/tpcredit/check-transaction-id"): try check(request, .payout, countedAs: "credit_status")
        case ("GET", "/v1/credit"): try await legacyCredit(request)
        case (_, let path) where path.hasPrefix("/phones/"): try book.phone(request, base: tools.address.url)
        default: .notFound
        }
    }

    func restore(_ line: JournalLine) {
        book.restore(line)
        for turn in line.kept(TMoneyRevocation.self, as: "revocation", of: .tmoney) {
            tokens.withLock { $0.put(turn) }
        }
    }

    /// Arms every planned end.
    func armAll() { book.armAll() }
    var openPrompts: [SandboxPrompt] { book.openPrompts }
}
