import DequeModule
import Router

/// Who is connected, and who makes room when the house is full: the bookkeeping of the door, without sockets.
///
/// A connection waits while bytes of a request are missing or it is idle, and is served from the moment a request is there
/// whole until its answer has gone. It is known once a request on it showed a valid key. Whoever is served keeps his place.
/// When all places are taken, a newcomer gets that of the stranger who has waited longest, so that strangers, however many,
/// never keep a shop out; only if no stranger waits, that of a known connection that is idle.
package struct DoorBook {
    /// How many may be connected.
    package struct Limits: Sendable, Hashable {
        /// All together.
        package var total: Int
        /// From one address (``ClientGroup``) that is no trusted proxy.
        package var perAddress: Int
    }

    /// What becomes of a newcomer.
    enum Decision: Hashable {
        case enters
        /// Comes in, and another connection has to go.
        case replaces(Int)
        case refused(Reason)
    }

    /// Why nobody more is let in.
    package enum Reason: String, Sendable, CaseIterable {
        case total
        case perAddress = "per_address"
    }

    fileprivate struct Guest {
        let group: ClientGroup?
        var isKnown = false
        /// The turn at which it began to wait; `nil` while it is served.
        var waitsSince: Int?
    }

    let limits: Limits
    private var guests: [Int: Guest] = [:]
    private var perGroup: [ClientGroup: Int] = [:]
    private var turn = 0
    private var strangers = WaitingLine()
    private var known = WaitingLine()
    private var strangersOfGroup: [ClientGroup: WaitingLine] = [:]

    init(limits: Limits) { self.limits = limits }

    /// How many are connected.
    var count: Int { guests.count }
    /// How many of them showed a valid key.
    private(set) var knownCount = 0

    /// Somebody connects.
    ///
    /// - Parameters:
    ///   - id: A name that is not in use.
    ///   - group: Whom it counts against; `nil` if against nobody but all.
    /// - Returns: Whether it may stay, and who has to go for it.
    mutating func enter(_ id: Int, from group: ClientGroup?) -> Decision {
        var leaving: Int?
        if let group, perGroup[group, default: 0] >= limits.perAddress {
            leaving = oldestStranger(of: group)
            guard leaving != nil else { return .refused(.perAddress) }
        } else if guests.count >= limits.total {
            leaving = oldest(in: \.strangers, isKnown: false) ?? oldest(in: \.known, isKnown: true)
            guard leaving != nil else { return .refused(.total) }
        }
        if let leaving { leave(leaving) }
        guests[id] = Guest(group: group)
        if let group { perGroup[group, default: 0] += 1 }
        wait(id)
        return leaving.map { .replaces($0) } ?? .enters
    }

    /// Somebody is gone; unknown names change nothing.
    mutating func leave(_ id: Int) {
        guard let guest = guests.removeValue(forKey: id) else { return }
        if guest.isKnown { knownCount -= 1 }
        guard let group = guest.group else { return }
        let left = perGroup[group, default: 1] - 1
        perGroup[group] = left > 0 ? left : nil
        if left <= 0 { strangersOfGroup[group] = nil }
    }

    /// A request is there whole.
    mutating func serve(_ id: Int) { guests[id]?.waitsSince = nil }

    /// The answer has gone, or the next request has begun.
    mutating func wait(_ id: Int) {
        guard var guest = guests[id], guest.waitsSince == nil else { return }
        turn += 1
        guest.waitsSince = turn
        guests[id] = guest
        line(up: id, guest)
    }

    /// A request showed a valid key.
    mutating func recognise(_ id: Int) {
        guard var guest = guests[id], !guest.isKnown else { return }
        guest.isKnown = true
        guests[id] = guest
        knownCount += 1
        if guest.waitsSince != nil { line(up: id, guest) }
    }

    private mutating func line(up id: Int, _ guest: Guest) {
        guard let since = guest.waitsSince else { return }
        let place = WaitingLine.Place(id: id, since: since)
        if guest.isKnown {
            known.add(place)
            if known.count > 2 * guests.count + 64 { known.keep { guests.waits($0, isKnown: true) } }
            return
        }
        strangers.add(place)
        if strangers.count > 2 * guests.count + 64 { strangers.keep { guests.waits($0, isKnown: false) } }
        guard let group = guest.group else { return }
        strangersOfGroup[group, default: WaitingLine()].add(place)
        if let line = strangersOfGroup[group], line.count > 2 * perGroup[group, default: 0] + 16 {
            strangersOfGroup[group]?.keep { guests.waits($0, isKnown: false) }
        }
    }

    private mutating func oldest(in line: WritableKeyPath<DoorBook, WaitingLine>, isKnown: Bool) -> Int? {
        let guests = guests
        return self[keyPath: line].first { guests.waits($0, isKnown: isKnown) }
    }

    private mutating func oldestStranger(of group: ClientGroup) -> Int? {
        let guests = guests
        return strangersOfGroup[group]?.first { guests.waits($0, isKnown: false) }
    }
}

extension Dictionary where Key == Int, Value == DoorBook.Guest {
    fileprivate func waits(_ place: WaitingLine.Place, isKnown: Bool) -> Bool {
        guard let guest = self[place.id] else { return false }
        return guest.waitsSince == place.since && guest.isKnown == isKnown
    }
}

/// Names in the order in which they began to wait; those who no longer do are dropped when they are met.
private struct WaitingLine {
    struct Place {
        let id: Int
        let since: Int
    }

    private var places: Deque<Place> = []

    var count: Int { places.count }

    mutating func add(_ place: Place) { places.append(place) }

    mutating func keep(_ waits: (Place) -> Bool) { places.removeAll { !waits($0) } }

    /// The first who still waits; those before him leave the line.
    mutating func first(_ waits: (Place) -> Bool) -> Int? {
        while let place = places.first {
            if waits(place) { return place.id }
            places.removeFirst()
        }
        return nil
    }
}
