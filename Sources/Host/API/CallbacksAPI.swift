import Pages
package import Router

/// `/callbacks/{provider}`: what operators tell us, raw.
package struct CallbacksAPI: Sendable {
    let engine: Engine
    /// How many bytes a notification may have, wherever they stand: body, query and path together.
    let limit: Int
    /// What an address may send that cannot be verified; asked by the dispatcher before anything is read.
    let limits: RequestLimits?

    package init(engine: Engine, limit: Int? = nil, limits: RequestLimits? = nil) {
        self.engine = engine
        self.limits = limits
        self.limit = limit ?? BodyLimit.standard
    }

    package func register(in routes: inout RouteTable) {
        for method in ["GET", "POST", "PUT"] {
            routes.open(method, "/callbacks/{provider}/{rest...}", limit: .callbacks, bodyLimit: limit) {
                request throws(Problem) in
                try await receive(request)
            }
        }
    }

    private func receive(_ request: APIRequest) async throws(Problem) -> APIResponse {
        // Payers' browsers come back here when the caller named no page of their own. It carries no authority.
        if request.parameters["rest"] == "return" { return Self.returnAnswer }
        let size = request.path.utf8.count + request.query.utf8.count + request.body.count
        let provider = request.parameters["provider"] ?? ""
        guard size <= limit + Self.pathAllowance else {
            limits?.failedCallback(client: request.client, provider: provider)
            throw Problem(.bodyTooLarge, "the notification has more than \(limit) bytes")
        }
        let callback = InboundCallback(
            method: request.method, pathRest: request.parameters["rest"] ?? "", query: request.query,
            headers: request.headers.map { WireRequest.Header($0.name, $0.value) }, body: request.body,
            peer: request.client)
        let reply = await engine.receive(callback, for: ProviderID(provider))
        if reply.failsVerification { limits?.failedCallback(client: request.client, provider: provider) }
        switch reply.status {
        case 200:
            guard let acknowledgement = reply.acknowledgement else { return .empty(200) }
            return .bytes(acknowledgement.body, type: acknowledgement.contentType)
        case 401:
            throw Problem(
                .callbackNotVerified, "the notification could not be verified; it changed nothing",
                headers: [(name: "www-authenticate", value: "Signature realm=\"callbacks\"")])
        case 400: throw Problem(.malformedRequest, "the notification could not be read")
        case 413:
            throw Problem(
                .bodyTooLarge, "a notification for a provider that is not configured may have 16384 bytes")
        case 503: throw Problem(.unavailable, "the notification could not be stored; send it again")
        default: throw Problem(.notFound, "there is nothing at this path")
        }
    }

    /// For the provider's name and what belongs to every path.
    private static let pathAllowance = 64

    private static var returnAnswer: APIResponse {
        .html(HostPage.returned.rendered())
            .with("content-security-policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'")
            .with("x-content-type-options", "nosniff")
    }
}
