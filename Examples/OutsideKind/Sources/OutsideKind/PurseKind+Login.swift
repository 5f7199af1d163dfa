import Router
import WebText

/// The login: HTTP Basic, answered with a token and its life in seconds.
extension PurseProvider: AccessTokenIssuing {
    func loginRequest(_ login: LoginName) -> WireRequest {
        let pair = Base64.encode(Array("\(merchant):\(password.reveal())".utf8))
        return WireRequest(.post, base + "/login", headers: [.init("Authorization", "Basic " + pair)])
    }

    func readLogin(_ reply: WireReply) -> LoginResult {
        if reply.status == 401 { return .refused(providerCode: "401") }
        guard reply.status == 200, let value = try? StrictJSON.parse(reply.body),
            let token = value["token"]?.stringValue, let seconds = value["expires_in"]?.integerValue
        else { return .unreadable }
        return .token(token, lifetimeSeconds: seconds)
    }
}
