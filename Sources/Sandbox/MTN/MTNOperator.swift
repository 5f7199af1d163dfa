import FoundationEssentials
import Synchronization

extension SandboxOperator {
    /// MTN Mobile Money, Open API version 1.0: collections, disbursements, refunds, user provisioning
    /// (docs/protocols/mtn-momo.md).
    public static let mtn = SandboxOperator(named: "mtn-momo")
}

/// MTN Mobile Money (docs/protocols/mtn-momo.md).
///
/// The official matrix of test numbers works for every user; users provisioned here live in the environment `sandbox`
/// (EUR), where any other number succeeds. The demo user lives in `mtncameroon` (XAF).
final class MTNOperator: SimulatedOperator {
    static let name = SandboxOperator.mtn
    static let about =
        "MTN Mobile Money at <code>/mtn-momo</code>; prompts of phones without magic wait for a person (<code>/mtn-momo/phones/2376…</code>)."
    static let scenarios = SandboxScenario.mtn
    static let accounts = [SandboxAccountRule(kind: "mtn-momo", operator: .mtn, account: .setting("api_user"))]
    /// Notified once, without a second try (docs/protocols/mtn-momo.md, 5).
    static let callbackWaits: [Int64] = []

    let tools: OperatorTools
    let book: PaymentBook
    let state = Mutex(MTNState())

    init(_ tools: OperatorTools) {
        self.tools = tools
        book = PaymentBook(.mtn, tools) { payment, now in
            Outgoing(
                id: "mtn-\(payment.key)", sender: .mtn, account: payment.account, url: payment.callbackURL,
                // Both methods are on record; payouts come with POST here.
                method: payment.operation == "collect" ? "PUT" : "POST", body: Self.json(payment).string, due: now)
        }
    }

    func operation(of request: SandboxRequest) -> SandboxOperation? {
        switch (request.method, request.path) {
        case ("POST", "/collection/token/"), ("POST", "/disbursement/token/"): .login
        case ("POST", "/collection/v1_0/requesttopay"): .collect
        case ("POST", "/disbursement/v1_0/transfer"): .payout
        case ("POST", "/disbursement/v1_0/refund"): .refund
        case ("GET", let path) where path.hasSuffix("/account/balance"): .balance
        case ("GET", let path) where path.contains("/accountholder/"): .party
        case ("GET", let path) where path.contains("/v1_0/") && !path.hasPrefix("/v1_0/"): .check
        default: nil
        }
    }

    func answer(_ request: SandboxRequest) async throws -> Answer {
        let parts = request.path.split(separator: "/").map(String.init)
        switch (request.method, parts.first, parts.count) {
        case (_, "phones", _): return try book.phone(request, base: tools.address.url)
        case (_, "v1_0", _): return try provision(request, parts)
        case ("POST", let product?, 2) where parts[1] == "token": return try token(request, product)
        case (_, let product?, 3...) where parts[1] == "v1_0":
            guard let user = signedIn(request, product) else { return Self.refusal(401, "UNAUTHORIZED") }
            return try await call(request, product, Array(parts[2...]), user)
        default: return .notFound
        }
    }

    private func call(
        _ request: SandboxRequest, _ product: String, _ parts: [String], _ user: MTNUser
    ) async throws -> Answer {
        guard request.header("X-Target-Environment") == user.environment else {
            return Self.refusal(500, "NOT_ALLOWED_TARGET_ENVIRONMENT")
        }
        let operation: SandboxOperation? =
            switch (product, parts[0]) {
            case ("collection", "requesttopay"): .collect
            case ("disbursement", "transfer"): .payout
            case ("disbursement", "refund"): .refund
            default: nil
            }
        switch (request.method, operation, parts.count) {
        case ("POST", let operation?, 1): return try await money(request, operation, user)
        case ("GET", let operation?, 2): return try status(operation, parts[1])
        case ("GET", nil, 2) where parts == ["account", "balance"]:
            try tools.recorder.requests.log(.mtn, "balance", product)
            let balance = MTNMoney(minorUnits: book.balance(1_000_000_000), currency: user.currency)
            return .json(["availableBalance": .text(balance.text), "currency": .text(user.currency)])
        case ("GET", nil, 4) where parts[0] == "accountholder": return try holder(parts[2], parts[3], user)
        default: return .notFound
        }
    }

    private func status(_ operation: SandboxOperation, _ id: String) throws -> Answer {
        try tools.recorder.requests.log(.mtn, "status", id)
        guard let payment = book.find(operation, id) else {
            return Self.refusal(404, "RESOURCE_NOT_FOUND")
        }
        if try book.failsCheck(payment) { return Self.refusal(503, "SERVICE_UNAVAILABLE") }
        return .json(Self.json(payment))
    }

    private func holder(_ number: String, _ question: String, _ user: MTNUser) throws -> Answer {
        try tools.recorder.requests.log(.mtn, "accountholder", "")
        let isUnknown = number.hasSuffix("99") || MTNMatrix.collect(number)?.word == "PAYER_NOT_FOUND"
        switch question {
        case "active": return isUnknown ? Self.refusal(404, "RESOURCE_NOT_FOUND") : .json(["result": true])
        case "basicuserinfo":
            guard !isUnknown else { return Self.refusal(404, "RESOURCE_NOT_FOUND") }
            return .json(["given_name": "Sand", "family_name": "Box", "name": "Sand Box"])
        default: return .notFound
        }
    }

    func restore(_ line: JournalLine) {
        book.restore(line)
        for user in line.kept(MTNUser.self, as: "user", of: .mtn) { state.withLock { $0.users[user.id] = user } }
    }

    func armAll() { book.armAll() }
    var openPrompts: [SandboxPrompt] { book.openPrompts }

    /// An error in the operator's shape.
    static func refusal(_ status: Int, _ code: String) -> Answer {
        .json(["code": .text(code), "message": .text(code.lowercased())], status: status)
    }

    /// The body of status and callback (sections 3 and 5).
    static func json(_ payment: SandboxPayment) -> JSONValue {
        let money = MTNMoney(minorUnits: payment.toldAmount, currency: payment.currency)
        var json: JSONValue = [
            "amount": .text(money.text), "currency": .text(payment.currency),
            "externalId": .text(payment.details["externalId"] ?? ""),
        ]
        if payment.operation != "refund" {
            let party: JSONValue = ["partyIdType": "MSISDN", "partyId": .text(payment.party)]
            json = json.adding(payment.operation == "collect" ? ["payer": party] : ["payee": party])
        }
        json = json.adding([
            "payerMessage": .text(payment.details["text"] ?? ""), "payeeNote": .text(payment.details["text"] ?? ""),
        ])
        switch payment.result {
        case nil: return json.adding(["status": "PENDING"])
        case SandboxResult.executed?:
            return json.adding(["financialTransactionId": .text(payment.reference), "status": "SUCCESSFUL"])
        case let result?:
            let code = MTNMatrix.reason(result)
            return json.adding([
                "status": "FAILED", "reason": ["code": .text(code), "message": .text(code.lowercased())],
            ])
        }
    }
}
