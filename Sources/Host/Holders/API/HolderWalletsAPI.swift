import Router

/// `/v1/wallet/wallets`: more wallets of a holder's.
struct HolderWalletsAPI: Sendable {
    let desk: HolderDesk
    let view: HolderView

    func register(in routes: inout RouteTable) {
        routes.holder("POST", "/v1/wallet/wallets", work: .create) { request, account throws(Problem) in
            let key = try JSONBody.idempotencyKey(request)
            let body = try JSONBody.object(request)
            let input = try JSONBody.decode(NewWalletInput.self, body)
            let name = HolderDesk.CallName(
                key: key, fingerprint: JSONBody.fingerprint(request, body), requestID: request.id)
            let (opened, isReplay) = try await desk.open(input, account, name)
            let answer = APIResponse.json(view.json(opened), status: 201)
            return isReplay ? answer.with("idempotent-replayed", "true") : answer
        }
        routes.holder("POST", "/v1/wallet/wallets/link") { request, account throws(Problem) in
            let input = try JSONBody.decode(LinkInput.self, try JSONBody.object(request))
            return .json(view.json(try await desk.link(input.wallet, account)))
        }
    }
}

/// The body of `POST /v1/wallet/wallets`.
struct NewWalletInput: Decodable {
    /// The first of the platform's if it is left out.
    var currency: String?
    /// `personal` if it is left out, or `business`.
    var purpose: String?
    /// As payers are shown it; the holder's own name if it is left out.
    var name: String?

    enum CodingKeys: String, CodingKey { case currency, purpose, name }
}

/// The body of `POST /v1/wallet/wallets/link`.
struct LinkInput: Decodable {
    var wallet: String

    enum CodingKeys: String, CodingKey { case wallet }
}
