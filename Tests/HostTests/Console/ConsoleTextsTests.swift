import Foundation
import Router
import Testing

@testable import Host

/// The words of the console.
@Suite("The console's texts") struct ConsoleTextsTests {
    private static let files = Dictionary(Resources.Console.Texts.all) { first, _ in first }

    @Test(arguments: ConsoleTexts.languages)
    func `every file has the names of the English one, none of them empty or twice`(_ language: PayLanguage) throws {
        let file = try #require(Self.files["\(language.rawValue).json"])
        // The strict reader refuses a name that stands twice.
        let written = try #require(try StrictJSON.parse(Array(file.utf8)).objectValue)
        #expect(Set(written.members.map(\.name)) == Set(ConsoleTexts.english.words.keys))
        for member in written.members {
            #expect(member.value.stringValue.map { !$0.trimmed.isEmpty && $0.trimmed == $0 } == true, "\(member.name)")
        }
    }

    @Test func `there is a file for every language, and no other`() {
        #expect(Set(Self.files.keys) == Set(ConsoleTexts.languages.map { "\($0.rawValue).json" }))
    }

    @Test(arguments: ConsoleTexts.languages)
    func `places to fill in are the same in every language`(_ language: PayLanguage) {
        func places(_ text: String) -> [String] {
            text.matches(of: /\{([^{}]*)\}/).map { String($0.1) }.sorted()
        }
        for (name, text) in ConsoleTexts.of(language).words {
            #expect(places(text) == places(ConsoleTexts.english[name]), "\(name)")
        }
    }

    @Test func `closed lists have a word for each value`() {
        func expect(_ list: String, _ values: [String]) {
            for value in values { #expect(ConsoleTexts.english.words["\(list).\(value)"] != nil, "\(list).\(value)") }
        }
        expect("role", AccountRole.allCases.map(\.rawValue) + AppKey.Role.allCases.map(\.rawValue))
        expect("roleHint", AccountRole.allCases.map(\.rawValue))
        expect("action", AuditAction.allCases.map(\.rawValue))
        expect("subject", AuditEntry.Subject.Kind.allCases.map(\.rawValue))
        expect("account", Account.State.allCases.map(\.rawValue))
        expect("environment", PayEnvironment.allCases.map(\.rawValue))
        expect("refused", RefusedKeys.Reason.allCases.map(\.rawValue))
        expect("orderKind", OrderKind.allCases.map(\.rawValue))
        expect("status", OrderStatus.allCases.map(\.rawValue))
        expect("certainty", Certainty.allCases.map(\.rawValue))
        expect("begunBy", Initiator.Kind.allCases.map(\.rawValue))
        expect("review", Review.Reason.allCases.map(\.rawValue))
        for list in ["untouched", "unmoved", "moved"] { expect("money.\(list)", OrderKind.allCases.map(\.rawValue)) }
        for list in ["between", "betweenUnknown"] { expect("money.\(list)", TransferRole.allCases.map(\.rawValue)) }
        expect("money.recorded", OrderOutcome.allCases.map(\.rawValue))
        expect("money.act", CustomerAction.Kind.allCases.map(\.rawValue))
        expect("money.why", Review.Reason.allCases.map(\.rawValue))
        expect("health", HealthState.allCases.map(\.rawValue))
        expect("delivery", Delivery.State.allCases.map(\.rawValue))
        expect("attempt", AttemptState.allCases.map(\.rawValue))
        expect("recorded", AttemptState.allCases.map(\.rawValue))
        expect("source", Evidence.Source.allCases.map(\.rawValue))
        expect("strength", Evidence.Strength.allCases.map(\.rawValue))
        expect("claim", Claim.Name.allCases.map(\.rawValue))
        expect("discrepancy", DiscrepancyKind.allCases.map(\.rawValue))
        expect("notice", OperatorNotice.Kind.allCases.map(\.rawValue))
        expect("posting", PostingTemplate.allCases.map(\.rawValue))
        expect("figure", SnapshotFigures.Figure.allCases.map(\.rawValue))
        expect("grade", ProviderTest.Grade.allCases.map(\.rawValue))
        expect("overlap", KeyOverlap.seconds.map { String($0) })
    }

    /// A name without a text is shown as it is.
    @Test func `every name that is used has a text, and every text is used`() throws {
        let words = ConsoleTexts.english.words
        var used = Set(ConsoleMenu.items.map(\.text))
        for (_, text) in Resources.Console.all {
            used.formUnion(text.matches(of: /texts\.([A-Za-z]+)/).map { String($0.1) })
        }
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Sources/Host/Console")
        for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path) where name.hasSuffix(".swift") {
            let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
            for match in text.matches(of: /texts(?:\[|\.filled\(\s*)([^\]]*?)[\],]/) {
                used.formUnion(match.1.matches(of: /"([A-Za-z]+)"/).map { String($0.1) })
            }
        }
        // Chosen by a value: of a line of the trail, of a form that moves money, of a filter.
        used.formUnion(["before", "after", "refund", "capture", "void", "kind", "status"])
        #expect(used.filter { words[$0] == nil }.sorted() == [])
        #expect(words.keys.filter { !$0.contains(".") && !used.contains($0) }.sorted() == [])
    }

    @Test func `the first language that can be shown is chosen`() {
        #expect(ConsoleTexts.chosen("fr", "en", acceptLanguage: nil) == .french)
        #expect(ConsoleTexts.chosen("th", "fr", acceptLanguage: nil) == .french)
        #expect(ConsoleTexts.chosen(nil, nil, acceptLanguage: "th-TH, fr;q=0.5, en") == .french)
        #expect(ConsoleTexts.chosen("<b>", nil, acceptLanguage: "xx") == .english)
    }
}
