import Synchronization

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
    /// How long a question waits for room on this machine.
    let waitMilliseconds: Int64
    /// Whether a question found none.
    let witness = RoomWitness()

    /// Asks for one provider and, unless `order` is `nil`, on behalf of one order.
    package init(
        runtime: ProviderRuntime, transport: any Transport, time: any TimeSource, random: any RandomSource,
        observer: any EngineObserver, order: OrderID?, operation: String,
        sendNotAfterMilliseconds: Int64 = EngineSettings.standardSendNotAfterMilliseconds, waitMilliseconds: Int64 = 0
    ) {
        self.waitMilliseconds = waitMilliseconds
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
        let reply = try await exchange(runtime.sign(request, token: token, at: time.now, random))
        guard reply.status == 401 || reply.status == 403, token != nil else { return reply }
        runtime.invalidate(token, for: request)
        let fresh = try await self.token(for: request)
        return try await exchange(runtime.sign(request, token: fresh, at: time.now, random))
    }

    /// The access token a request needs; `nil` if it needs none.
    package func token(for request: WireRequest) async throws(AskFailure) -> String? {
        guard let provider = runtime.loggingIn else { return nil }
        return try await token(of: provider, provider.login(for: request))
    }

    /// The access token of one of a provider's logins.
    func token(of provider: any AccessTokenIssuing, _ name: LoginName) async throws(AskFailure) -> String {
        try await runtime.tokens(name).token(at: time.now) { await login(provider, name) }.get()
    }

    private func login(
        _ provider: any AccessTokenIssuing, _ name: LoginName
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
                        AccessTokenCache.goodUntil(
                            lifetimeSeconds: lifetime, receivedAt: time.now, sendMilliseconds: sendMilliseconds)
                    ))
            case .refused(let code): throw .loginRefused(providerCode: code)
            case .unreadable: throw .loginUnreadable
            }
        } catch {
            if !error.foundNoRoom { runtime.credentialsNotProved(name) }
            return .failure(error)
        }
    }

    private func exchange(_ request: WireRequest) async throws(AskFailure) -> WireReply {
        let start = time.now
        let result = await handOver(request, until: start.adding(milliseconds: waitMilliseconds))
        let outcome =
            switch result {
            case .success(let reply): String(reply.status)
            case .failure(let failure): failure.kind.rawValue
            }
        observer.record(
            .exchanged(
                provider: runtime.id, operation: operation, order: order,
                milliseconds: time.now.milliseconds(since: start), outcome: outcome))
        return try result.mapError(AskFailure.wire).get()
    }

    /// Asks, and asks again while this machine has no room for the question and it may wait.
    private func handOver(_ request: WireRequest, until end: Moment) async -> Result<WireReply, TransportFailure> {
        var patience = Patience()
        while true {
            let result = await transport.ask(request, terms: AskTerms(scope: runtime.connectionScope))
            guard case .failure(let failure) = result, failure.kind == .exhausted else { return result }
            let jitter = Double(random.next() >> 11) / Double(1 << 53)
            let next = time.now.adding(milliseconds: patience.wait(jitter: jitter))
            guard next < end else {
                witness.foundNoRoom()
                return result
            }
            await time.sleep(until: next)
        }
    }
}

/// Remembers that a question was never asked because this machine had no room for it: that says nothing about whoever it
/// was for.
final class RoomWitness: Sendable {
    private let missed = Atomic(false)

    /// Whether one found none.
    var hasFoundNone: Bool { missed.load(ordering: .relaxed) }

    func foundNoRoom() { missed.store(true, ordering: .relaxed) }
}

extension AskFailure {
    /// Whether this machine had no room to ask.
    var foundNoRoom: Bool {
        guard case .wire(let failure) = self else { return false }
        return failure.kind == .exhausted
    }

    /// The failure as a preparation that ended before anything was sent.
    var asPreparationFailure: PreparationFailure {
        switch self {
        case .wire(let failure):
            PreparationFailure(Refusal(foundNoRoom ? .capacityExhausted : .notSent), failure.kind.rawValue)
        case .loginRefused(let code):
            PreparationFailure(Refusal(.credentialsRefused, providerCode: code), "login refused")
        case .loginUnreadable: PreparationFailure(Refusal(.notSent), "login not readable")
        }
    }
}
