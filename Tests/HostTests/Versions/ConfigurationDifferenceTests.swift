import Router
import RouterTestKit
import Testing

@testable import Host

/// What differs between two files is said by name, and no value is.
@Suite struct ConfigurationDifferenceTests {
    private static func tree(_ text: String) throws -> JSONValue { try StrictJSON.parse(Array(text.utf8)) }

    private static func difference(_ old: String, _ new: String) throws -> ConfigurationDifference {
        ConfigurationDifference(from: try tree(old), to: try tree(new))
    }

    @Test func `spelling is no difference`() throws {
        let difference = try Self.difference(
            #"{"providers": [{"id": "a", "kind": "x"}], "routing": {"rules": []}, "$schema": "one"}"#,
            #"{"routing":{"rules":[]},"providers":[{"kind":"x","id":"a"}],"$schema":"two"}"#)
        #expect(difference.isEmpty && difference.summary.isEmpty)
    }

    @Test func `providers differ by member`() throws {
        let difference = try Self.difference(
            #"{"providers": [{"id": "a", "settings": {"x": 1, "y": 2}, "secrets": {"p": "s3cr3t"}}, {"id": "b"}]}"#,
            #"{"providers": [{"id": "c"}, {"id": "a", "settings": {"x": 1, "y": 3}, "secrets": {"p": "0th3r"}, "apps": []}]}"#
        )
        #expect(difference.addedProviders == ["c"] && difference.removedProviders == ["b"])
        #expect(difference.changedProviders == [.init(name: "a", members: ["settings.y", "secrets.p", "apps"])])
        let text = ConfigurationDifference.lines(difference.json).joined(separator: "\n")
        #expect(
            text == """
                  + provider c
                  - provider b: it finishes what it began
                  ~ provider a: settings.y, secrets.p, apps
                """)
        #expect(!difference.json.jsonText.contains("s3cr3t"))
    }

    @Test func `rules differ by name, and those that moved are the fewest`() throws {
        func rule(_ name: String, _ use: Int = 1) -> String { #"{"name": "\#(name)", "use": \#(use)}"# }
        func file(_ rules: [String], _ rest: String = "") -> String {
            #"{"routing": {"rules": [\#(rules.joined(separator: ","))]\#(rest)}}"#
        }
        let difference = try Self.difference(
            file([rule("a"), rule("b"), rule("c"), rule("d")]),
            file([rule("d"), rule("a"), rule("c", 2), rule("e")], #", "max_attempts": 2"#))
        let rules = try #require(difference.rules.first)
        #expect(rules.table == "routing" && rules.added == ["e"] && rules.removed == ["b"])
        #expect(rules.moved == ["d"] && rules.changed == ["c"])
        #expect(difference.sections == ["routing.max_attempts"])
        #expect(difference.summary == "routing.rules, routing.max_attempts")
    }

    @Test func `other members are named`() throws {
        let difference = try Self.difference(
            #"{"limits": {"a": 1}, "console": {}}"#, #"{"limits": {"a": 2}, "holders": {}}"#)
        #expect(difference.sections == ["limits", "console", "holders"])
    }

    @Test func `the longest run that rises is the longest`() {
        let random = SeededRandom(7)
        for _ in 0..<300 {
            var values = Array(0..<Int(random.next() % 9))
            for place in values.indices.reversed() { values.swapAt(place, Int(random.next() % UInt64(place + 1))) }
            let run = RisingRun.longest(in: values)
            let kept = values.filter { run.contains($0) }
            #expect(kept == kept.sorted() && kept.count == Self.bruteForce(values), "\(values) \(kept)")
        }
    }

    private static func bruteForce(_ values: [Int]) -> Int {
        (0..<(1 << values.count)).map { mask -> Int in
            let chosen = values.indices.filter { mask & (1 << $0) != 0 }.map { values[$0] }
            return chosen == chosen.sorted() ? chosen.count : 0
        }.max() ?? 0
    }
}
