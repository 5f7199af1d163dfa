import DequeModule

/// How long an order lately took to be accepted while all places were taken, and so how many turns come in a time.
///
/// By Little's law places divided by that time is the rate at which places come back, however many come back at once.
struct AcceptancePace: Sendable {
    /// What is assumed until it has been measured, in milliseconds.
    private static let assumed = 50.0
    /// Each measured order moves the average by this share of the difference.
    private static let weight = 1.0 / 16

    private var average = Self.assumed
    /// When those in the places came in.
    ///
    /// Who leaves first is not known, and the average does not depend on it.
    private var entries: Deque<Moment> = []

    /// Somebody takes a place.
    mutating func entered(at now: Moment) { entries.append(now) }

    /// Somebody gives a place back.
    ///
    /// - Parameters:
    ///   - now: The present.
    ///   - counts: Whether somebody was waiting for the place. Otherwise the time says nothing of a full house.
    mutating func left(at now: Moment, counts: Bool) {
        guard let came = entries.popFirst(), counts else { return }
        average += (Double(max(1, now.milliseconds(since: came))) - average) * Self.weight
    }

    /// How many turns come in a time, with so many places.
    func turns(in milliseconds: Int64, places: Int) -> Int {
        let turns = Double(milliseconds) * Double(places) / average
        return turns < 1_000_000 ? Int(turns) : 1_000_000
    }
}
