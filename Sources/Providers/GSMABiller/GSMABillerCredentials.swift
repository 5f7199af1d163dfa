import Router
import WebText

/// A biller whose calls carry an API key.
struct GSMABillerByKey: GSMABilling, CredentialProbing {
    let calls: GSMABillerCalls
    let clientID: String?
    let key: Secret

    func sign(_ request: WireRequest, _ context: SigningContext) -> WireRequest {
        let request = clientID.map { request.with("X-Client-Id", $0) } ?? request
        return request.with("X-API-Key", key.reveal())
    }

    /// Asks for the answer to a request that nobody made: who may ask is told that there is none.
    func probe(asking wire: any Asking) async -> ProbeFinding {
        await wire.ask(calls.responseQuestion("00000000-0000-4000-8000-000000000000")) { reply in
            if calls.isUnknown(reply) { return .accepted("it looked for a request that nobody made") }
            if reply.status == 401, reply.object?["errorCategory"] == "authorisation" {
                return .refused("\(reply.code) to a question")
            }
            return .unclear(reply.code)
        }
    }
}

/// A biller whose calls carry a bearer token, had for client id and secret.
struct GSMABillerByLogin: GSMABilling, AccessTokenIssuing {
    let calls: GSMABillerCalls
    let tokenURL: String
    let clientID: String
    let secret: Secret

    func sign(_ request: WireRequest, _ context: SigningContext) -> WireRequest {
        let request = request.with("X-Client-Id", clientID)
        return context.token.map { request.with("Authorization", "Bearer \($0)") } ?? request
    }

    func loginRequest(_ login: LoginName) -> WireRequest {
        let pair = Base64.encode(Array("\(clientID):\(secret.reveal())".utf8))
        return WireRequest(
            .post, tokenURL,
            headers: [
                .init("Content-Type", "application/x-www-form-urlencoded"), .init("Accept", "application/json"),
                .init("Authorization", "Basic " + pair),
            ], body: Array("grant_type=client_credentials".utf8))
    }

    func readLogin(_ reply: WireReply) -> LoginResult {
        if reply.refusesOurCredentials { return .refused(providerCode: reply.code) }
        guard reply.isSuccess, let body = reply.object,
            let token = AccessToken.usable(body["access_token"]?.stringValue)
        else { return .unreadable }
        let stated = body["expires_in"].flatMap { $0.integerValue ?? $0.stringValue.flatMap { Int64($0) } }
        guard let lifetime = stated, lifetime > 0 else { return .unreadable }
        return .token(token, lifetimeSeconds: min(lifetime, 86_400))
    }
}
