import Synchronization

/// Where pages of one session wait for news: the newest ones, of which somebody looks at one.
///
/// A browser that leaves a page closes its stream, which is known only when something is written to it. So whoever goes
/// quickly through many orders is not refused: the page that has waited longest is told that it waits no more.
final class LivePlaces: Sendable {
    /// More than anybody has open; what is left over works without.
    static let most = 8

    private struct Open {
        var last: UInt64 = 0
        /// Oldest first.
        var places: [String: [LivePlace]] = [:]
    }

    private let open = Mutex(Open())

    /// A place of a session, held until it is released; the session's oldest one ends if it has too many.
    func enter(_ session: String) -> LivePlace {
        let (place, ended) = open.withLock { open in
            open.last += 1
            let number = open.last
            let place = LivePlace(number: number) { [self] in leave(session, number) }
            open.places[session, default: []].append(place)
            let over = max(0, (open.places[session]?.count ?? 0) - Self.most)
            return (place, Array((open.places[session] ?? []).prefix(over)))
        }
        for old in ended { old.end() }
        return place
    }

    /// How many a session has.
    func count(_ session: String) -> Int { open.withLock { $0.places[session]?.count ?? 0 } }

    private func leave(_ session: String, _ number: UInt64) {
        open.withLock { open in
            let left = (open.places[session] ?? []).filter { $0.number != number }
            open.places[session] = left.isEmpty ? nil : left
        }
    }
}
