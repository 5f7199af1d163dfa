import ArgumentParser
import Foundation
import Router
import Testing
import WebText

@testable import Host

/// `docs/routing.md` is true: every condition is described with an example that does what is said of it.
@Suite("docs/routing.md")
struct RoutingDocumentTests {
    private struct Chapter {
        var name: String
        var condition: String
        var holds: [String]
        var fails: [String]
    }

    private static func chapters() throws -> [Chapter] {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "docs/routing.md"), encoding: .utf8)
        let conditions = try #require(text.components(separatedBy: "\n## ").first { $0.hasPrefix("Conditions") })
        return try conditions.components(separatedBy: "\n### `").dropFirst().map { part in
            let blocks = part.components(separatedBy: "```")
            let commands = try #require(blocks.count == 5 ? blocks[3] : nil, "\(part.prefix(20)): JSON, then commands")
            let halves = commands.components(separatedBy: "# does not hold\n")
            func questions(_ text: String) -> [String] {
                text.split(separator: "\n").map(String.init).filter { $0.hasPrefix("payrouter explain ") }
            }
            return Chapter(
                name: String(part.prefix { $0 != "`" }), condition: String(blocks[1].dropFirst("json\n".count)),
                holds: questions(halves[0]), fails: questions(try #require(halves.count == 2 ? halves[1] : nil)))
        }
    }

    /// The words of a command; single quotes keep words together.
    private static func facts(_ command: String) throws -> RouteFacts {
        var words: [String] = []
        for (index, part) in command.components(separatedBy: "'").enumerated() {
            words += index % 2 == 1 ? [part] : part.split(separator: " ").map(String.init)
        }
        return try RouteQuestionOptions.parse(Array(words.dropFirst(2))).facts(.sandbox)
    }

    @Test func `every condition has an example that holds as it says`() throws {
        let chapters = try Self.chapters()
        #expect(Set(chapters.map(\.name)) == Set(FileModel.When.CodingKeys.allCases.map(\.rawValue)))
        for chapter in chapters {
            var reader = ConditionReader(
                holidays: ["togo": HolidayList("togo", [.init(daysSinceEpoch: 20_570)])],
                zones: { TimeZoneFiles.system.zone($0) })
            let conditions = reader.read(
                try StrictJSON.parse(Array(chapter.condition.utf8)), at: "", topOf: chapter.name)
            #expect(reader.issues.isEmpty && !conditions.isEmpty, "\(chapter.name): \(reader.issues)")
            #expect(!chapter.holds.isEmpty && !chapter.fails.isEmpty, "\(chapter.name)")
            for question in chapter.holds {
                #expect(RouteCondition.all(conditions).holds(for: try Self.facts(question)), "\(question)")
            }
            for question in chapter.fails {
                #expect(!RouteCondition.all(conditions).holds(for: try Self.facts(question)), "\(question)")
            }
        }
    }
}
