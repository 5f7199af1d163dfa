import Synchronization

/// How many pages of one session wait for news.
final class LivePlaces: Sendable {
    /// More than anybody has open; what is left over works without.
    static let most = 8

    private let open = Mutex(ConcurrencyCount<String>())

    /// A place of a session, held until it is released; `nil` if there is none left.
    func enter(_ session: String) -> Permit? {
        guard open.withLock({ $0.enter(session, limit: Self.most) }) else { return nil }
        return Permit { [self] in open.withLock { $0.leave(session) } }
    }
}
