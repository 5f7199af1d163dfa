import COpenSSL
import FoundationEssentials
import Synchronization
import WebText

extension SandboxOperator {
    /// Moov Money Togo (Flooz): debit by push USSD (docs/protocols/flooz.md, A); XOF.
    public static let flooz = SandboxOperator(named: "flooz")
}

extension SandboxCredentials {
    /// Flooz's demo user; the number in its headers is good once.
    public static let floozUser = "demo"
    /// A user whose headers always carry the same number.
    public static let floozConstantUser = "demo-constant"
    /// The password of both.
    public static let floozPassword = "flooz-practice-password"
    /// The 32 bytes of the key that encrypts their headers.
    public static let floozEncryptionKey = "flooz-practice-key-of-32-bytes!!"
    /// A fixed key that stands in for a header.
    public static let floozAPIKey = "flooz-practice-api-key"
    /// The merchant's code.
    public static let floozMerchantKey = "flooz-practice-merchant"
    /// The merchant's own wallet.
    public static let floozPartner = "22899999999"
}

/// Moov Money Togo (docs/protocols/flooz.md, A), in all three layouts of paths.
final class FloozOperator: SimulatedOperator {
    static let name = SandboxOperator.flooz
    static let about =
        "Flooz at `/flooz`; prompts of phones without magic wait for a person (`/flooz/phones/22899…`)."
    static let scenarios = SandboxScenario.flooz
    static let accounts = [SandboxAccountRule(kind: "flooz", operator: .flooz, account: .setting("username"))]

    static let routes = RouteTable<FloozOperator, SandboxRequest>([
        .init("POST", "/payment/HttpService/json/cv/debit", .collect) { one, request, _ in try await one.debit(request)
        },
        .init("POST", "/Flooz/DebitService/Debit", .collect) { one, request, _ in try await one.debit(request) },
        .init("POST", "/floozdebitapi/flooz/debitService", .collect) { one, request, _ in try await one.debit(request)
        },
        .init("POST", "/payment/HttpService/json/cv/Verify", .check) { one, request, _ in try one.verify(request) },
        .init("POST", "/Flooz/DebitService/Verify", .check) { one, request, _ in try one.verify(request) },
        .init("POST", "/floozdebitapi/flooz/verify", .check) { one, request, _ in try one.verify(request) },
        .init("GET", "/token", .login) { one, request, _ in try one.token(request) },
        .init(nil, "/phones/**") { one, request, _ in try one.book.phone(request, base: one.tools.address.url) },
    ])

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
                    ? FormText.encoded(fields.map { ($0.key, $0.value) })
                    : JSONValue.object(fields.map { .init(name: $0.key, value: .text($0.value)) }).string,
                contentType: isForm ? "application/x-www-form-urlencoded" : nil, due: now)
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

/// Checks the authorization header strictly (docs/protocols/flooz.md, A2): who calls, and that no number is used twice.
final class FloozDoorkeeper: Sendable {
    private struct State: Sendable {
        var used: Set<Int64> = []
        var issued: Set<String> = []
    }

    private let state = Mutex(State())

    /// A token of the token endpoint.
    func issue() -> String {
        let token = Identifiers.token(40)
        state.withLock { state in
            if state.issued.count > 10_000 { state.issued = [] }
            state.issued.insert(token)
        }
        return token
    }

    /// The user name that the header proves; `nil` if it proves none.
    ///
    /// The demo user's numbers are good once each. The other user's is always 0 or 16, as some partners have it.
    func user(_ header: String?) -> String? {
        guard let header else { return nil }
        if header == SandboxCredentials.floozAPIKey || state.withLock({ $0.issued.contains(header) }) {
            return SandboxCredentials.floozUser
        }
        guard let plain = Self.open(header) else { return nil }
        let parts = plain.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, parts[0].utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int64(parts[0]),
            parts[2] == SandboxCredentials.floozPassword
        else { return nil }
        switch parts[1] {
        case SandboxCredentials.floozConstantUser: return number == 0 || number == 16 ? parts[1] : nil
        case SandboxCredentials.floozUser: return state.withLock { $0.used.insert(number).inserted } ? parts[1] : nil
        default: return nil
        }
    }

    /// Decrypts `base64(cipher)`, with a zero vector, or `base64(vector):base64(cipher)`.
    static func open(_ header: String) -> String? {
        let halves = header.split(separator: ":", omittingEmptySubsequences: false)
        guard halves.count <= 2, let last = halves.last, let cipher = Base64.decode(last),
            !cipher.isEmpty, cipher.count.isMultiple(of: 16), last.utf8.count.isMultiple(of: 4)
        else { return nil }
        let vector = halves.count == 2 ? Base64.decode(halves[0]) : [UInt8](repeating: 0, count: 16)
        guard let vector, vector.count == 16 else { return nil }
        var out = [UInt8](repeating: 0, count: cipher.count + 16)
        let key = Array(SandboxCredentials.floozEncryptionKey.utf8)
        let count = payrouter_cbc_decrypt(key, vector, cipher, Int32(cipher.count), &out)
        return count < 0 ? nil : String(validating: out.prefix(Int(count)), as: UTF8.self)
    }
}
