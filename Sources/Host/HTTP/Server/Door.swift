import Router
import Synchronization
import WebText

/// The door of a listener: counts connections and keeps their number within bounds.
final class Door: Sendable {
    /// How many refused connections may still be read from, each for a moment, so that their senders get to read why.
    let politeRefusals: Int

    private struct State {
        var book: DoorBook
        var visits: [Int: Visit] = [:]
        var next = 0
        var refusing = 0
    }

    private let state: Mutex<State>
    private let proxies: [NetworkRange]
    private let observer: any DoorObserver

    /// Nobody is connected yet.
    ///
    /// - Parameters:
    ///   - limits: How many may be connected.
    ///   - politeRefusals: How many may be told that there is no place.
    ///   - proxies: Reverse proxies, which speak for many and count only against the total.
    ///   - observer: Hears of who is kept out or put out.
    init(
        limits: DoorBook.Limits, politeRefusals: Int = 64, proxies: [NetworkRange], observer: any DoorObserver
    ) {
        self.politeRefusals = politeRefusals
        state = Mutex(State(book: DoorBook(limits: limits)))
        self.proxies = proxies
        self.observer = observer
    }

    /// What becomes of a connection.
    enum Entry {
        case enters(Visit)
        /// Is told that there is no place.
        case refused
        /// Is closed without a word, because too many are being told already.
        case dropped
    }

    /// Somebody connects.
    ///
    /// - Parameters:
    ///   - peer: The address; empty for sockets in the file system.
    ///   - connection: How to speak to it.
    /// - Returns: Whether it may stay.
    func enter(from peer: String, _ connection: Visit.Connection) -> Entry {
        let address = NetworkAddress(peer)?.unmapped
        let isProxy = address.map { address in proxies.contains { $0.contains(address) } } ?? true
        let group = isProxy ? nil : address.map { ClientGroup($0) }
        let (entry, leaving, reason) = state.withLock { state -> (Entry, Visit?, DoorBook.Reason?) in
            state.next += 1
            let id = state.next
            var leaving: Visit?
            switch state.book.enter(id, from: group) {
            case .enters: break
            case .replaces(let other): leaving = state.visits.removeValue(forKey: other)
            case .refused(let reason):
                guard state.refusing < politeRefusals else { return (.dropped, nil, reason) }
                state.refusing += 1
                return (.refused, nil, reason)
            }
            let visit = Visit(id: id, connection: connection, door: self)
            state.visits[id] = visit
            return (.enters(visit), leaving, nil)
        }
        if let leaving {
            observer.record(.putOut)
            leaving.connection.close()
        }
        if let reason { observer.record(.keptOut(reason)) }
        return entry
    }

    /// Closes every connection, whatever is under way on it.
    func closeAll() {
        for visit in state.withLock({ Array($0.visits.values) }) { visit.connection.close() }
    }

    /// A refused connection is gone.
    func refusalEnded() { state.withLock { $0.refusing -= 1 } }

    func leave(_ id: Int) {
        state.withLock { state in
            state.visits[id] = nil
            state.book.leave(id)
        }
    }

    func serve(_ id: Int) { state.withLock { $0.book.serve(id) } }
    func wait(_ id: Int) { state.withLock { $0.book.wait(id) } }
    func recognise(_ id: Int) { state.withLock { $0.book.recognise(id) } }
    func record(_ event: DoorEvent) { observer.record(event) }

    /// How many are connected, and how many of them showed a valid key.
    var occupancy: (all: Int, known: Int) { state.withLock { ($0.book.count, $0.book.knownCount) } }
}

/// What happens at the door.
package enum DoorEvent: Sendable, Hashable {
    /// A connection was refused.
    case keptOut(DoorBook.Reason)
    /// A waiting connection had to make room for a new one.
    case putOut
    /// A connection was closed because something did not come in time.
    case tooSlow(ConnectionStage)
}

/// What a connection has to do next, each within its deadline.
package enum ConnectionStage: String, Sendable, CaseIterable {
    /// The head of a request, or a next request.
    case head
    case body
    /// That an answer is taken.
    case answer
}

/// Hears of what happens at the door, for logs and metrics.
package protocol DoorObserver: Sendable {
    func record(_ event: DoorEvent)
}
