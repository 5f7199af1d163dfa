/// How many orders may be on their way to being accepted.
package struct AcceptanceLimits: Sendable, Hashable {
    /// Orders being accepted at once.
    package var places: Int
    /// Orders that may wait while the line was empty a moment ago.
    package var burst: Int
    /// Orders that may wait while the line has not been empty for ``calmMilliseconds``.
    package var storm: Int
    /// Whoever has waited longer when his turn comes is refused: his caller hardly waits any more.
    package var patienceMilliseconds: Int64
    /// After so long without an empty line it is a storm.
    package var calmMilliseconds: Int64

    package init(
        places: Int, burst: Int = 256, storm: Int = 8, patienceMilliseconds: Int64 = 5_000,
        calmMilliseconds: Int64 = 250
    ) {
        self.places = places
        self.burst = burst
        self.storm = storm
        self.patienceMilliseconds = patienceMilliseconds
        self.calmMilliseconds = calmMilliseconds
    }
}
