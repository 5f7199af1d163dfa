/// How many orders may be on their way to being accepted.
package struct AcceptanceLimits: Sendable, Hashable {
    /// Orders being accepted at once.
    package var places: Int
    /// How long the last in the line may expect to wait, in milliseconds, while nobody waited a moment ago.
    package var burstMilliseconds: Int64
    /// The same once somebody has been waiting for longer than ``calmMilliseconds``.
    package var stormMilliseconds: Int64
    /// So many may always wait, however slow it is.
    package var least: Int
    /// Whoever has waited longer when his turn comes is refused: his caller hardly waits any more.
    package var patienceMilliseconds: Int64
    /// After so long with a line it is a storm, and after so long without one it is over.
    package var calmMilliseconds: Int64

    package init(
        places: Int, burstMilliseconds: Int64 = 200, stormMilliseconds: Int64 = 150, least: Int = 8,
        patienceMilliseconds: Int64 = 5_000, calmMilliseconds: Int64 = 250
    ) {
        self.places = places
        self.burstMilliseconds = burstMilliseconds
        self.stormMilliseconds = stormMilliseconds
        self.least = least
        self.patienceMilliseconds = patienceMilliseconds
        self.calmMilliseconds = calmMilliseconds
    }

    /// Limits with that many places and no line.
    package static func withoutLine(places: Int) -> AcceptanceLimits {
        AcceptanceLimits(places: places, burstMilliseconds: 0, stormMilliseconds: 0, least: 0)
    }
}
