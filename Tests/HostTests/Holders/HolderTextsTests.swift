import Foundation
import Router
import Testing

@testable import Host

/// The words of holders' pages and messages.
@Suite("Holders' texts") struct HolderTextsTests {
    private static let files = Dictionary(Resources.Holders.Texts.all) { first, _ in first }

    @Test func `there is a file for every language, and no other`() {
        #expect(Set(Self.files.keys) == Set(PayLanguage.allCases.map { "\($0.rawValue).json" }))
    }

    @Test(arguments: PayLanguage.allCases)
    func `every file has the names of the English one, none of them empty or twice`(_ language: PayLanguage) throws {
        let file = try #require(Self.files["\(language.rawValue).json"])
        // The strict reader refuses a name that stands twice.
        let written = try #require(try StrictJSON.parse(Array(file.utf8)).objectValue)
        let english = HolderTexts.english.words
        #expect(Set(written.members.map(\.name)) == Set(english.keys))
        for member in written.members {
            #expect(member.value.stringValue.map { !$0.trimmed.isEmpty && $0.trimmed == $0 } == true, "\(member.name)")
        }
        #expect(HolderTexts.of(language).words.count == english.count)
    }

    /// A translator who loses a place loses the code, the amount or the link; in a message that is everything.
    @Test(arguments: PayLanguage.allCases)
    func `places to fill in are the same in every language`(_ language: PayLanguage) {
        func places(_ text: String) -> [String] {
            text.matches(of: /\{([^{}]*)\}/).map { String($0.1) }.sorted()
        }
        for (name, text) in HolderTexts.of(language).words {
            #expect(places(text) == places(HolderTexts.english[name]), "\(name)")
            #expect(text.count { $0 == "{" } == places(text).count && text.count { $0 == "}" } == places(text).count)
        }
    }

    /// A name without a text is shown as it is.
    @Test func `every name that is used has a text`() throws {
        let words = HolderTexts.english.words
        var used = Set(HolderPages.Flow.allCases.map(\.title))
        used.formUnion(HistoryCategory.allCases.map { HolderPages.textName($0) })
        for (name, text) in Resources.Holders.all {
            let names = text.matches(of: /texts\.([A-Za-z]+)/).map { String($0.1) }
            #expect(names.allSatisfy { words[$0] != nil }, "\(name): \(names)")
        }
        for text in try Self.sources() {
            // What stands in `texts[...]`, in `filled(...)` up to its values, and behind `HolderTexts.of(...)`.
            let places =
                text.matches(of: /texts\[([^\]]*)\]/).map(\.1) + text.matches(of: /\.filled\(([^,]*),/).map(\.1)
                + text.matches(of: /HolderTexts\.of\([a-z]+\)\[([^\]]*)\]/).map(\.1)
            for place in places { used.formUnion(Self.literals(place)) }
            // Names that are chosen before they are looked up.
            used.formUnion(Self.literals(text[...]).filter { $0.contains(/^(message|what|error|bill)[A-Z]/) })
        }
        let missing = used.subtracting(words.keys)
        #expect(missing.isEmpty, "\(missing.sorted())")
        #expect(used.count > 100)
    }

    private static func literals(_ text: Substring) -> [String] {
        text.matches(of: /"([a-z]+[A-Za-z]*)"/).map { String($0.1) }
    }

    /// What the files say that use these texts.
    private static func sources() throws -> [String] {
        let root =
            URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().path + "/Sources/Host/"
        return try ["Holders", "Bills", "Pay"].flatMap { folder in
            let names = FileManager.default.enumerator(atPath: root + folder)?.compactMap { $0 as? String } ?? []
            return try names.filter { $0.hasSuffix(".swift") }.map {
                try String(contentsOfFile: root + folder + "/" + $0, encoding: .utf8)
            }.filter { $0.contains("HolderTexts") || folder == "Holders" }
        }
    }

    @Test func `would be found out by one slip of the pen`() {
        let slip = "page.error = visit.texts[isOld ? \"errorCodeOld\" : \"errorCodeOdl\"]"
        let names = slip.matches(of: /texts\[([^\]]*)\]/).flatMap { Self.literals($0.1) }
        #expect(names == ["errorCodeOld", "errorCodeOdl"])
        #expect(HolderTexts.english.words["errorCodeOld"] != nil && HolderTexts.english.words["errorCodeOdl"] == nil)
    }
}
