import Synchronization

/// Keeps one operator token in memory and lets one caller at a time fetch a new one; the others wait for it.
package final class AccessTokenCache: Sendable {
    private struct State: Sendable {
        var token: String?
        var goodUntil = Moment(milliseconds: 0)
        var isFetching = false
        var waiting: [CheckedContinuation<Result<String, AskFailure>, Never>] = []
        /// How the last login failed, for whoever came to wait for it a moment too late.
        var failure = AskFailure.loginUnreadable
    }

    private let state = Mutex(State())

    package init() {}

    /// The token, if there is one and it is not about to end.
    func present(at now: Moment) -> String? {
        state.withLock { now < $0.goodUntil ? $0.token : nil }
    }

    /// The token, fetched with `login` if there is none or it is about to end.
    func token(
        at now: Moment, login: @Sendable () async -> Result<(String, Moment), AskFailure>
    ) async
        -> Result<String, AskFailure>
    {
        enum Turn { case have(String), fetch, wait }
        let turn = state.withLock { state -> Turn in
            if let token = state.token, now < state.goodUntil { return .have(token) }
            if state.isFetching { return .wait }
            state.isFetching = true
            return .fetch
        }
        switch turn {
        case .have(let token): return .success(token)
        case .wait:
            return await withCheckedContinuation { continuation in
                let early = state.withLock { state -> Result<String, AskFailure>? in
                    guard state.isFetching else {
                        return state.token.map { .success($0) } ?? .failure(state.failure)
                    }
                    state.waiting.append(continuation)
                    return nil
                }
                if let early { continuation.resume(returning: early) }
            }
        case .fetch:
            let fetched = await login()
            let waiting = state.withLock { state in
                state.isFetching = false
                switch fetched {
                case .success(let (token, goodUntil)):
                    state.token = token
                    state.goodUntil = goodUntil
                case .failure(let failure):
                    state.token = nil
                    state.failure = failure
                }
                defer { state.waiting = [] }
                return state.waiting
            }
            let result = fetched.map(\.0)
            for waiter in waiting { waiter.resume(returning: result) }
            return result
        }
    }

    /// Forgets a token that the operator refused, unless a newer one is there already.
    ///
    /// - Returns: Whether no newer one is there, or on its way.
    @discardableResult
    func invalidate(_ refused: String?) -> Bool {
        state.withLock { state in
            guard state.token == refused || state.token == nil else { return false }
            state.token = nil
            return !state.isFetching
        }
    }

    /// Until when a token may be used whose life begins now: a margin before its end, so that none ends on its way.
    ///
    /// The margin is a tenth of its life, at least the time one send may take, and at most half its life.
    ///
    /// - Parameters:
    ///   - lifetimeSeconds: Its life as the operator told it.
    ///   - receivedAt: When its answer was here, by our clock.
    ///   - sendMilliseconds: How long a send may take, from its opening to the end of its answer.
    /// - Returns: The last moment.
    static func goodUntil(
        lifetimeSeconds: Int64, receivedAt: Moment, sendMilliseconds: Int64
    ) -> Moment {
        let life = min(max(0, lifetimeSeconds), longestLifeSeconds) * 1_000
        return receivedAt.adding(milliseconds: life - min(life / 2, max(life / 10, sendMilliseconds)))
    }

    /// No token is kept for longer than a month, whatever its operator says.
    private static let longestLifeSeconds: Int64 = 30 * 86_400
}
