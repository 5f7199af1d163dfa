import Router

/// The types of events an endpoint can ask for.
///
/// Adding a kind of object adds its types here.
enum EventTypes {
    /// Their names, in the order of the documentation.
    static let known: [String] = EventType.all.map(\.description)

    /// The wanted types without repetitions; empty means all.
    ///
    /// - Throws: A ``Problem`` that names every type no event has: it would wait forever.
    static func checked(_ types: [String]) throws(Problem) -> [String] {
        let wrong = types.enumerated().filter { !known.contains($0.element) }
        let questions = wrong.map { NearestName.question($0.element, among: known) }
        let issues = zip(wrong, questions).map { type, question in
            JSONIssue(
                pointer: "/types/\(type.offset)", code: "unknown_event_type",
                detail: (question.map { $0 + " " } ?? "") + "expected one of \(known.joined(separator: ", "))")
        }
        guard issues.isEmpty else {
            let places = zip(issues, questions).map { $0.pointer + ($1.map { " (\($0))" } ?? "") }
            throw Problem(
                .invalidRequest, "no event has the type at \(places.joined(separator: ", "))", errors: issues)
        }
        return known.filter { types.contains($0) }
    }
}
