import Crypto
import FoundationEssentials
import Synchronization
import WebText

extension SandboxOperator {
    /// TMoney partner interface, version 2: debit by push USSD (docs/protocols/tmoney.md, B); XOF.
    public static let tmoney = SandboxOperator(named: "tmoney")
}

extension SandboxCredentials {
    /// TMoney's `nomUtilisateur`.
    public static let tmoneyUser = "demo"
    /// TMoney's `motDePasse`.
    public static let tmoneyPassword = "demo"
}

/// TMoney's partner interface, version 2 (docs/protocols/tmoney.md, B).
final class TMoneyOperator: SimulatedOperator {
    static let name = SandboxOperator.tmoney
    static let about =
        "TMoney at `/tmoney`; prompts of phones without magic wait for a person (`/tmoney/phones/228…`)."
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

    static let routes = RouteTable<TMoneyOperator, SandboxRequest>([
        .init("POST", "/login", .login) { one, request, _ in try one.login(request) },
        .init("POST", "/tmoney-middleware/debit", .collect) { one, request, _ in try await one.debit(request) },
        .init("GET", "/tmoney-middleware/transactionid", .check) { one, request, _ in
            try one.check(request, .collect, countedAs: "status")
        },
        .init("POST", "/api/tpcredit", .payout) { one, request, _ in try await one.credit(request) },
        .init("GET", "/api/tpcredit/check-transaction-id", .check) { one, request, _ in
            try one.check(request, .payout, countedAs: "credit_status")
        },
        .init("GET", "/v1/credit", .payout) { one, request, _ in try await one.legacyCredit(request) },
        .init("GET", "/menu") { one, request, _ in one.menu(request) },
        .init("POST", "/menu") { one, request, _ in try one.payFromMenu(request) },
        .init(nil, "/phones/**") { one, request, _ in try one.book.phone(request, base: one.tools.address.url) },
    ])

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

/// Signing in.
extension TMoneyOperator {
    private struct Credentials: Decodable {
        var nomUtilisateur: String
        var motDePasse: String
    }

    /// `POST /login` (docs/protocols/tmoney.md, B2).
    ///
    /// Wrong credentials are HTTP 200 with code 4001.
    func login(_ request: SandboxRequest) throws -> Answer {
        guard let credentials = try? JSONDecoder().decode(Credentials.self, from: Data(request.body)) else {
            return Self.fault("nomUtilisateur and motDePasse: text, required")
        }
        try tools.recorder.requests.log(.tmoney, "login", credentials.nomUtilisateur)
        guard credentials.nomUtilisateur == SandboxCredentials.tmoneyUser,
            credentials.motDePasse == SandboxCredentials.tmoneyPassword
        else {
            return .json(["statut": ["code": "4001", "message": "Identifiants incorrects"], "data": nil])
        }
        let token = TMoneyToken(user: credentials.nomUtilisateur, now: tools.stage.now)
        return .json([
            "statut": ["code": "2000", "message": "Connexion reussie"], "data": ["token": .text(token.text)],
        ])
    }

    /// The signed-in user of a request.
    func session(_ request: SandboxRequest) -> TMoneyToken? {
        guard let text = request.bearer else { return nil }
        return tokens.withLock { $0.valid(text, now: tools.stage.now) }
    }
}

/// The JWT that a login hands out (HS256).
///
/// The real lifetime is not documented; here it is 300 seconds, in `exp`.
struct TMoneyToken: Codable, Sendable {
    /// The user name.
    var sub: String
    /// Seconds since 1970.
    var iat: Int64
    var exp: Int64
    var jti: String

    static let lifetimeSeconds: Int64 = 300
    private static let key = SymmetricKey(data: Array("sandbox operator, no secret".utf8))
    private static let header = Base64.encode(urlSafe: Array(#"{"alg":"HS256","typ":"JWT"}"#.utf8))

    /// Makes a token that is valid from now on.
    init(user: String, now: Int64) {
        sub = user
        iat = now / 1000
        exp = now / 1000 + Self.lifetimeSeconds
        jti = Identifiers.token(12)
    }

    /// Reads a token, or returns `nil` if it was not made here.
    ///
    /// Says nothing about its age.
    init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let payload = Base64.decode(urlSafe: parts[1]),
            let code = Base64.decode(urlSafe: parts[2]),
            HMAC<SHA256>.isValidAuthenticationCode(
                code, authenticating: Array("\(parts[0]).\(parts[1])".utf8), using: Self.key),
            let token = try? JSONDecoder().decode(TMoneyToken.self, from: Data(payload))
        else { return nil }
        self = token
    }

    /// The token as it goes over the wire.
    var text: String {
        let payload: JSONValue = ["sub": .text(sub), "iat": .number(iat), "exp": .number(exp), "jti": .text(jti)]
        let signed = "\(Self.header).\(Base64.encode(urlSafe: payload.bytes))"
        let code = HMAC<SHA256>.authenticationCode(for: Array(signed.utf8), using: Self.key)
        return "\(signed).\(Base64.encode(urlSafe: code))"
    }
}

/// Which tokens are good.
struct TMoneyTokens: Sendable {
    /// Tokens that are refused although they are neither forged nor old.
    private var revoked: Set<String> = []
    /// Tokens whose signature was checked already.
    private var known: [String: TMoneyToken] = [:]
    /// Whether the next debit of the phone that finds tokens revoked does so.
    private(set) var revokesNext = true

    /// Takes note of a turn.
    mutating func put(_ turn: TMoneyRevocation) {
        revokesNext = turn.token == nil
        if let token = turn.token { revoked.insert(token) }
    }

    /// The token, if it is good now.
    mutating func valid(_ text: Substring, now: Int64) -> TMoneyToken? {
        let text = String(text)
        guard !revoked.contains(text), let token = known[text] ?? TMoneyToken(text), now / 1000 < token.exp else {
            known[text] = nil
            return nil
        }
        if known.count > 1_000 { known = [:] }
        known[text] = token
        return token
    }
}

/// One turn of the phone that finds tokens revoked; kept in the journal.
struct TMoneyRevocation: Codable, Sendable {
    /// The token that was revoked; `nil` if the debit got through.
    var token: String?
}
