/// The signals of all operations of all providers.
///
/// Plain state; the clock comes in. Whoever owns it writes what is dirty in groups, and reads all of it back at the start.
package struct SignalBook: Sendable, Hashable {
    package let settings: SignalSettings
    private var counters: [SignalKey: SignalCounters] = [:]
    /// What has changed since it was last written.
    private(set) package var dirty: Set<SignalKey> = []

    package init(_ settings: SignalSettings = SignalSettings()) { self.settings = settings }

    /// Everything that something is known of, in order.
    package var keys: [SignalKey] { counters.keys.sorted() }

    /// Counts what a signal says.
    package mutating func record(_ signal: RouteSignal, at now: Moment) {
        counters[signal.key, default: SignalCounters()].record(
            signal.news, milliseconds: signal.milliseconds, settings, at: now)
        dirty.insert(signal.key)
    }

    /// The rate that routing goes by; `nil` if too little is known.
    package func rate(_ key: SignalKey, at now: Moment) -> SignalRate? { counters[key]?.rate(settings, at: now) }

    /// All that is known of one operation; `nil` if nothing ever was.
    package func figures(_ key: SignalKey, at now: Moment) -> SignalFigures? {
        counters[key].map { SignalFigures($0, settings, at: now) }
    }

    /// All that is known.
    package func snapshot(at now: Moment) -> SignalSnapshot {
        SignalSnapshot(at: now, figures: counters.mapValues { SignalFigures($0, settings, at: now) })
    }

    /// Forgets what is known of some operations: its record is to be written empty.
    package mutating func reset(where isMeant: (SignalKey) -> Bool) {
        for key in counters.keys.filter(isMeant) {
            counters[key] = SignalCounters()
            dirty.insert(key)
        }
    }

    /// What has changed since the last time, as it is to be stored; from now on nothing is dirty.
    ///
    /// If it cannot be written, ``markDirty(_:)`` takes it back.
    package mutating func takeDirty() -> [Record] {
        defer { dirty = [] }
        return dirty.sorted().map { Record(key: $0, bytes: counters[$0]?.encoded(settings) ?? []) }
    }

    /// Has some written again.
    package mutating func markDirty(_ keys: some Sequence<SignalKey>) { dirty.formUnion(keys) }

    /// What is stored of one operation.
    package struct Record: Sendable, Hashable {
        package var key: SignalKey
        package var bytes: [UInt8]

        package init(key: SignalKey, bytes: [UInt8]) {
            self.key = key
            self.bytes = bytes
        }
    }

    /// Takes over what was stored; what cannot be read is told, and forgotten: it decides nothing that could not be learnt anew.
    package mutating func restore(_ records: [Record]) -> [SignalKey: RecordFault] {
        var faults: [SignalKey: RecordFault] = [:]
        for record in records {
            do throws(RecordFault) {
                counters[record.key] = try SignalCounters(stored: record.bytes, settings)
            } catch {
                faults[record.key] = error
            }
        }
        return faults
    }
}
