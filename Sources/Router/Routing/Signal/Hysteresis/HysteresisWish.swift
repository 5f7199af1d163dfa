/// What people wish of a provider, whatever was observed: it wins.
package struct HysteresisWish: Sendable, Hashable {
    package enum Direction: String, Sendable, Hashable, CaseIterable {
        /// It is used although it fails.
        case forcedIn = "forced_in"
        /// It is not used although it works, not even for single payments that try it.
        case forcedOut = "forced_out"
    }

    package var direction: Direction
    /// When the wish ends; `nil` if somebody has to end it.
    package var until: Moment?
    /// Who wished it, as people are named.
    package var by: String

    package init(_ direction: Direction, until: Moment? = nil, by person: String) {
        self.direction = direction
        self.until = until
        by = person
    }

    func isInForce(at now: Moment) -> Bool { until.map { now < $0 } ?? true }
}
