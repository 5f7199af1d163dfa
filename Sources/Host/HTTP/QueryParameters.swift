import Router
import WebText

/// Parameters of a query or a form: decoded, known by name, each at most once.
struct QueryParameters {
    /// Parameters that are not searched for card numbers, because they are checked as what they are.
    ///
    /// One in ten phone numbers would pass for one, and so would nearly half of all cursors, which are written in
    /// hexadecimal. What people look for is kept nowhere, and many an operator's reference would pass for one, too.
    private static let exempt: Set<String> = ["phone", "after", "before", "text"]

    private var values: [String: String] = [:]
    /// The members of ``init(_:allowed:maps:)``'s maps, in the order in which they stand.
    private var members: [(map: String, name: String, value: String)] = []

    /// Reads a query.
    ///
    /// - Parameters:
    ///   - query: Without the question mark.
    ///   - allowed: The names known here.
    ///   - maps: Names of maps: of `metadata`, members are written `metadata[name]=value`.
    /// - Throws: If it cannot be decoded, or something in it is not known, stands twice or looks like a card number.
    init(_ query: String, allowed: Set<String>, maps: Set<String> = []) throws(Problem) {
        for pair in query.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentText.decoded(parts[0], plusIsSpace: true),
                let value = PercentText.decoded(parts.count > 1 ? parts[1] : "", plusIsSpace: true)
            else {
                let known = PercentText.decoded(parts[0], plusIsSpace: true).flatMap { name in
                    allowed.contains(name) || Self.member(name, of: maps) != nil ? name : nil
                }
                throw Problem(
                    .invalidParameter,
                    (known.map { "the value of \($0)" } ?? "a name")
                        + " is not percent-encoded UTF-8: a % goes before two hexadecimal digits, and a % itself is "
                        + "written %25")
            }
            let member = Self.member(name, of: maps)
            guard allowed.contains(name) || member != nil else {
                throw Self.unknown(name, (allowed.union(maps.map { $0 + "[name]" })).sorted())
            }
            guard values.updateValue(value, forKey: name) == nil else {
                throw Problem(.invalidParameter, "the parameter \(name) stands twice; once is enough")
            }
            guard Self.exempt.contains(name) || !CardNumbers.contains(value) else {
                throw Problem(
                    .cardNumberRefused, "the parameter \(member?.map ?? name) looks like a card number")
            }
            if let member { members.append((member.map, member.name, value)) }
        }
    }

    /// `metadata[name]` as its two names.
    private static func member(_ text: String, of maps: Set<String>) -> (map: String, name: String)? {
        guard let start = text.firstIndex(of: "["), text.last == "]" else { return nil }
        let (map, name) = (String(text[..<start]), text[text.index(after: start)...].dropLast())
        return maps.contains(map) && !name.isEmpty ? (map, String(name)) : nil
    }

    /// The members of a map, in the order in which they stand.
    func members(of map: String) -> [(name: String, value: String)] {
        members.filter { $0.map == map }.map { ($0.name, $0.value) }
    }

    private static func unknown(_ name: String, _ known: [String]) -> Problem {
        let question = NearestName.question(name, among: known).map { "; " + $0 } ?? ""
        let list = known.isEmpty ? "this call takes none" : "known: " + known.joined(separator: ", ")
        return Problem(
            .invalidParameter,
            "\"\(name.prefix(40))\" is not a parameter here\(question)\(question.isEmpty ? ";" : "") \(list)")
    }

    subscript(name: String) -> String? { values[name] }

    func value<T>(_ name: String, _ expected: String, _ read: (String) -> T?) throws(Problem) -> T? {
        guard let text = values[name] else { return nil }
        guard let value = read(text) else { throw Problem(.invalidParameter, "\(name) must be \(expected)") }
        return value
    }

    /// A value that is one of some words.
    func choice<T: CaseIterable & RawRepresentable<String>>(
        _ name: String, _ type: T.Type, or others: [String] = []
    ) throws(Problem) -> T? {
        guard let text = values[name], !others.contains(text) else { return nil }
        guard let value = T(rawValue: text) else {
            throw Self.unknownWord(text, of: name, others + T.allCases.map(\.rawValue))
        }
        return value
    }

    /// What is wrong with a word that is none of those that a parameter takes.
    static func unknownWord(_ text: String, of name: String, _ words: [String]) -> Problem {
        let question = NearestName.question(text, among: words).map { "; " + $0 } ?? ""
        return Problem(.invalidParameter, "\(name) must be one of \(words.joined(separator: ", "))" + question)
    }

    func limit() throws(Problem) -> Int {
        let limit = try value("limit", "1 to 100") { Int($0).flatMap { (1...100).contains($0) ? $0 : nil } }
        return limit ?? 20
    }
}
