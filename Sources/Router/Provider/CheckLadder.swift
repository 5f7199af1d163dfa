/// When to ask an operator about a payment whose end is not known: a list of waits, then one wait for ever.
public struct CheckLadder: Sendable, Hashable {
    /// The waits between one check and the next, in milliseconds.
    public var stepsMilliseconds: [Int64]
    /// The wait after the steps are used up, in milliseconds.
    public var thenEveryMilliseconds: Int64

    /// Waits are positive; there is no last check.
    public init(stepsMilliseconds: [Int64], thenEveryMilliseconds: Int64) {
        self.stepsMilliseconds = stepsMilliseconds
        self.thenEveryMilliseconds = thenEveryMilliseconds
    }

    /// The wait before check number `number`, counted from zero, without jitter.
    public func wait(before number: Int) -> Int64 {
        stepsMilliseconds.indices.contains(number) ? stepsMilliseconds[number] : thenEveryMilliseconds
    }

    /// Asks 5, 15 and 45 s after the start, then after 2, 5, 10, 20, 40 and 60 min, hourly to 24 h, then every 6 h.
    ///
    /// The steps are the gaps between those moments.
    public static let standard: CheckLadder = {
        let seconds: [Int64] = [5, 10, 30, 75, 180, 300, 600, 1_200, 1_200] + Array(repeating: 3_600, count: 23)
        return CheckLadder(stepsMilliseconds: seconds.map { $0 * 1_000 }, thenEveryMilliseconds: 6 * 3_600_000)
    }()
}
