import Synchronization

/// Keeps one operator token in memory and lets one caller at a time fetch a new one; the others wait for it.
package final class AccessTokenCache: Sendable {
    private struct State: Sendable {
        var token: String?
        var goodUntil = Moment(milliseconds: 0)
        /// The login under way, and what comes of it.
        var login: Promise<Result<String, AskFailure>>?
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
    ) async -> Result<String, AskFailure> {
        enum Turn {
            case have(String)
            case wait(Promise<Result<String, AskFailure>>)
            case fetch(Promise<Result<String, AskFailure>>)
        }
        let turn = state.withLock { state -> Turn in
            if let token = state.token, now < state.goodUntil { return .have(token) }
            if let login = state.login { return .wait(login) }
            let begun = Promise<Result<String, AskFailure>>()
            state.login = begun
            return .fetch(begun)
        }
        switch turn {
        case .have(let token): return .success(token)
        case .wait(let other): return await other.value
        case .fetch(let begun):
            let fetched = await login()
            state.withLock { state in
                state.login = nil
                switch fetched {
                case .success(let (token, goodUntil)): (state.token, state.goodUntil) = (token, goodUntil)
                case .failure: state.token = nil
                }
            }
            let result = fetched.map(\.0)
            begun.keep(result)
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
            return state.login == nil
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
