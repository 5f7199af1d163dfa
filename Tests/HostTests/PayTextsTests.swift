import Foundation
import Router
import Testing

@testable import Host

/// The words of the payer's page.
@Suite struct PayTextsTests {
    private static let files = Dictionary(Resources.Texts.all) { first, _ in first }

    @Test
    func `there is a file for every language, and no other`() {
        #expect(Set(Self.files.keys) == Set(PayLanguage.allCases.map { "\($0.rawValue).json" }))
    }

    @Test(arguments: PayLanguage.allCases)
    func `every file has exactly the texts that the page uses`(_ language: PayLanguage) throws {
        let file = try #require(Self.files["\(language.rawValue).json"])
        let written = try #require(try JSONSerialization.jsonObject(with: Data(file.utf8)) as? [String: Any])
        let used = Set(Mirror(reflecting: language.texts).children.compactMap(\.label))
        #expect(used.subtracting(written.keys).isEmpty, "missing")
        #expect(Set(written.keys).subtracting(used).isEmpty, "nobody reads these")
        for (key, value) in written where key != "currencies" {
            #expect((value as? String)?.isEmpty == false, "\(key) is empty")
        }
        #expect(language.texts.currencies.values.allSatisfy { $0.contains("{amount}") })
    }

    /// A translator who loses a place loses the phone number, the code's count or the time.
    @Test(arguments: PayLanguage.allCases)
    func `places for values are the same in every language`(_ language: PayLanguage) {
        func places(_ text: String) -> [Substring] {
            text.split(separator: "{").dropFirst().map { $0.prefix { $0 != "}" } }
        }
        let english = Mirror(reflecting: PayLanguage.english.texts).children
        for (mine, other) in zip(Mirror(reflecting: language.texts).children, english) {
            guard let text = mine.value as? String, let wanted = other.value as? String else { continue }
            #expect(places(text) == places(wanted), "\(mine.label ?? "")")
        }
    }

    @Test(arguments: [
        (PayLanguage.french, 5_000, Currency.xof, "5\u{202F}000\u{A0}F\u{A0}CFA"),
        (.french, 999, .xof, "999\u{A0}F\u{A0}CFA"),
        (.french, 1_234_567, .tnd, "1\u{202F}234,567\u{A0}DT"), (.english, 7_000, .tnd, "7.000\u{A0}TND"),
        (.english, 100_005, .usd, "US$1,000.05"), (.thai, 123_450, .thb, "1,234.50\u{A0}บาท"),
        (.indonesian, 5, .usd, "US$0,05"),
        (.arabic, 7_000, .tnd, "7,000\u{A0}د.ت"),
    ])
    func `amounts are written as people do`(
        _ language: PayLanguage, _ units: Int64, _ currency: Currency, _ text: String
    ) {
        #expect(language.texts.amount(Money(units, currency)) == text)
    }

    @Test(arguments: PayLanguage.allCases)
    func `every reason has words`(_ language: PayLanguage) {
        for reason in RefusalReason.allCases { #expect(language.texts.why(code: reason.rawValue)?.isEmpty == false) }
        #expect(language.texts.why(.suspectedFraud) == language.texts.why(.declined), "a suspicion is not told")
        #expect(language.texts.why(.accountUnavailable) == language.texts.why(.declined), "nor who has an account")
    }

    @Test func `two channels of one name are told apart`() {
        let texts = PayLanguage.english.texts
        let names = texts.names([
            ("tmoney", "TMoney", .approveOnPhone), ("tmoney-online", "TMoney", .submitForm), ("novelty", nil, nil),
        ])
        #expect(names.map(\.name) == ["TMoney", "TMoney", "Novelty"])
        #expect(names.map(\.way) == ["on your phone", "on the operator’s page", nil])
    }

    @Test(arguments: [
        ("id-ID,id;q=0.9,en;q=0.8", PayLanguage.indonesian), ("ar-TN", .arabic), ("de, th;q=0.5", .thai), ("", .french),
    ])
    func `the browser chooses the language`(_ header: String, _ language: PayLanguage) {
        #expect(PayLanguage.chosen(nil, nil, acceptLanguage: header) == language)
        #expect(PayLanguage.chosen("ar", "th", acceptLanguage: header) == .arabic)
        #expect((language.direction == "rtl") == (language == .arabic))
    }
}
