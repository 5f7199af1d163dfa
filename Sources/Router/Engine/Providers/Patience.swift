/// The waits between tries of something for which this machine has no room: 50 ms, doubling up to a second, each spread by
/// up to a half so that many do not come back at once.
struct Patience: Sendable {
    private var next: Int64 = 50
    private static let longest: Int64 = 1_000

    /// The wait before the next try.
    ///
    /// - Parameter jitter: 0 to 1.
    /// - Returns: Milliseconds.
    mutating func wait(jitter: Double) -> Int64 {
        defer { next = min(2 * next, Self.longest) }
        return next + Int64(Double(next) * 0.5 * jitter)
    }
}
