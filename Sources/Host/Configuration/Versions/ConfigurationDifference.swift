import Router

/// What one configuration says otherwise than another: providers by member, rules by name, whatever else by section.
///
/// Never holds a value: what a secret was and is stays where it stands.
struct ConfigurationDifference: Sendable, Hashable {
    /// A provider or a table of rules, and which of its members are not the same.
    struct Change: Sendable, Hashable {
        var name: String
        var members: [String]
    }

    /// A table of rules.
    struct Rules: Sendable, Hashable {
        var table: String
        var added: [String] = []
        var removed: [String] = []
        /// Not in the same place among those that both have.
        var moved: [String] = []
        var changed: [String] = []

        var isEmpty: Bool { added.isEmpty && removed.isEmpty && moved.isEmpty && changed.isEmpty }
    }

    var addedProviders: [String] = []
    var removedProviders: [String] = []
    var changedProviders: [Change] = []
    var rules: [Rules] = []
    /// Other members of the file; one of a table of rules is named with it.
    var sections: [String] = []

    var isEmpty: Bool {
        addedProviders.isEmpty && removedProviders.isEmpty && changedProviders.isEmpty && rules.isEmpty
            && sections.isEmpty
    }

    private static let providers = "providers"
    private static let rulesMember = "rules"
    /// Members that editors read, and nobody else.
    private static let unread: Set<String> = ["$schema"]

    /// Compares two files.
    init(from old: JSONValue, to new: JSONValue) {
        compareProviders(Self.named(old[Self.providers], by: "id"), Self.named(new[Self.providers], by: "id"))
        for name in Self.members(old, new) where name != Self.providers && !Self.unread.contains(name) {
            let (before, after) = (old[name] ?? .null, new[name] ?? .null)
            guard !Self.isSame(before, after) else { continue }
            guard before[Self.rulesMember]?.arrayValue != nil || after[Self.rulesMember]?.arrayValue != nil else {
                sections.append(name)
                continue
            }
            let found = Self.rules(name, before[Self.rulesMember], after[Self.rulesMember])
            if !found.isEmpty { rules.append(found) }
            for member in Self.members(before, after) where member != Self.rulesMember {
                if !Self.isSame(before[member], after[member]) { sections.append("\(name).\(member)") }
            }
        }
    }

    private mutating func compareProviders(_ old: [(String, JSONValue)], _ new: [(String, JSONValue)]) {
        let before = Dictionary(old, uniquingKeysWith: { first, _ in first })
        let names = Set(new.map(\.0))
        removedProviders = old.map(\.0).filter { !names.contains($0) }
        for (name, value) in new {
            guard let known = before[name] else {
                addedProviders.append(name)
                continue
            }
            let members = Self.changed(known, value, deeper: true)
            if !members.isEmpty { changedProviders.append(Change(name: name, members: members)) }
        }
    }

    /// The members that differ; those of objects with their own, one level deep.
    private static func changed(_ old: JSONValue, _ new: JSONValue, deeper: Bool) -> [String] {
        members(old, new).flatMap { name -> [String] in
            let (before, after) = (old[name], new[name])
            guard !isSame(before, after) else { return [] }
            guard deeper, let before, let after, before.objectValue != nil, after.objectValue != nil else {
                return [name]
            }
            return changed(before, after, deeper: false).map { "\(name).\($0)" }
        }
    }

    private static func rules(_ table: String, _ old: JSONValue?, _ new: JSONValue?) -> Rules {
        let (before, after) = (named(old, by: "name"), named(new, by: "name"))
        let places = Dictionary(before.enumerated().map { ($1.0, $0) }, uniquingKeysWith: { first, _ in first })
        let names = Set(after.map(\.0))
        var rules = Rules(table: table)
        rules.removed = before.map(\.0).filter { !names.contains($0) }
        rules.added = after.map(\.0).filter { places[$0] == nil }
        let common = after.filter { places[$0.0] != nil }
        rules.changed = common.filter { name, value in
            places[name].map { !isSame(before[$0].1, value) } ?? false
        }.map(\.0)
        let kept = RisingRun.longest(in: common.compactMap { places[$0.0] })
        rules.moved = common.filter { name, _ in places[name].map { !kept.contains($0) } ?? false }.map(\.0)
        return rules
    }

    /// A list's elements by their name; those without one count by their place.
    private static func named(_ list: JSONValue?, by member: String) -> [(String, JSONValue)] {
        (list?.arrayValue ?? []).enumerated().map { place, value in
            (value[member]?.stringValue ?? "no. \(place + 1)", value)
        }
    }

    private static func members(_ old: JSONValue, _ new: JSONValue) -> [String] {
        let before = old.objectValue?.members.map(\.name) ?? []
        let known = Set(before)
        return before + (new.objectValue?.members.map(\.name) ?? []).filter { !known.contains($0) }
    }

    private static func isSame(_ old: JSONValue?, _ new: JSONValue?) -> Bool {
        (old ?? .null).canonical() == (new ?? .null).canonical()
    }
}

/// The most of a list that can stay where it is while the rest moves.
enum RisingRun {
    /// The values of a longest run that rises; the values are distinct.
    static func longest(in values: [Int]) -> Set<Int> {
        // For each length of a run the place of its smallest end, and for each place the one before it in its run.
        var ends: [Int] = []
        var before: [Int?] = []
        for (place, value) in values.enumerated() {
            var (low, high) = (0, ends.count)
            while low < high {
                let middle = (low + high) / 2
                if values[ends[middle]] < value { low = middle + 1 } else { high = middle }
            }
            before.append(low > 0 ? ends[low - 1] : nil)
            if low == ends.count { ends.append(place) } else { ends[low] = place }
        }
        var run: Set<Int> = []
        var place = ends.last
        while let here = place {
            run.insert(values[here])
            place = before[here]
        }
        return run
    }
}
