import People
import Router

/// `/v1/wallet/signup`, `login`, and what belongs to a holder's account.
struct HolderAccountAPI: Sendable {
    let desk: HolderDesk
    let view: HolderView

    func register(in routes: inout RouteTable) {
        routes.open("POST", "/v1/wallet/signup", limit: .signUps) { request throws(Problem) in
            let input = try JSONBody.decode(SignUpInput.self, try JSONBody.object(request))
            let signedUp = try await desk.signUp(input, client: request.client)
            return .json(
                [
                    "account": view.json(signedUp.account), "wallet": view.json(signedUp.wallet),
                    "codes": .array(
                        signedUp.challenges.map {
                            view.json(
                                $0, sentTo: HolderView.sentTo($0, signedUp.account), isDelivered: signedUp.isDelivered)
                        }),
                ], status: 201)
        }
        routes.open("POST", "/v1/wallet/login", limit: .pages) { request throws(Problem) in
            let input = try JSONBody.decode(SignInInput.self, try JSONBody.object(request))
            return try await signIn(input, request)
        }
        routes.open("POST", "/v1/wallet/password/forgotten", limit: .pages) { request throws(Problem) in
            let input = try JSONBody.decode(ForgottenInput.self, try JSONBody.object(request))
            try await desk.forgotPassword(input.username, client: request.client)
            return .json(["object": "password_reset", "sent": "if there is such an account"], status: 202)
        }
        routes.open("POST", "/v1/wallet/password/reset", limit: .pages) { request throws(Problem) in
            let input = try JSONBody.decode(ResetInput.self, try JSONBody.object(request))
            try await desk.resetPassword(input.challenge, key: input.key, to: Secret(input.password))
            return .empty()
        }
        routes.open("POST", "/v1/wallet/email/confirm", limit: .pages) { request throws(Problem) in
            let input = try JSONBody.decode(EmailInput.self, try JSONBody.object(request))
            return .json(view.json(try await desk.confirmEmail(input.challenge, key: input.key)))
        }
        routes.holder("GET", "/v1/wallet") { request, account throws(Problem) in
            _ = try QueryParameters(request.query, allowed: [])
            return .json(try await home(account))
        }
        routes.holder("PATCH", "/v1/wallet") { request, account throws(Problem) in
            let input = try JSONBody.decode(SettingsInput.self, try JSONBody.object(request))
            return .json(view.json(try await desk.change(input, account, client: request.client)))
        }
        routes.holder("POST", "/v1/wallet/logout_everywhere") { _, account throws(Problem) in
            try await desk.signOutEverywhere(account)
            return .empty()
        }
        routes.holder("POST", "/v1/wallet/password") { request, account throws(Problem) in
            let input = try JSONBody.decode(PasswordInput.self, try JSONBody.object(request))
            try await desk.changePassword(
                account, from: Secret(input.old), to: Secret(input.new), client: request.client)
            return .empty()
        }
        routes.holder("POST", "/v1/wallet/phone/confirm") { request, account throws(Problem) in
            let input = try JSONBody.decode(CodeInput.self, try JSONBody.object(request))
            return .json(view.json(try await desk.confirmPhone(account, code: input.code)))
        }
        routes.holder("PUT", "/v1/wallet/phone") { request, account throws(Problem) in
            let input = try JSONBody.decode(PhoneInput.self, try JSONBody.object(request))
            return .json(view.json(try await desk.changePhone(account, to: input.phone, code: input.code)))
        }
    }

    private func home(_ account: Account) async throws(Problem) -> JSONValue {
        let wallets = try await desk.wallets(of: account)
        return [
            "object": "holder", "account": view.json(account), "wallets": .array(wallets.map { view.json($0) }),
        ]
    }

    private func signIn(_ input: SignInInput, _ request: APIRequest) async throws(Problem) -> APIResponse {
        let account = try await desk.signIn(input.username, Secret(input.password), client: request.client)
        guard let token = await desk.people.tokens.token(account, at: desk.now) else {
            throw Problem(.unavailable, "no token can be made now")
        }
        var answer = JSONObject([
            .init("token", .string(token)), .init("token_type", "Bearer"),
            .init(
                "expires_at", .string(desk.now.adding(seconds: HolderTokens.lifetimeSeconds).description)),
        ])
        for member in try await home(account).objectValue?.members ?? [] { answer[member.name] = member.value }
        return .json(.object(answer))
    }
}

/// The body of `POST /v1/wallet/signup`.
struct SignUpInput: Decodable {
    var username: String
    var password: String
    var name: String
    var phone: String?
    var email: String?
    var currency: String?
    var language: String?

    enum CodingKeys: String, CodingKey { case username, password, name, phone, email, currency, language }

    /// Where a fault of the user name is told.
    static let usernamePointer = "/username"
}

struct SignInInput: Decodable {
    var username: String
    var password: String

    enum CodingKeys: String, CodingKey { case username, password }
}

struct ForgottenInput: Decodable {
    /// A user name, or a confirmed e-mail address.
    var username: String

    enum CodingKeys: String, CodingKey { case username }
}

struct ResetInput: Decodable {
    var challenge: String
    var key: String
    var password: String

    enum CodingKeys: String, CodingKey { case challenge, key, password }
}

struct EmailInput: Decodable {
    var challenge: String
    var key: String

    enum CodingKeys: String, CodingKey { case challenge, key }
}

struct PasswordInput: Decodable {
    var old: String
    var new: String

    enum CodingKeys: String, CodingKey { case old, new }
}

struct CodeInput: Decodable {
    var code: String

    enum CodingKeys: String, CodingKey { case code }
}

struct PhoneInput: Decodable {
    var phone: String
    /// Came to the number or address that was confirmed before.
    var code: String?

    enum CodingKeys: String, CodingKey { case phone, code }
}

/// The body of `PATCH /v1/wallet`: what is left out stays.
struct SettingsInput: Decodable {
    var name: String?
    var language: String?
    var wantsMessages: Bool?
    var email: String?
    /// Needed for another e-mail address: it is what a forgotten password is sent to.
    var password: String?

    enum CodingKeys: String, CodingKey {
        case name, language, email, password
        case wantsMessages = "wants_messages"
    }
}
