import Router

/// What lists and figures are narrowed down to: an empty field asks for nothing, and what is not known is refused, so that
/// nobody takes everything for what they asked for.
extension QueryParameters {
    /// What somebody typed there, without space around it; `nil` if that is nothing.
    func told(_ name: String) -> String? {
        guard let text = self[name]?.trimmed, !text.isEmpty else { return nil }
        return text
    }

    /// One of a closed list's words.
    func told<Word: RawRepresentable<String>>(_ name: String, among words: [Word]) throws(Problem) -> Word? {
        guard let text = told(name) else { return nil }
        guard let word = words.first(where: { $0.rawValue == text }) else {
            throw Self.unknownWord(text, of: name, words.map(\.rawValue))
        }
        return word
    }

    /// What can be read as something.
    func told<Value>(_ name: String, _ expected: String, _ read: (String) -> Value?) throws(Problem) -> Value? {
        guard let text = told(name) else { return nil }
        guard let value = read(text) else { throw Problem(.invalidParameter, "\(name) must be \(expected)") }
        return value
    }

    /// The first and the last day of a span, each as far as it was told.
    ///
    /// - Parameter today: The day that it is; a year later at the most is taken.
    /// - Returns: Days of which the first is not behind the last.
    /// - Throws: What is wrong with them, by the name of the field.
    func days(today: SnapshotDay) throws(Problem) -> (from: SnapshotDay?, to: SnapshotDay?) {
        let (from, to) = (try day("from", today), try day("to", today))
        if let from, let to { try Self.check(from, to) }
        return (from, to)
    }

    /// Refuses a span that ends before it begins.
    static func check(_ from: SnapshotDay, _ to: SnapshotDay) throws(Problem) {
        guard from <= to else {
            throw fault("to", "the first day, \(from), is after the last, \(to): from is the earlier one of both")
        }
    }

    private func day(_ name: String, _ today: SnapshotDay) throws(Problem) -> SnapshotDay? {
        guard let text = told(name) else { return nil }
        guard let day = SnapshotDay(text: text) else { throw Self.fault(name, "a day is written 2026-11-30") }
        let latest = today.advanced(by: 366)
        guard day <= latest else {
            throw Self.fault(
                name, "\(day) is too far in the future: today is \(today), and \(latest) is the last day taken")
        }
        return day
    }

    private static func fault(_ name: String, _ detail: String) -> Problem {
        Problem(
            .invalidParameter, "\(name): \(detail)",
            errors: [JSONIssue(pointer: "/\(name)", code: "invalid_value", detail: detail)])
    }

    /// Refuses a span that is longer than figures are added up for.
    static func checkSpan(_ from: SnapshotDay, _ to: SnapshotDay) throws(Problem) {
        try check(from, to)
        let (days, most) = (to.number - from.number + 1, Snapshots.longestSpan)
        guard days <= most else {
            throw fault("from", "\(from) to \(to) are \(days) days, and at most \(most) are added up at once")
        }
    }
}
