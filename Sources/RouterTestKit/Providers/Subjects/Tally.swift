/// What was tried, and what was found.
struct Tally {
    private(set) var violations: [String] = []
    private(set) var tried: [String: Int] = [:]

    mutating func add(_ violation: String) {
        // A fault that shows in a hundred replies is told once.
        if !violations.contains(violation) { violations.append(violation) }
    }

    mutating func count(_ attack: String) { tried[attack, default: 0] += 1 }
}
