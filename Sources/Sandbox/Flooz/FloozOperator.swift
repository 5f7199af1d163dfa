import FoundationEssentials
import Synchronization

extension SandboxOperator {
    /// Moov Money Togo (Flooz): debit by push USSD (docs/protocols/flooz.md, A); XOF.
    public static let flooz = SandboxOperator(named: "flooz")
}

/// Moov Money Togo (docs/protocols/flooz.md, A), in all three layouts of paths.
final class FloozOperator: SimulatedOperator {
    static let name = SandboxOperator.flooz
    static let about =
        "Flooz at <code>/flooz</code>; prompts of phones without magic wait for a person (<code>/flooz/phones/22899…</code>)."
    static let scenarios = SandboxScenario.flooz
    static let accounts = [SandboxAccountRule(kind: "flooz", operator: .flooz, account: .setting("username"))]

    static let debits = [
        "/payment/HttpService/json/cv/debit", "/Flooz/DebitService/Debit", "/floozdebitapi/flooz/debitService",
    ]
    static let verifies = [
        "/payment/HttpService/json/cv/Verify", "/Flooz/DebitService/Verify", "/floozdebitapi/flooz/verify",
    ]

    let tools: OperatorTools
    let book: PaymentBook
    let doorkeeper = FloozDoorkeeper()

    init(_ tools: OperatorTools) {
        self.tools = tools
        book = PaymentBook(.flooz, tools) { payment, now in
            let fields = Self.told(payment)
            let isForm = payment.details["form"] != nil
            return Outgoing(
                id: "flooz-\(payment.key)", sender: .flooz, account: payment.account, method: "POST",
                body: isForm
                    ? fields.map { "\($0.key)=\(FormText.encode($0.value))" }.joined(separator: "&")
                    : JSONValue.object(fields.map { .init(name: $0.key, value: .text($0.value)) }).string,
                contentType: isForm ? "application/x-www-form-urlencoded" : nil, due: now)
        }
    }

    func operation(of request: SandboxRequest) -> SandboxOperation? {
        switch (request.method, request.path) {
        case ("POST", let path) where Self.debits.contains(path): .collect
        case ("POST", let path) where Self.verifies.contains(path): .check
        case ("GET", "/token"): .login
        default: nil
        }
    }

    func answer(_ request: SandboxRequest) async throws -> Answer {
        switch (request.method, request.path) {
        case ("POST", let path) where Self.debits.contains(path): try await debit(request)
        case ("POST", let path) where Self.verifies.contains(path): try verify(request)
        case ("GET", "/token"): try token(request)
        case (_, let path) where path.hasPrefix("/phones/"): try book.phone(request, base: tools.address.url)
        default: .notFound
        }
    }

    func restore(_ line: JournalLine) { book.restore(line) }
    func armAll() { book.armAll() }
    var openPrompts: [SandboxPrompt] { book.openPrompts }

    private func token(_ request: SandboxRequest) throws -> Answer {
        try tools.recorder.requests.log(.flooz, "token", request.parameter("username") ?? "")
        guard request.parameter("index").flatMap({ Int64($0) }) != nil,
            request.parameter("username") == SandboxCredentials.floozUser,
            request.parameter("password") == SandboxCredentials.floozPassword
        else { return .json(["message": "denied"], status: 401) }
        return .json(["key": .text(doorkeeper.issue())])
    }

    /// The fields of a callback (docs/protocols/flooz.md, A6); 0 is success.
    private static func told(_ payment: SandboxPayment) -> KeyValuePairs<String, String> {
        [
            "amount": String(payment.toldAmount), "refid": payment.reference, "mrchrefid": payment.id,
            "msisdn": payment.party, "status": String(code(payment.result) ?? 100),
            "message": payment.result == .executed ? "SUCCESS" : "FAILED",
        ]
    }

    /// The status in the details of a verification; `nil` while the prompt is open.
    static func code(_ result: SandboxResult?) -> Int64? {
        switch result {
        case nil: nil
        case SandboxResult.executed?: 0
        case SandboxResult.declined?: 100
        default: 10
        }
    }
}
