import Router
import Testing

@testable import Host

@Suite("Texts from outside on a terminal")
struct VisibleTextTests {
    @Test(arguments: [
        ("Ama Kossi", "Ama Kossi"), ("é 你好 عمر", "é 你好 عمر"), ("a\u{202E}b", "a\\u{202E}b"),
        ("a\u{2066}b\u{2069}", "a\\u{2066}b\\u{2069}"), ("a\u{2028}b\u{2029}", "a\\u{2028}b\\u{2029}"),
        ("\u{1B}[2J", "\\u{001B}[2J"), ("a\nb\r", "a\\u{000A}b\\u{000D}"), ("\u{9B}31m", "\\u{009B}31m"),
        ("\u{200B}\u{FEFF}", "\\u{200B}\\u{FEFF}"), ("می\u{200C}خواهم", "می\u{200C}خواهم"),
        ("\u{E0041}", "\\u{E0041}"),
    ])
    func `what steers a terminal is spelled out, and nothing else`(text: String, shown: String) {
        #expect(VisibleText.escaped(text) == shown)
    }

    @Test
    func `an answer for people is harmless in every depth`() {
        let answer: JSONValue = ["data": [["name": "a\u{202E}b", "detail": "x\nID  forged", "amount": 5]]]
        #expect(
            VisibleText.escaped(answer) == [
                "data": [["name": "a\\u{202E}b", "detail": "x\\u{000A}ID  forged", "amount": 5]]
            ])
    }

    @Test
    func `JSON stays the same JSON`() throws {
        let value: JSONValue = ["name": "a\u{202E}b\u{E0041}\u{9B}\n", "é": ["\u{2028}"]]
        let text = Terminal.pretty(value)
        #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .format })
        #expect(text.contains("\\u202E") && text.contains("\\uDB40\\uDC41") && text.contains("\\u2028"))
        #expect(try StrictJSON.parse(Array(text.utf8)) == value)
    }
}
