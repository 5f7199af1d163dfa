import FoundationEssentials
import Synchronization
import WebText

/// An API user: who calls, with which key, from where callbacks may be expected.
struct MTNUser: Codable, Sendable {
    var id: String
    var callbackHost: String
    var environment: String
    var currency: String
    var key: String?

    /// Whether the partner portal of the newer platform made it: its ids are no UUIDs.
    var isOfPortal: Bool { UUID(uuidString: id) == nil }
}

/// Users and tokens.
struct MTNState: Sendable {
    var users: [String: MTNUser] = [
        SandboxCredentials.mtnUser: MTNUser(
            id: SandboxCredentials.mtnUser, callbackHost: "127.0.0.1", environment: "mtncameroon", currency: "XAF",
            key: SandboxCredentials.mtnKey),
        SandboxCredentials.mtnPortalUser: MTNUser(
            id: SandboxCredentials.mtnPortalUser, callbackHost: "127.0.0.1", environment: "mtncameroon",
            currency: "XAF", key: SandboxCredentials.mtnPortalToken),
    ]
    /// Tokens by text: whose, for which product, and until when.
    var tokens: [String: (user: String, product: String, until: Int64)] = [:]
}

extension MTNOperator {
    static let tokenLifetimeSeconds: Int64 = 3_600
    private static let subscriptions = [
        "collection": SandboxCredentials.mtnCollectionSubscription,
        "disbursement": SandboxCredentials.mtnDisbursementSubscription,
    ]

    /// `/v1_0/apiuser…` (docs/protocols/mtn-momo.md, 2): makes users and keys, as the operator's sandbox does.
    func provision(_ request: SandboxRequest) throws -> Answer {
        let parts = request.path.split(separator: "/").map(String.init)
        guard let subscription = request.header("Ocp-Apim-Subscription-Key"),
            Self.subscriptions.values.contains(subscription)
        else { return Self.refusal(401, "UNAUTHORIZED") }
        guard parts.count >= 2, parts[1] == "apiuser" else { return .notFound }
        switch (request.method, parts.count) {
        case ("POST", 2):
            struct Wire: Decodable { var providerCallbackHost: String }
            guard let id = request.header("X-Reference-Id"), Self.isUUID4(id),
                let asked = try? JSONDecoder().decode(Wire.self, from: Data(request.body))
            else { return Self.refusal(400, "REQUEST_REJECTED") }
            let user = MTNUser(
                id: id, callbackHost: asked.providerCallbackHost, environment: "sandbox", currency: "EUR")
            return try put(user, ifNew: true)
                ? Answer(status: 201) : Self.refusal(409, "RESOURCE_ALREADY_EXIST")
        case ("POST", 4) where parts[3] == "apikey":
            guard var user = state.withLock({ $0.users[parts[2]] }) else {
                return Self.refusal(404, "RESOURCE_NOT_FOUND")
            }
            let key = Identifiers.token(32)
            user.key = key
            _ = try put(user, ifNew: false)
            return .json(["apiKey": .text(key)], status: 201)
        case ("GET", 3):
            guard let user = state.withLock({ $0.users[parts[2]] }) else {
                return Self.refusal(404, "RESOURCE_NOT_FOUND")
            }
            return .json([
                "providerCallbackHost": .text(user.callbackHost), "targetEnvironment": .text(user.environment),
            ])
        default: return .notFound
        }
    }

    private func put(_ user: MTNUser, ifNew: Bool) throws -> Bool {
        try state.withLock { state in
            if ifNew, state.users[user.id] != nil { return false }
            var line = JournalLine()
            try line.keep(user, as: "user", of: .mtn)
            try tools.recorder.commit(line)
            state.users[user.id] = user
            return true
        }
    }

    /// `POST /{product}/token/` (docs/protocols/mtn-momo.md, 2), HTTP Basic.
    ///
    /// `X-Target-Environment` must be right where it stands, and must stand there for users of the newer platform.
    func token(_ request: SandboxRequest, _ product: String) throws -> Answer {
        try tools.recorder.requests.log(.mtn, "token", product)
        guard let expected = Self.subscriptions[product],
            request.header("Ocp-Apim-Subscription-Key") == expected,
            let header = request.authorization, header.hasPrefix("Basic "),
            let bytes = Base64.decode(header.dropFirst(6)), let pair = String(validating: bytes, as: UTF8.self),
            case let halves = pair.split(separator: ":", maxSplits: 1).map(String.init), halves.count == 2,
            let user = state.withLock({ $0.users[halves[0]] }), let key = user.key, key == halves[1]
        else { return .json(["error": "invalid_client"], status: 401) }
        let environment = request.header("X-Target-Environment")
        guard environment == user.environment || (environment == nil && !user.isOfPortal) else {
            return .json(["error": "Invalid or missing X-Target-Environment header"], status: 400)
        }
        let token = "mtn.\(product).\(Identifiers.token(40))"
        let until = tools.stage.now + Self.tokenLifetimeSeconds * 1_000
        state.withLock { state in
            if state.tokens.count > 1_000 { state.tokens = [:] }
            state.tokens[token] = (user.id, product, until)
        }
        return .json([
            "access_token": .text(token), "token_type": "access_token",
            "expires_in": .number(Self.tokenLifetimeSeconds),
        ])
    }

    /// The user whose token the request carries, if it is good for this product now.
    func signedIn(_ request: SandboxRequest, _ product: String) -> MTNUser? {
        guard let expected = Self.subscriptions[product], request.header("Ocp-Apim-Subscription-Key") == expected,
            let text = request.bearer.map(String.init)
        else { return nil }
        return state.withLock { state in
            guard let token = state.tokens[text], token.product == product, tools.stage.now < token.until else {
                return nil
            }
            return state.users[token.user]
        }
    }
}
