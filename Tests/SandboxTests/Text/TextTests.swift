import Testing
import WebText

@testable import Sandbox

/// The small writers and readers of text.
@Suite struct TextTests {
    @Test func `json keeps order and escapes`() {
        let value: JSONValue = [
            "b": 1, "a": [nil, true, "x\"\\\n\r\t\u{1}é€"], "empty": [:], "list": [], "minus": -5,
        ]
        #expect(
            value.string
                == #"{"b":1,"a":[null,true,"x\"\\\n\r\t\u0001é€"],"empty":{},"list":[],"minus":-5}"#)
        #expect(value.adding(["z": false]).string.hasSuffix(#""minus":-5,"z":false}"#))
        #expect(JSONValue.optional(nil) == .null)
    }

    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (951_782_400_001, "2000-02-29T00:00:00.001Z"),
            (1_700_000_000_123, "2023-11-14T22:13:20.123Z"), (4_107_542_399_999, "2100-02-28T23:59:59.999Z"),
            (4_107_542_400_000, "2100-03-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
        ] as [(Int64, String)])
    func `times`(_ milliseconds: Int64, _ text: String) {
        let plain = Timestamps.plain(milliseconds)
        #expect(plain == text.prefix(19).replacing("T", with: " "))
        #expect(Timestamps.isPlain(plain))
    }

    @Test(arguments: [
        "", "2026-01-01", "2026-01-01T00:00:00", "2026-00-01 00:00:00", "2026-01-32 00:00:00", "2026-01-01 24:00:00",
        "2026-01-01 00:60:00", "2026-1-01 000:00:00", "２026-01-01 00:00:00", "2026-02-29 00:00:00",
        "2026-01-01  00:00:00",
        "2026-01-01 00:00:00.5",
    ])
    func `wrong times`(_ text: String) { #expect(!Timestamps.isPlain(text)) }

    @Test func `parameters are added to any address`() {
        #expect(Links.adding(["p": "a b/ü~"], to: "http://h/x#f") == "http://h/x?p=a%20b%2F%C3%BC~#f")
        #expect(Links.adding(["p": "1", "q": "2"], to: "http://h/x?y=1") == "http://h/x?y=1&p=1&q=2")
    }

    @Test func `identifiers`() {
        #expect(Identifiers.token(24).count == 24)
        #expect(Set((0..<100).map { _ in Identifiers.shortUUID() }).count == 100)
        let bytes = Base64.decode(urlSafe: Identifiers.shortUUID())
        #expect(bytes?.count == 16)
        #expect(bytes.map { $0[6] >> 4 } == 4)
    }
}
