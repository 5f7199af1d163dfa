/// Who is left and who is not, for all operations of all providers.
///
/// Plain state; the clock comes in. Every switch comes out as a value, to be told and written.
package struct HysteresisBook: Sendable, Hashable {
    package let settings: HysteresisSettings
    private var machines: [SignalKey: Hysteresis] = [:]
    /// What has changed since it was last written.
    private(set) package var dirty: Set<SignalKey> = []

    /// A switch and whose it is.
    package struct Switched: Sendable, Hashable {
        package var key: SignalKey
        package var change: HysteresisSwitch

        package init(key: SignalKey, change: HysteresisSwitch) {
            self.key = key
            self.change = change
        }
    }

    package init(_ settings: HysteresisSettings = HysteresisSettings()) { self.settings = settings }

    package subscript(_ key: SignalKey) -> Hysteresis { machines[key] ?? Hysteresis(settings) }

    /// Takes what a signal says; checks say nothing here.
    package mutating func record(_ signal: RouteSignal, at now: Moment) -> Switched? {
        guard case .attempt(let change) = signal.news else { return nil }
        return update(signal.key) { machine in
            guard let before = change.before else { return change.after.flatMap { machine.observe($0, at: now) } }
            machine.amend(observedAt: before.at, to: change.after)
            return nil
        }
    }

    /// Has a provider's operation used or left, or ends such a wish with `nil`.
    package mutating func set(_ wish: HysteresisWish?, of key: SignalKey, at now: Moment) -> Switched? {
        update(key) { $0.set(wish, at: now) }
    }

    /// Forgets what was observed of some operations; whom people wish otherwise stays as they wish.
    ///
    /// - Returns: The switches that this makes: whoever was left is used again.
    package mutating func reset(where isMeant: (SignalKey) -> Bool, at now: Moment) -> [Switched] {
        machines.keys.filter(isMeant).sorted().compactMap { key in update(key) { $0.reset(at: now) } }
    }

    /// Notices wishes that have ended by themselves.
    package mutating func expire(at now: Moment) -> [Switched] {
        let over = machines.filter { $0.value.wish.map { !$0.isInForce(at: now) } ?? false }
        return over.keys.sorted().compactMap { key in update(key) { $0.expire(at: now) } }
    }

    /// How an operation stands for one payment.
    package func standing(_ key: SignalKey, for subject: String, at now: Moment) -> Hysteresis.Standing {
        machines[key]?.standing(for: subject, key, at: now) ?? .present
    }

    /// What has changed since the last time, as it is to be stored; from now on nothing is dirty.
    package mutating func takeDirty() -> [SignalBook.Record] {
        defer { dirty = [] }
        return dirty.sorted().map { SignalBook.Record(key: $0, bytes: self[$0].encoded) }
    }

    /// Takes over what was stored; what cannot be read is told, and begins anew.
    package mutating func restore(_ records: [SignalBook.Record]) -> [SignalKey: RecordFault] {
        var faults: [SignalKey: RecordFault] = [:]
        for record in records {
            do throws(RecordFault) {
                machines[record.key] = try Hysteresis(stored: record.bytes, settings)
            } catch {
                faults[record.key] = error
            }
        }
        return faults
    }

    private mutating func update(
        _ key: SignalKey, _ body: (inout Hysteresis) -> HysteresisSwitch?
    ) -> Switched? {
        var machine = machines[key] ?? Hysteresis(settings)
        let before = machine
        let change = body(&machine)
        if machine != before {
            machines[key] = machine
            dirty.insert(key)
        }
        return change.map { Switched(key: key, change: $0) }
    }
}
