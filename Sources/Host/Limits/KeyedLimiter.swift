/// A bounded table of buckets, one for each key that has used something lately.
///
/// However many keys come, no more than `capacity` are kept. A new key takes the place of one whose bucket is full again,
/// else of the one that used least among the next few; one that is limited at present is never pushed out. Where no place
/// is found, new keys share one larger bucket: strangers in great numbers get in each other's way, and in nobody else's.
struct KeyedLimiter<Key: Hashable & Sendable>: Sendable {
    private struct Slot: Sendable {
        var key: Key
        var limit: RateLimit
        var bucket: RateBucket
    }

    let limit: RateLimit
    private let capacity: Int
    private var slots: [Slot] = []
    private var places: [Key: Int] = [:]
    /// Where the search for a place goes on.
    private var hand = 0
    private var shared: RateBucket

    /// How many slots a new key looks at.
    private static var reach: Int { 16 }
    /// How much larger the bucket is that new keys share.
    private static var shares: Int64 { 16 }

    init(_ limit: RateLimit, capacity: Int = 16_384, at now: Int64) {
        self.limit = limit
        self.capacity = max(1, capacity)
        shared = RateBucket(at: now)
    }

    /// How many keys are kept.
    var count: Int { slots.count }

    /// Takes one event of a key if there is one.
    ///
    /// - Parameters:
    ///   - key: Whose.
    ///   - now: The time, in microseconds.
    ///   - own: A limit that only this key has; `nil` means the table's.
    /// - Returns: Whether there was one, and what is left.
    mutating func spend(_ key: Key, at now: Int64, own: RateLimit? = nil) -> RateBucket.Reading {
        guard let place = place(of: key, own ?? limit, at: now) else {
            return shared.spend(limit.multiplied(by: Self.shares), at: now)
        }
        return slots[place].bucket.spend(slots[place].limit, at: now)
    }

    /// What ``spend(_:at:own:)`` would say, without spending anything or keeping the key.
    func look(_ key: Key, at now: Int64) -> RateBucket.Reading {
        if let place = places[key] { return slots[place].bucket.look(slots[place].limit, at: now) }
        let rest = shared.look(limit.multiplied(by: Self.shares), at: now)
        // A table with room has never refused a new key.
        return slots.count < capacity || rest.isGranted ? RateBucket(at: now).look(limit, at: now) : rest
    }

    private mutating func place(of key: Key, _ limit: RateLimit, at now: Int64) -> Int? {
        if let place = places[key] { return place }
        let slot = Slot(key: key, limit: limit, bucket: RateBucket(at: now))
        if slots.count < capacity {
            slots.append(slot)
            places[key] = slots.count - 1
            return slots.count - 1
        }
        guard let place = leastUsed(at: now) else { return nil }
        places[slots[place].key] = nil
        slots[place] = slot
        places[key] = place
        return place
    }

    /// The first full bucket among the next slots, else the one that used least and is not limited.
    private mutating func leastUsed(at now: Int64) -> Int? {
        var best: (place: Int, wait: Int64)?
        for _ in 0..<min(Self.reach, slots.count) {
            let place = hand
            hand = (hand + 1) % slots.count
            let reading = slots[place].bucket.look(slots[place].limit, at: now)
            if reading.fullAfterMicroseconds == 0 { return place }
            guard reading.isGranted, best.map({ reading.fullAfterMicroseconds < $0.wait }) ?? true else { continue }
            best = (place, reading.fullAfterMicroseconds)
        }
        return best?.place
    }
}
