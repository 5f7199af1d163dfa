import Router
import Synchronization

/// The newest requests that came with a key of an app and were refused, so that its owner can see why.
///
/// Callers are told only that the key is not valid. Kept in memory, a few for each app.
final class RefusedKeys: Sendable {
    /// Why a key was refused.
    enum Reason: String, Sendable, Hashable, CaseIterable {
        /// It begins like a key of the app, and is none.
        case unknown
        /// The app is disabled, or not active yet in the key's environment.
        case disabled
        /// It was revoked, or its time is over.
        case revoked
    }

    struct Refusal: Sendable, Hashable {
        var at: Moment
        var reason: Reason
        /// The first characters of the key.
        var prefix: String
    }

    private struct State: Sendable {
        /// Newest last.
        var refusals: [AppID: [Refusal]] = [:]
        /// Whose keys begin so.
        var prefixes: [String: AppID] = [:]
    }

    /// How many are kept for an app.
    static let perApp = 20
    private static let mostApps = 5_000
    private static let mostPrefixes = 100_000
    private let state = Mutex(State())

    /// Remembers how a key begins.
    func learn(_ key: AppKey) {
        state.withLock { if $0.prefixes.count < Self.mostPrefixes { $0.prefixes[key.prefix] = key.app } }
    }

    func add(_ reason: Reason, _ key: AppKey, at now: Moment) {
        add(Refusal(at: now, reason: reason, prefix: key.prefix), key.app)
    }

    /// A key that nobody has; whose it may have been, its beginning tells.
    func addUnknown(_ text: String, at now: Moment) {
        let parts = text.split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count >= 3, let last = parts.last, last.count >= QRKey.shown else { return }
        let prefix = parts.dropLast().joined(separator: "_") + "_" + last.prefix(QRKey.shown)
        guard let app = state.withLock({ $0.prefixes[prefix] }) else { return }
        add(Refusal(at: now, reason: .unknown, prefix: prefix), app)
    }

    private func add(_ refusal: Refusal, _ app: AppID) {
        state.withLock { state in
            guard state.refusals[app] != nil || state.refusals.count < Self.mostApps else { return }
            state.refusals[app, default: []].append(refusal)
            if let count = state.refusals[app]?.count, count > Self.perApp { state.refusals[app]?.removeFirst() }
        }
    }

    /// The newest first.
    func refusals(of app: AppID) -> [Refusal] { state.withLock { ($0.refusals[app] ?? []).reversed() } }
}
