import FoundationEssentials
import WebText

extension SandboxOperator {
    /// PayGate Global: both Togolese wallets (docs/protocols/paygate-global.md); XOF.
    public static let paygate = SandboxOperator(named: "paygate")
}

extension SandboxCredentials {
    /// PayGate's `auth_token`.
    public static let paygateToken = "0f6c1d8e-3b52-4a97-8e40-paygatedemo0"
}

/// PayGate Global (docs/protocols/paygate-global.md).
final class PayGateOperator: SimulatedOperator {
    static let name = SandboxOperator.paygate
    static let about =
        "PayGate at `/paygate`; its page has buttons, prompts of phones without magic wait for a person (`/paygate/phones/99…`)."
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

    static let routes = RouteTable<PayGateOperator, SandboxRequest>([
        .init("POST", "/api/v1/pay", .collect) { one, request, _ in try await one.pay(request) },
        .init("POST", "/api/v1/disburse", .payout) { one, request, _ in try await one.disburse(request) },
        .init("POST", "/api/v1/status", .check) { one, request, _ in try one.status(request) },
        .init("POST", "/api/v2/status", .check) { one, request, _ in try one.status(request) },
        .init("POST", "/api/v1/check-balance", .balance) { one, request, _ in try one.balance(request) },
        .init(nil, "/v1/page") { one, request, _ in try one.page(request) },
        .init(nil, "/phones/**") { one, request, _ in try one.book.phone(request, base: one.tools.address.url) },
    ])

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

/// Its calls.
extension PayGateOperator {
    private static let openingBalance: Int64 = 50_000_000

    /// `POST /api/v1/pay` (docs/protocols/paygate-global.md, 1): 0 means registered, not paid.
    func pay(_ request: SandboxRequest) async throws -> Answer {
        guard let fields = Self.fields(request) else { return Self.code(4) }
        let id = fields["identifier"] ?? ""
        try tools.recorder.requests.log(.paygate, "pay", id)
        guard fields["auth_token"] == SandboxCredentials.paygateToken else { return Self.code(2) }
        guard let asked = Self.asked(fields, id) else { return Self.code(4) }
        let behaviour = tools.behaviour(Self.behaviour(asked.phone))
        let payment = payment(.collect, asked, behaviour)
        if behaviour.isRecorded, try book.record(payment) == .duplicate { return Self.code(6) }
        return await tools.leave(
            .json(["tx_reference": .text(payment.reference), "status": 0]), behaviour.answer, error: Self.broken)
    }

    /// `POST /api/v1/disburse` (docs/protocols/paygate-global.md, 5): done when answered; nothing can be asked later.
    func disburse(_ request: SandboxRequest) async throws -> Answer {
        guard let fields = Self.fields(request) else { return Self.code(400) }
        let id = fields["reference"] ?? ""
        try tools.recorder.requests.log(.paygate, "disburse", id)
        guard fields["auth_token"] == SandboxCredentials.paygateToken else { return Self.code(403) }
        guard let asked = Self.asked(fields, id) else { return Self.code(400) }
        var behaviour = tools.behaviour(Self.payoutBehaviour(asked.phone))
        behaviour.callbacks = .never
        let payment = payment(.payout, asked, behaviour)
        let isNew = try !behaviour.isRecorded || book.record(payment) == .recorded
        guard isNew else { return Self.code(409) }
        let truth: Answer =
            switch payment.plan {
            case SandboxResult.executed?: .json(["status": 200, "tx_reference": .text(payment.reference)])
            case SandboxResult.insufficientFunds?: Self.code(402)
            default: Self.code(404)
            }
        return await tools.leave(truth, behaviour.answer, error: Self.broken)
    }

    /// `POST /api/v2/status` by our identifier, `POST /api/v1/status` by the operator's reference
    /// (docs/protocols/paygate-global.md, 2).
    func status(_ request: SandboxRequest) throws -> Answer {
        guard let fields = Self.fields(request), fields["auth_token"] == SandboxCredentials.paygateToken else {
            return .json(["error_code": 403, "error_message": "Cle invalide."])
        }
        let found =
            request.path == "/api/v2/status"
            ? book.find(.collect, fields["identifier"] ?? "")
            : book.first { $0.operation == "collect" && $0.reference == fields["tx_reference"] }
        try tools.recorder.requests.log(.paygate, "status", found?.id ?? fields["identifier"] ?? "")
        guard let payment = found else {
            return .json(["error_code": 403, "error_message": "Transaction non trouvee."])
        }
        if try book.failsCheck(payment) { return Self.broken }
        let code: Int64 =
            switch payment.result {
            case nil: 2
            case SandboxResult.executed?: 0
            case SandboxResult.expired?: 4
            default: 6
            }
        return .json(Self.told(payment, tools.stage.now).adding(["status": .number(code)]))
    }

    func balance(_ request: SandboxRequest) throws -> Answer {
        try tools.recorder.requests.log(.paygate, "balance", "")
        guard Self.fields(request)?["auth_token"] == SandboxCredentials.paygateToken else { return Self.code(403) }
        let all = JSONValue.number(book.balance(Self.openingBalance))
        return .json(["flooz": all, "tmoney": all])
    }

    /// `GET /v1/page` (docs/protocols/paygate-global.md, 3): the hosted page, for people.
    func page(_ request: SandboxRequest) throws -> Answer {
        let id = request.parameter("identifier") ?? ""
        guard request.parameter("token") == SandboxCredentials.paygateToken, !id.isEmpty,
            let amount = request.parameter("amount").flatMap({ Int64($0) }), amount > 0
        else { return Message("No such payment").answer(status: 400) }
        let back = request.parameter("url") ?? tools.address.url
        if request.method == "GET" { try tools.recorder.requests.log(.paygate, "page", id) }
        if request.method == "POST", let decision = request.field("decision") {
            let phone = request.parameter("phone") ?? "90000000"
            let result: SandboxResult = decision == "pay" ? .executed : .declined
            let asked = (
                phone, amount, id, request.parameter("network") ?? "FLOOZ", request.parameter("description") ?? ""
            )
            _ = try book.record(payment(.collect, asked, PaymentBehaviour(result: result, after: 0)))
            return .seeOther(back)
        }
        let query = FormText.encoded(request.query.map { ($0.name, $0.value) })
        let action = "\(tools.address.url)/paygate/v1/page?\(query)"
        return Message(
            "Payment of \(amount) XOF",
            buttons: [
                .init(label: "Pay", decision: "pay", action: action),
                .init(label: "Refuse", decision: "refuse", action: action),
            ]
        ).answer()
    }

    private typealias Asked = (phone: String, amount: Int64, id: String, network: String, text: String)

    /// The fields of a payment, if they are in order: eight digits without the country, a whole amount, a short name.
    private static func asked(_ fields: [String: String], _ id: String) -> Asked? {
        guard let phone = fields["phone_number"], phone.utf8.count == 8,
            phone.utf8.allSatisfy({ (0x30...0x39).contains($0) }), (1...100).contains(id.utf8.count),
            let amount = fields["amount"].flatMap({ Int64($0) }), amount > 0,
            let network = fields["network"], ["FLOOZ", "TMONEY"].contains(network)
        else { return nil }
        return (phone, amount, id, network, fields["description"] ?? fields["reason"] ?? "")
    }

    private func payment(
        _ operation: SandboxOperation, _ asked: Asked, _ behaviour: PaymentBehaviour
    ) -> SandboxPayment {
        let now = tools.stage.now
        var payment = SandboxPayment(
            operation, id: asked.id, account: SandboxCredentials.paygateToken, party: asked.phone, amount: asked.amount,
            currency: "XOF", reference: Identifiers.number(at: now), now: now, behaviour)
        payment.details = ["network": asked.network, "text": asked.text]
        return payment
    }

    /// The magic phones: 980000NN and 990000NN at Moov, 900000NN at Yas.
    private static func behaviour(_ phone: String) -> PaymentBehaviour { magic(phone) ?? .person }

    private static func payoutBehaviour(_ phone: String) -> PaymentBehaviour {
        var behaviour = (magic(phone) ?? .plain).immediate
        // Nothing is answered later: what would come later never comes.
        if behaviour.result == nil, behaviour.isRecorded {
            behaviour = PaymentBehaviour(isRecorded: false, answer: .hung(60_000))
        }
        if behaviour.after > 0 { behaviour.after = 0 }
        return behaviour
    }

    private static func magic(_ phone: String) -> PaymentBehaviour? {
        guard phone.hasPrefix("980000") || phone.hasPrefix("990000") || phone.hasPrefix("900000") else { return nil }
        return Int(phone.suffix(2)).flatMap { PaymentBehaviour.numbered[$0] }
    }

    private static func code(_ code: Int64) -> Answer { .json(["status": .number(code)]) }
    private static let broken = Answer.serverError("Error")
}

extension SandboxScenario {
    /// Magic phones of Moov numbers, others than those of the operator itself: a wallet shows one prompt at a time.
    ///
    /// Yas numbers, 228900000 and two digits, do the same. Payouts are answered at once or never.
    static let paygate =
        PaymentBehaviour.names.map { paygate(.collect, $0.number, $0.name, $0.execution) }
        + PaymentBehaviour.names
        .filter {
            !["succeeds_later", "duplicate_callback", "late_success", "fault_status_unavailable"].contains($0.name)
        }
        .map { paygate(.payout, $0.number, $0.name, $0.execution) }

    private static func paygate(
        _ operation: Operation, _ number: Int, _ name: String, _ execution: Execution
    ) -> SandboxScenario {
        let settled = name == "succeeds"
        return SandboxScenario(
            operator: .paygate, channel: "flooz", operation: operation, name: name,
            trigger: .phone("228980000\(number < 10 ? "0" : "")\(number)"), amount: 5_000, currency: "XOF",
            // The direct connection serves this channel first.
            metadata: operation == .collect ? [Field(name: "via", value: "paygate")] : [],
            expiresInSeconds: name == "late_success" ? 2 : nil,
            // Nobody can be asked about a payout, and no document says that its refusal is one.
            end: operation == .collect || settled ? .usual(name) : .underReview, execution: execution)
    }
}
