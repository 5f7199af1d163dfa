import Router
import WebText

/// Reads what rules ask, and collects every fault.
struct ConditionReader {
    let holidays: [String: HolidayList]
    let zones: @Sendable (_ name: String) -> TimeZoneRules?
    private(set) var issues: [ConfigurationIssue] = []

    /// How deep conditions may stand in one another: whoever needs more needs another rule.
    private static let deepest = 8

    init(holidays: [String: HolidayList], zones: @escaping @Sendable (String) -> TimeZoneRules?) {
        self.holidays = holidays
        self.zones = zones
    }

    /// The conditions of a rule; faults are in ``issues``.
    ///
    /// - Parameters:
    ///   - value: The rule's `when`.
    ///   - pointer: Where it stands.
    ///   - rule: The rule's name, by which shares are drawn unless they have a salt.
    ///   - depth: How many groups are around it.
    /// - Returns: What must hold, all of it.
    mutating func read(
        _ value: JSONValue, at pointer: String, topOf rule: String, depth: Int = 0
    ) -> [RouteCondition] {
        guard depth < Self.deepest else {
            fault(pointer, "conditions stand in one another more than \(Self.deepest) deep; use several rules")
            return []
        }
        let when: FileModel.When
        do throws(JSONIssues) { when = try StrictDecoder().decode(FileModel.When.self, from: value) } catch {
            issues += error.issues.map { .init(pointer + $0.pointer, $0.detail) }
            return []
        }
        var result: [RouteCondition] = []
        if let operation = when.operation { result += operations(operation, at: pointer + "/operation") }
        result += order(when, at: pointer)
        result += payer(when, at: pointer)
        result += moments(when, at: pointer)
        result += shares(when, at: pointer, rule)
        result += groups(when, at: pointer, rule, depth)
        return result
    }

    mutating func fault(_ pointer: String, _ detail: String) { issues.append(.init(pointer, detail)) }

    /// Values of a list; none is a fault, because nothing would ever hold.
    mutating func values(_ list: FileModel.OneOrMany, at pointer: String) -> [String] {
        if list.values.isEmpty { fault(pointer, "an empty list holds for nothing; name at least one, or leave it out") }
        return list.values
    }

    /// Bounds; nothing lies between bounds in the wrong order, and everything without any.
    mutating func check<Bound: Comparable>(_ minimum: Bound?, _ maximum: Bound?, at pointer: String) {
        if let minimum, let maximum, minimum > maximum { fault(pointer, "\"min\" must not be above \"max\"") }
        if minimum == nil, maximum == nil { fault(pointer, "give \"min\", \"max\" or both") }
    }

    private mutating func groups(
        _ when: FileModel.When, at pointer: String, _ rule: String, _ depth: Int
    ) -> [RouteCondition] {
        var result: [RouteCondition] = []
        func parts(_ values: [JSONValue], _ name: String, _ reader: inout ConditionReader) -> [RouteCondition] {
            if values.isEmpty { reader.fault(pointer + "/\(name)", "an empty list says nothing; leave it out") }
            return values.enumerated().map { index, value in
                let inner = reader.read(value, at: pointer + "/\(name)/\(index)", topOf: rule, depth: depth + 1)
                return inner.count == 1 ? inner[0] : .all(inner)
            }
        }
        if let all = when.all { result.append(.all(parts(all, "all", &self))) }
        if let any = when.any { result.append(.any(parts(any, "any", &self))) }
        if let not = when.not {
            let before = issues.count
            let inner = read(not, at: pointer + "/not", topOf: rule, depth: depth + 1)
            if inner.isEmpty, issues.count == before {
                fault(pointer + "/not", "not of nothing never holds; say what must not hold")
            }
            result.append(.not(inner.count == 1 ? inner[0] : .all(inner)))
        }
        return result
    }
}
