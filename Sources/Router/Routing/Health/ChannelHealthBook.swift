/// How all channels do, as it is told: a state is told only once it has lasted.
///
/// Plain state; the clock comes in. A worse state is told soon and a better one late, so that an operator that comes and goes
/// is told once as bad, and once as good when it is.
package struct ChannelHealthBook: Sendable, Hashable {
    package let settings: HealthSettings
    /// What is told.
    private(set) package var told: [ChannelKey: ChannelHealth] = [:]
    /// What differs from it, and since when.
    private var waiting: [ChannelKey: Waiting] = [:]

    private struct Waiting: Sendable, Hashable {
        var course: Course
        var since: Moment
    }

    /// Whether what is found is worse than what is told, better, or as bad for another reason.
    private enum Course: Sendable, Hashable { case worse, better, otherReason }

    package init(_ settings: HealthSettings = HealthSettings()) { self.settings = settings }

    /// Looks at all channels.
    ///
    /// What was never told is told at once, without a change: a start is no news. What people wish is told at once as well.
    ///
    /// - Parameters:
    ///   - serving: Who serves each, in the order in which they are preferred; a channel that is left out is served no more.
    ///   - now: The moment.
    /// - Returns: What changed, in order of the keys.
    package mutating func look(
        _ serving: [ChannelKey: [ServingProvider]], at now: Moment
    ) -> [ChannelHealthChange] {
        let before = told
        for key in told.keys.filter({ serving[$0] == nil }) {
            told[key] = nil
            waiting[key] = nil
        }
        var fresh: Set<ChannelKey> = []
        for (key, providers) in serving {
            let verdict = ChannelHealth.derived(from: providers, settings, before: told[key])
            if told[key] == nil { fresh.insert(key) }
            told[key] = next(key, verdict, at: now)
        }
        return ChannelHealthChange.changes(from: before, to: told).filter { !fresh.contains($0.key) }
    }

    private mutating func next(
        _ key: ChannelKey, _ verdict: ServingProvider.Verdict, at now: Moment
    ) -> ChannelHealth {
        let found = ChannelHealth(verdict.state, verdict.reason, since: min(verdict.since ?? now, now))
        guard let present = told[key] else { return found }
        guard present.state != found.state || present.reason != found.reason else {
            waiting[key] = nil
            return present
        }
        let course: Course =
            found.state == present.state ? .otherReason : found.state > present.state ? .worse : .better
        // What goes on being worse waits in one piece, whichever of the worse states it is.
        let since = waiting[key].flatMap { $0.course == course ? $0.since : nil } ?? now
        let most = course == .worse ? settings.worsensAfter : settings.improvesAfter
        let isWished = [present.reason, found.reason].contains { $0 == .paused || $0 == .maintenance }
        guard isWished || now.milliseconds(since: since) >= most else {
            waiting[key] = Waiting(course: course, since: since)
            return present
        }
        waiting[key] = nil
        // Another reason does not begin the state anew.
        guard course != .otherReason else { return ChannelHealth(found.state, found.reason, since: present.since) }
        return ChannelHealth(found.state, found.reason, since: verdict.since.map { min($0, now) } ?? since)
    }
}
