/// How one seed ended.
struct Outcome: Sendable {
    var violations: [String]
    var trace: UInt64
    var crashes: Int
    var reached: [String: Int]
}
