/// The harmless side of the wire for one provider: credentials, tokens, one renewed login.
package struct AskingWire: Asking {
    let runtime: ProviderRuntime
    let transport: any Transport
    let time: any TimeSource
    let random: any RandomSource
    let observer: any EngineObserver
    let order: OrderID?
    let operation: String
    /// How long after its opening a send may leave.
    let sendNotAfterMilliseconds: Int64

    /// Makes a wire.
    package init(
        runtime: ProviderRuntime, transport: any Transport, time: any TimeSource, random: any RandomSource,
        observer: any EngineObserver, order: OrderID?, operation: String,
        sendNotAfterMilliseconds: Int64 = EngineSettings.standardSendNotAfterMilliseconds
    ) {
        self.sendNotAfterMilliseconds = sendNotAfterMilliseconds
        self.runtime = runtime
        self.transport = transport
        self.time = time
        self.random = random
        self.observer = observer
        self.order = order
        self.operation = operation
    }

    package func ask(_ request: WireRequest) async throws(AskFailure) -> WireReply {
        let token = try await token(for: request)
        let reply = try await exchange(runtime.authorize(request, token: token, at: time.now, random))
        guard reply.status == 401 || reply.status == 403, token != nil else { return reply }
        runtime.invalidate(token, for: request)
        let fresh = try await self.token(for: request)
        return try await exchange(runtime.authorize(request, token: fresh, at: time.now, random))
    }

    /// The access token a request needs; `nil` if it needs none.
    package func token(for request: WireRequest) async throws(AskFailure) -> String? {
        guard let provider = runtime.loggingIn else { return nil }
        return try await token(of: provider, provider.login(for: request))
    }

    /// The access token of one of a provider's logins.
    func token(of provider: any LoggingIn, _ name: LoginName) async throws(AskFailure) -> String {
        try await runtime.tokens(name).token(at: time.now) { await login(provider, name) }.get()
    }

    private func login(
        _ provider: any LoggingIn, _ name: LoginName
    ) async -> Result<(String, Moment), AskFailure> {
        let start = time.now
        do throws(AskFailure) {
            let reply = try await exchange(provider.loginRequest(name))
            switch provider.readLogin(reply) {
            case .token(let token, let lifetime):
                runtime.credentialsProved(name, askedAt: start)
                let sendMilliseconds =
                    sendNotAfterMilliseconds + Int64(runtime.manifest.wireLimits.totalMilliseconds)
                return .success(
                    (
                        token,
                        TokenKeeper.goodUntil(
                            lifetimeSeconds: lifetime, receivedAt: time.now, sendMilliseconds: sendMilliseconds)
                    ))
            case .refused(let code): throw .loginRefused(providerCode: code)
            case .unreadable: throw .loginUnreadable
            }
        } catch {
            runtime.credentialsNotProved(name)
            return .failure(error)
        }
    }

    private func exchange(_ request: WireRequest) async throws(AskFailure) -> WireReply {
        let start = time.now
        let result = await transport.ask(request, terms: AskTerms(scope: runtime.connectionScope))
        let outcome =
            switch result {
            case .success(let reply): String(reply.status)
            case .failure(let failure): failure.kind.rawValue
            }
        observer.note(
            .exchanged(
                provider: runtime.id, operation: operation, order: order,
                milliseconds: time.now.milliseconds(since: start), outcome: outcome))
        return try result.mapError(AskFailure.wire).get()
    }
}

extension AskFailure {
    /// The failure as a preparation that ended before anything was sent.
    var asPreparationFailure: PreparationFailure {
        switch self {
        case .wire(let failure): PreparationFailure(Refusal(.notSent), failure.kind.rawValue)
        case .loginRefused(let code):
            PreparationFailure(Refusal(.credentialsRefused, providerCode: code), "login refused")
        case .loginUnreadable: PreparationFailure(Refusal(.notSent), "login not readable")
        }
    }
}
