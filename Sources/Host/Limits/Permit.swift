import Synchronization

/// A place that a caller holds among those allowed at once; it is given back exactly once, at the latest when nobody
/// holds the permit any more.
package final class Permit: Sendable {
    private let giveBack: Mutex<(@Sendable () -> Void)?>

    init(_ giveBack: (@Sendable () -> Void)? = nil) { self.giveBack = Mutex(giveBack) }

    deinit { release() }

    /// Gives the place back; from the second time on nothing happens.
    package func release() {
        let giveBack = giveBack.withLock { held in
            defer { held = nil }
            return held
        }
        giveBack?()
    }
}

/// How many things are under way by key; a key without any takes no memory.
struct ConcurrencyCount<Key: Hashable & Sendable>: Sendable {
    private var counts: [Key: Int] = [:]

    /// Takes a place if fewer than `limit` are taken.
    mutating func enter(_ key: Key, limit: Int) -> Bool {
        let count = counts[key, default: 0]
        guard count < limit else { return false }
        counts[key] = count + 1
        return true
    }

    /// Gives a place back; every ``enter(_:limit:)`` that was granted is followed by one.
    mutating func leave(_ key: Key) {
        guard let count = counts[key] else { return }
        counts[key] = count > 1 ? count - 1 : nil
    }

    subscript(key: Key) -> Int { counts[key, default: 0] }
    /// How many keys hold places.
    var keys: Int { counts.count }
}
