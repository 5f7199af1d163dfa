import Router

/// Collects every fault of a body's values, so that a caller learns of all at once.
struct InputChecks {
    private var issues: [JSONIssue] = []

    /// The pointer and the detail are made only where something is wrong.
    mutating func check(_ holds: Bool, _ pointer: @autoclosure () -> String, _ detail: @autoclosure () -> String) {
        if !holds { issues.append(JSONIssue(pointer: pointer(), code: "invalid_value", detail: detail())) }
    }

    mutating func amount(_ units: Int64?, _ pointer: @autoclosure () -> String) {
        guard let units else { return }
        check(
            (1...9_007_199_254_740_991).contains(units), pointer(),
            "must be a positive integer of minor units, at most 2^53 - 1")
    }

    mutating func text(_ text: String?, _ limit: Int, _ pointer: @autoclosure () -> String) {
        guard let text else { return }
        check((1...limit).contains(text.unicodeScalars.count), pointer(), "must have 1 to \(limit) characters")
        check(
            !text.unicodeScalars.contains { $0.properties.generalCategory == .control }, pointer(),
            "must not hold control characters")
    }

    /// Text that says something: not blank, and nothing in it that nobody sees.
    mutating func words(_ text: String, _ limit: Int, _ pointer: String) {
        self.text(text, limit, pointer)
        check(
            text.isEmpty || !text.unicodeScalars.allSatisfy { $0.properties.isWhitespace || $0.isFiller }, pointer,
            "must not be blank")
        let unseen: [Unicode.GeneralCategory] = [.format, .control, .privateUse, .unassigned]
        check(
            !text.unicodeScalars.contains { unseen.contains($0.properties.generalCategory) }, pointer,
            "must not hold characters that nobody sees")
    }

    mutating func metadata(_ metadata: [String: String]?, _ pointer: String) {
        check((metadata?.count ?? 0) <= 50, pointer, "may have at most 50 members")
        for (name, value) in (metadata ?? [:]).sorted(by: { $0.key < $1.key }) {
            let place = pointer + "/" + JSONPointer.escaped(name)
            check((1...40).contains(name.unicodeScalars.count), place, "a name has 1 to 40 characters")
            check(value.unicodeScalars.count <= 500, place, "a value has at most 500 characters")
        }
    }

    /// Refuses the request if anything was wrong.
    func done() throws(Problem) {
        guard issues.isEmpty else {
            throw Problem(.invalidRequest, issues.map(\.description).joined(separator: "; "), errors: issues)
        }
    }
}
