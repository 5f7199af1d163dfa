import FoundationEssentials
import Synchronization

extension SandboxOperator {
    /// TMoney partner interface, version 2: debit by push USSD (`protocols/tmoney.md`, section B).
    ///
    /// XOF.
    public static let tmoney = SandboxOperator(named: "tmoney")
}

/// TMoney's partner interface, version 2 (`protocols/tmoney.md`, section B).
final class TMoneyOperator: PracticeOperator {
    static let name = SandboxOperator.tmoney
    static let about = "TMoney at <code>/tmoney</code>. Pay as a person: <code>/tmoney/phones/228…</code>"
    static let scenarios = SandboxScenario.tmoney
    static let accounts = [SandboxAccountRule(kind: "tmoney", operator: .tmoney, account: .setting("username"))]

    let tools: OperatorTools
    let state = Mutex(TMoneyState())
    let credits: PaymentBook

    init(_ tools: OperatorTools) {
        self.tools = tools
        credits = PaymentBook(.tmoney, tools) { payment, now in
            Outgoing(
                id: "tmoney-\(payment.key)", sender: .tmoney, account: payment.account, method: "POST",
                body: Self.json(payment, now: now).string, due: now)
        }
    }

    /// Only JSON with code 2001 acknowledges a callback (B4); codes arrive as text or number.
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

    func operation(of request: SandboxRequest) -> PracticeOperation? {
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
        case ("GET", "/tmoney-middleware/transactionid"): try check(request)
        case ("POST", "/api/tpcredit"): try await credit(request)
        case ("GET", "/api/tpcredit/check-transaction-id"): try checkCredit(request)
        case ("GET", "/v1/credit"): try await legacyCredit(request)
        case (_, let path) where path.hasPrefix("/phones/"): try phone(request)
        default: .notFound
        }
    }

    /// Reads one line of the journal.
    func restore(_ line: JournalLine) {
        credits.restore(line)
        state.withLock { state in
            if let prompt = line.prompt { state.put(prompt) }
            if let phone = line.phone { state.put(phone) }
        }
    }

    /// Arms every planned decision.
    func armAll() {
        credits.armAll()
        for prompt in state.withLock({ $0.prompts.values.filter { $0.isOpen && $0.due != nil } }) { arm(prompt) }
    }

    /// Lets a prompt's plan happen when it is due.
    func arm(_ prompt: TMoneyPrompt) {
        guard let due = prompt.due, let plan = prompt.plan else { return }
        tools.stage.at(due) { [weak self] in
            guard let self else { return }
            tools.unattended { try decide(prompt.id, plan) }
        }
    }

    /// Ends a prompt, unless it has ended already.
    ///
    /// - Returns: Whether it ended now.
    @discardableResult
    func decide(_ id: String, _ decision: TMoneyDecision) throws -> Bool {
        try state.withLock { state in
            guard let prompt = state.prompts[id], prompt.isOpen else { return false }
            let line = Self.ending(prompt, decision, now: tools.stage.now)
            try tools.recorder.commit(line)
            if let ended = line.prompt { state.put(ended) }
            return true
        }
    }

    /// The step that ends a prompt: the movement if it succeeds, and the callbacks.
    static func ending(_ prompt: TMoneyPrompt, _ decision: TMoneyDecision, now: Int64) -> JournalLine {
        var prompt = prompt
        prompt.decision = decision
        prompt.decidedAt = now
        prompt.plan = nil
        prompt.due = nil
        var line = JournalLine(prompt: prompt)
        if decision.isSuccess {
            line.movement = SandboxMovement(
                operator: .tmoney, reference: prompt.id, amount: prompt.toldAmount, currency: "XOF",
                party: prompt.phone, executedAtMilliseconds: now)
        }
        if prompt.callbacks != .never {
            let outgoing = Outgoing(
                id: "tmoney-\(prompt.id)", sender: .tmoney, account: prompt.account, method: "POST",
                body: prompt.json(now: now).string, due: now)
            line.callbacks = outgoing.copies(prompt.callbacks)
        }
        return line
    }

    /// The gateway's own refusals, which precede the business envelope (B1).
    static func fault(_ description: String) -> Answer {
        .json(["fault": ["code": 400, "message": "Bad Request", "description": .text(description)]], status: 400)
    }

    /// Not signed in (B7, code 403).
    static let unauthorized = Answer.json(
        ["code": "403", "message": "Veuillez vous authentifier"], status: 401)
}
