import Router
import Webhooks

/// Sends everything since a moment to an endpoint once more, whatever became of it: for whoever lost what was delivered.
///
/// Each event has the identifier that it always had, so that whoever has it already knows it.
struct WebhookReplay: Sendable {
    let store: any WebhookStore
    let register: EndpointRegister
    let time: any TimeSource
    /// Called when deliveries of an endpoint became due.
    let onRedeliver: @Sendable (WebhookEndpointID) -> Void

    /// Events of one replay, at most; what is left is told, and asked for with another one.
    static let mostEvents = 10_000
    /// Events made due in one transaction: payments are not kept waiting.
    static let eventsAtOnce = 250
    /// How far back it may begin, in seconds.
    var longestSpan: Int64 = 90 * 86_400

    /// What a replay has made due.
    struct Begun: Sendable, Hashable {
        var count: Int
        /// From when on the rest would have to be asked for; `nil` if there is none.
        var restFrom: Moment?
    }

    /// Why nothing is sent again.
    enum Refusal: Error, Sendable, Hashable {
        /// An earlier one is not over: so many of its events were not tried yet.
        case stillRunning(Int)
        case disabled
        case tooLongAgo(Moment)
        /// It would begin after this moment, which is now.
        case notYet(Moment)
        case notStored(StoreFailure)
        case noSuchEndpoint
    }

    /// Begins one.
    ///
    /// - Parameters:
    ///   - id: The endpoint.
    ///   - since: The moment of the first event.
    /// - Returns: What is due now because of it, or why nothing is.
    func begin(_ id: WebhookEndpointID, since: Moment) async -> Result<Begun, Refusal> {
        let now = time.now
        let earliest = now.adding(seconds: -longestSpan)
        guard since <= now else { return .failure(.notYet(now)) }
        guard since >= earliest else { return .failure(.tooLongAgo(earliest)) }
        do throws(StoreFailure) {
            guard let endpoint = try await store.endpoint(id) else { return .failure(.noSuchEndpoint) }
            guard endpoint.isEnabled else { return .failure(.disabled) }
            let left = try await waiting(endpoint)
            guard left == 0 else { return .failure(.stillRunning(left)) }
            // Whoever comes meanwhile finds the mark, and the first events waiting.
            let marked = try await register.change(id) { endpoint in
                guard endpoint.replayedAt.map({ $0 < now }) ?? true else { return false }
                endpoint.replayedAt = now
                return true
            }
            guard marked?.replayedAt == now else { return .failure(.noSuchEndpoint) }
            let begun = try await makeDue(id, since: since, at: now)
            if begun.count > 0 { onRedeliver(id) }
            return .success(begun)
        } catch { return .failure(.notStored(error)) }
    }

    /// How many events of the last replay were not tried yet.
    func waiting(_ endpoint: WebhookEndpoint) async throws(StoreFailure) -> Int {
        guard let begun = endpoint.replayedAt else { return 0 }
        return try await store.waiting(endpoint.id, since: begun)
    }

    private func makeDue(
        _ id: WebhookEndpointID, since: Moment, at now: Moment
    ) async throws(StoreFailure) -> Begun {
        var begun = Begun(count: 0)
        var after: EventID?
        while begun.count < Self.mostEvents {
            let step = try await store.replay(
                id, since: since, after: after, limit: min(Self.eventsAtOnce, Self.mostEvents - begun.count), at: now)
            begun.count += step.count
            guard let last = step.last else { return begun }
            after = last
        }
        begun.restFrom = after?.madeAt
        return begun
    }
}
