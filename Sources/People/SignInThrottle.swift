package import Router
import Synchronization

/// Slows down whoever tries passwords, without letting anybody keep a holder out.
///
/// Failures count against the address, against the account at that address, and against the account as tried from addresses
/// that never signed in to it. An address from which somebody signed in lately is not kept out by what others try elsewhere.
package final class SignInThrottle: Sendable {
    /// Failures in a window that an address, an account at an address, and an account at strange addresses may have.
    package struct Limits: Sendable, Hashable {
        package var address = 30
        package var pair = 6
        package var account = 60
        /// In seconds.
        package var window: Int64 = 900

        package init() {}
    }

    private struct Count: Sendable {
        var failures: Int
        var since: Moment
    }

    private struct State: Sendable {
        var counts: [String: Count] = [:]
        var familiar: [String: Moment] = [:]
    }

    /// At so many the oldest are forgotten.
    private static let most = 50_000
    /// For how long an address is known to an account, in seconds.
    private static let familiarSeconds: Int64 = 30 * 86_400

    private let limits: Limits
    private let state = Mutex(State())

    package init(limits: Limits = Limits()) { self.limits = limits }

    /// How long somebody has to wait before another password is looked at, in seconds; `nil` if not at all.
    package func wait(_ name: String, at address: String, now: Moment) -> Int64? {
        state.withLock { state in
            var ends: [Moment] = []
            for (key, most) in keys(name, address, state, now) {
                guard let count = state.counts[key], count.failures >= most else { continue }
                let end = count.since.adding(seconds: limits.window)
                if now < end { ends.append(end) }
            }
            return ends.max().map { max(1, ($0.milliseconds(since: now) + 999) / 1_000) }
        }
    }

    /// Counts a wrong password.
    package func failed(_ name: String, at address: String, now: Moment) {
        state.withLock { state in
            for (key, _) in keys(name, address, state, now) {
                var count = state.counts[key] ?? Count(failures: 0, since: now)
                if now >= count.since.adding(seconds: limits.window) { count = Count(failures: 0, since: now) }
                count.failures += 1
                state.counts[key] = count
            }
            guard state.counts.count > Self.most else { return }
            let end = now.adding(seconds: -limits.window)
            state.counts = state.counts.filter { $0.value.since > end }
            if state.counts.count > Self.most { state.counts = [:] }
        }
    }

    /// Remembers from where somebody signed in.
    package func succeeded(_ name: String, at address: String, now: Moment) {
        state.withLock { state in
            state.counts[Self.pair(name, address)] = nil
            if state.familiar.count > Self.most { state.familiar = [:] }
            state.familiar[Self.pair(name, address)] = now.adding(seconds: Self.familiarSeconds)
        }
    }

    private func keys(_ name: String, _ address: String, _ state: State, _ now: Moment) -> [(String, Int)] {
        let pair = Self.pair(name, address)
        var keys = [("address\u{1F}\(address)", limits.address), (pair, limits.pair)]
        let isFamiliar = state.familiar[pair].map { now < $0 } ?? false
        if !isFamiliar { keys.append(("account\u{1F}\(name)", limits.account)) }
        return keys
    }

    private static func pair(_ name: String, _ address: String) -> String { "pair\u{1F}\(name)\u{1F}\(address)" }
}
