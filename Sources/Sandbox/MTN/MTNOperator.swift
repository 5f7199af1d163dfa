import FoundationEssentials
import Synchronization

extension SandboxOperator {
    /// MTN Mobile Money, Open API version 1.0: collections, disbursements, refunds, user provisioning
    /// (docs/protocols/mtn-momo.md).
    public static let mtn = SandboxOperator(named: "mtn-momo")
}

extension SandboxCredentials {
    /// MTN's demo API user, in the environment `mtncameroon`.
    public static let mtnUser = "7f3c1a52-0d4e-4c8b-9a61-5e2b7d90c4f1"
    /// Its API key.
    public static let mtnKey = "mtn-practice-key"
    /// MTN's demo user of the newer platform, in the environment `mtncameroon`: no UUID, as its portal makes them.
    public static let mtnPortalUser = "bW9tby1wcmFjdGljZS11c2Vy=="
    /// Its credential token.
    public static let mtnPortalToken = "mtn-practice:token!"
    /// MTN's subscription key of the collection product.
    public static let mtnCollectionSubscription = "mtn-practice-collection"
    /// MTN's subscription key of the disbursement product.
    public static let mtnDisbursementSubscription = "mtn-practice-disbursement"
}

/// MTN Mobile Money (docs/protocols/mtn-momo.md).
///
/// The official matrix of test numbers works for every user; users provisioned here live in the environment `sandbox`
/// (EUR), where any other number succeeds. The demo user lives in `mtncameroon` (XAF).
final class MTNOperator: SimulatedOperator {
    static let name = SandboxOperator.mtn
    static let about =
        "MTN Mobile Money at `/mtn-momo`; prompts of phones without magic wait for a person (`/mtn-momo/phones/2376…`)."
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

    static let routes = RouteTable<MTNOperator, SandboxRequest>(
        overlookingSlashes: true,
        [
            .init(nil, "/phones/**") { one, request, _ in try one.book.phone(request, base: one.tools.address.url) },
            .init(nil, "/v1_0/**") { one, request, _ in try one.provision(request) },
            .init("POST", "/*/token", .login) { one, request, values in try one.token(request, values[0]) },
        ])

    /// A call whose token is good: below the product's name.
    struct Call: Sendable {
        var request: SandboxRequest
        var product: String
        var user: MTNUser
    }

    static let calls = RouteTable<MTNOperator, Call>(
        overlookingSlashes: true,
        [
            .init("POST", "/collection/v1_0/requesttopay", .collect) { one, call, _ in
                try await one.money(call.request, .collect, call.user)
            },
            .init("GET", "/collection/v1_0/requesttopay/*", .check) { one, _, values in
                try one.status(.collect, values[0])
            },
            .init("POST", "/disbursement/v1_0/transfer", .payout) { one, call, _ in
                try await one.money(call.request, .payout, call.user)
            },
            .init("GET", "/disbursement/v1_0/transfer/*", .check) { one, _, values in
                try one.status(.payout, values[0])
            },
            .init("POST", "/disbursement/v1_0/refund", .refund) { one, call, _ in
                try await one.money(call.request, .refund, call.user)
            },
            .init("GET", "/disbursement/v1_0/refund/*", .check) { one, _, values in
                try one.status(.refund, values[0])
            },
            .init("GET", "/*/v1_0/account/balance", .balance) { one, call, _ in try one.balance(call) },
            .init("GET", "/*/v1_0/accountholder/*/*/*", .party) { one, _, values in
                try one.holder(values[2], values[3])
            },
        ])

    func operation(of request: SandboxRequest) -> SandboxOperation? {
        Self.routes.operation(of: request) ?? Self.calls.operation(of: request)
    }

    func answer(_ request: SandboxRequest) async throws -> Answer {
        if let answer = try await Self.routes.answer(request, with: request, by: self) { return answer }
        let parts = request.path.split(separator: "/").map(String.init)
        guard parts.count >= 3, parts[1] == "v1_0" else { return .notFound }
        guard let user = signedIn(request, parts[0]) else { return Self.refusal(401, "UNAUTHORIZED") }
        guard request.header("X-Target-Environment") == user.environment else {
            return Self.refusal(500, "NOT_ALLOWED_TARGET_ENVIRONMENT")
        }
        let call = Call(request: request, product: parts[0], user: user)
        return try await Self.calls.answer(request, with: call, by: self) ?? .notFound
    }

    private func balance(_ call: Call) throws -> Answer {
        try tools.recorder.requests.log(.mtn, "balance", call.product)
        let balance = MTNMoney(minorUnits: book.balance(1_000_000_000), currency: call.user.currency)
        return .json(["availableBalance": .text(balance.text), "currency": .text(call.user.currency)])
    }

    private func status(_ operation: SandboxOperation, _ id: String) throws -> Answer {
        try tools.recorder.requests.log(.mtn, "status", id)
        guard let payment = book.find(operation, id) else {
            return Self.refusal(404, "RESOURCE_NOT_FOUND")
        }
        if try book.failsCheck(payment) { return Self.refusal(503, "SERVICE_UNAVAILABLE") }
        return .json(Self.json(payment))
    }

    private func holder(_ number: String, _ question: String) throws -> Answer {
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
