import Router
import RouterTestKit
import Testing

@Suite struct StrictJSONTests {
    private func parse(_ text: String, depth: Int = 32) throws(JSONSyntaxError) -> JSONValue {
        try StrictJSON.parse(Array(text.utf8), maximumDepth: depth)
    }

    private func failure(_ bytes: [UInt8], depth: Int = 32) -> JSONSyntaxError? {
        do {
            _ = try StrictJSON.parse(bytes, maximumDepth: depth)
            return nil
        } catch {
            return error
        }
    }

    @Test(
        arguments: [
            ("null", JSONValue.null), ("true", true), ("false", false), ("0", 0), ("-7", -7), (" \t\r\n1 \n", 1),
            ("\"\"", ""), ("[]", []), ("[ ]", []), ("{}", .object(JSONObject())),
            ("[1,[2,{}]]", [1, [2, .object(JSONObject())]]),
            ("{\"a\":1,\"b\":[true,null]}", ["a": 1, "b": [true, nil]]),
            ("{ \"\" : \"empty name\" }", ["": "empty name"]),
        ] as [(String, JSONValue)])
    func `accepts the grammar`(_ text: String, _ value: JSONValue) throws {
        #expect(try parse(text) == value)
    }

    @Test(arguments: ["1.0", "1e3", "1E+3", "-0", "-0.0", "1.25e-7", "0e0", String(repeating: "9", count: 400)])
    func `keeps the spelling of numbers`(_ spelling: String) throws {
        #expect(try parse("[\(spelling)]") == [.number(spelling)])
    }

    @Test(arguments: [
        "01", "-01", "00", "1.", ".5", "-", "+1", "1e", "1e+", "1.e3", "0x10", "1_000", "--1", "NaN", "Infinity",
    ])
    func `refuses other spellings of numbers`(_ spelling: String) throws {
        #expect(failure(Array("[\(spelling)]".utf8)) != nil)
    }

    @Test(arguments: ["01", "-", "1.", "1e+"])
    func `names bad numbers`(_ spelling: String) {
        #expect(failure(Array(spelling.utf8))?.reason == .invalidNumber)
    }

    @Test(arguments: [
        ("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\u{8}\u{C}\n\r\t"), ("\"\\u0041\"", "A"), ("\"\\u00e9\"", "\u{E9}"),
        ("\"\\uD83D\\uDE00\"", "\u{1F600}"), ("\"\\uFFFF\"", "\u{FFFF}"), ("\"a\\u0000b\"", "a\u{0}b"),
        ("\"caf\u{E9} \u{1F600}\"", "caf\u{E9} \u{1F600}"), ("\"x\\n\u{20AC}\"", "x\n\u{20AC}"),
        ("\"\\uDBFF\\uDFFF\"", "\u{10FFFF}"),
    ])
    func `reads strings`(_ text: String, _ value: String) throws {
        let parsed = try #require(try parse(text).stringValue)
        #expect(Array(parsed.utf8) == Array(value.utf8))
    }

    @Test(arguments: [
        "\"\\uD800\"", "\"\\uDC00\"", "\"\\uD800x\"", "\"\\uD800\\n\"", "\"\\uD800\\uD800\"", "\"\\uDC00\\uD800\"",
    ])
    func `refuses lone surrogates`(_ text: String) {
        #expect(failure(Array(text.utf8))?.reason == .invalidText)
    }

    @Test(
        arguments: [
            [0x80], [0xC0, 0x80], [0xC3], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF5], [0xFF],
            [0xF0, 0x80, 0x80, 0xAF], [0x5C, 0x6E, 0xFF],
        ] as [[UInt8]])
    func `refuses invalid UTF8`(_ bytes: [UInt8]) {
        #expect(failure([0x22] + bytes + [0x22])?.reason == .invalidText)
        #expect(failure([0x7B, 0x22] + bytes + [0x22, 0x3A, 0x31, 0x7D])?.reason == .invalidText)
    }

    @Test(arguments: ["\"\u{1}\"", "\"a\nb\"", "\"\\x41\"", "\"\\u12G4\"", "\"\\u+123\"", "\"\\u 123\"", "\"\\U0041\""])
    func `refuses control characters and strange escapes`(_ text: String) throws {
        try #require(failure(Array(text.utf8))?.reason.unexpected != nil, "accepted, or refused for another reason")
    }

    @Test(arguments: [
        "", "  ", "[", "[1", "[1,", "{", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "\"a", "\"\\", "\"\\u00", "tru",
        "-",
    ])
    func `refuses what ends too early`(_ text: String) {
        let reason = failure(Array(text.utf8))?.reason
        #expect(reason == .incomplete || reason == .invalidNumber)
    }

    @Test(arguments: ["1", "{\"a\":[1,2]}", " \n[]", "\"\u{FEFF}\""])
    func `one byte order mark in front is skipped`(_ text: String) throws {
        #expect(try parse("\u{FEFF}" + text) == parse(text))
        #expect(throws: JSONSyntaxError.self) { try parse("\u{FEFF}\u{FEFF}" + text) }
    }

    @Test func `a byte order mark shifts no place`() throws {
        for (text, line, column) in [("\u{FEFF}[1,x]", 1, 4), ("\u{FEFF}[\n  x]", 2, 3), ("\u{FEFF}", 1, 1)] {
            let error = try #require(failure(Array(text.utf8)))
            #expect(error.line == line && error.column == column)
        }
        #expect(StrictJSON.line(of: "/a", in: Array("\u{FEFF}{\n\"a\":1}".utf8)) == 2)
        let halves: [[UInt8]] = [[0xEF], [0xEF, 0xBB], [0xEF, 0xBB, 0x31], [0xFE, 0xFF, 0x31], [0xFF, 0xFE, 0x31]]
        for half in halves { #expect(failure(half) != nil) }
    }

    @Test(arguments: ["1 2", "{} {}", "[]]", "nullx", "1,", "\"a\"\"b\"", "{}\u{0}", "true false", "1\u{FEFF}"])
    func `refuses trailing bytes`(_ text: String) {
        #expect(failure(Array(text.utf8))?.reason == .trailingBytes)
    }

    @Test(arguments: [
        "[,1]", "{,}", "{a:1}", "{'a':1}", "{\"a\" 1}", "[1 2]", "{\"a\":1;\"b\":2}", "True",
        "nul1", "/1", "{\"a\":/ 1}", "\u{FEFF}\u{FEFF}1", " \u{FEFF}1", "[\u{FEFF}1]", "{1:2}", "[1}", "{\"a\":1]",
        "\u{A0}1", "\u{C}1",
    ])
    func `refuses everything else`(_ text: String) throws {
        try #require(failure(Array(text.utf8))?.reason.unexpected != nil, "accepted, or refused for another reason")
    }

    @Test(
        arguments: [
            ("// c\n1", 1, 1), ("/* c */1", 1, 1), ("# c\n1", 1, 1), ("{\n  // c\n\"a\":1}", 2, 3),
            ("{\"a\": /* c */ 1}", 1, 7), ("{\"a\" // c\n: 1}", 1, 6), ("{\"a\":1 // c\n}", 1, 8),
            ("[1, // c\n2]", 1, 5), ("[1 /* c */, 2]", 1, 4), ("{}\n// c", 2, 1), ("1#", 1, 2),
        ])
    func `names comments`(_ text: String, _ line: Int, _ column: Int) {
        let found = failure(Array(text.utf8))
        #expect(found?.reason == .comment)
        #expect(found?.line == line && found?.column == column)
        #expect(found.map { "\($0)".contains("a comment stands here") } == true)
    }

    @Test func `takes what looks like a comment`() throws {
        let text = "{\"//\":\"/* no comment */\",\"#\":\"# http://shop.example\"}"
        #expect(try parse(text)["#"] == "# http://shop.example")
    }

    @Test(arguments: [("[1,]", 4), ("[1, ]", 5), ("{\"a\":1,}", 8), ("{\"a\":[{},\n],}", 1)])
    func `names trailing commas`(_ text: String, _ column: Int) {
        #expect(failure(Array(text.utf8))?.reason == .trailingComma)
        #expect(failure(Array(text.utf8))?.column == column)
    }

    @Test(arguments: [
        "{\"a\":1,\"a\":2}", "{\"a\":1,\"b\":2,\"a\":1}", "{\"a\":1,\"\\u0061\":2}", "{\"\":1,\"\":1}",
    ])
    func `refuses duplicate names`(_ text: String) throws {
        try #require(failure(Array(text.utf8))?.reason.duplicateName != nil, "a duplicate name was accepted")
    }

    @Test func `allows equal names in different objects`() throws {
        #expect(try parse("[{\"a\":{\"a\":1}},{\"a\":2}]") == [["a": ["a": 1]], ["a": 2]])
    }

    @Test func `bounds the depth`() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(throws: Never.self) { try self.parse(nested(32)) }
        #expect(failure(Array(nested(33).utf8))?.reason == .tooDeep(limit: 32))
        #expect(throws: Never.self) { try self.parse(nested(1_000), depth: 1_000) }
        #expect(failure(Array(nested(1_001).utf8), depth: 1_000)?.reason == .tooDeep(limit: 1_000))
        // A hostile document of a megabyte of brackets is refused at once, not walked.
        #expect(failure(Array(repeating: 0x5B, count: 1_000_000))?.offset == 32)
    }

    @Test func `depth counts nesting not siblings`() throws {
        let siblings = "[" + Array(repeating: "[{}]", count: 200).joined(separator: ",") + "]"
        #expect(throws: Never.self) { try self.parse(siblings, depth: 3) }
        #expect(failure(Array(siblings.utf8), depth: 2)?.reason == .tooDeep(limit: 2))
    }

    @Test(arguments: [
        ("{\n  \"a\": 1,\n  \"a\": 2\n}", 14, 3, 3), ("[1,\n2,\n  x]", 9, 3, 3), ("x", 0, 1, 1), ("{}\n\n y", 5, 3, 2),
        ("[\"\u{E9}\", ?]", 7, 1, 8), ("\n\n01", 2, 3, 1),
    ])
    func `says where`(_ text: String, offset: Int, line: Int, column: Int) throws {
        let error = try #require(failure(Array(text.utf8)))
        #expect([error.offset, error.line, error.column] == [offset, line, column])
        #expect(error.description.hasPrefix("line \(line), column \(column): "))
    }

    @Test(arguments: [
        ("", 1), ("/a", 2), ("/b", 3), ("/b/0", 4), ("/b/1/c", 5), ("/x~1y", 7), ("/x~0y", 8),
    ])
    func `finds the line of a pointer`(_ pointer: String, line: Int) {
        let text = """
            {
              "a": 1,
              "b": [
                1,
                { "c": null }
              ],
              "x/y": 1,
              "x~y": 2
            }
            """
        #expect(StrictJSON.line(of: pointer, in: Array(text.utf8)) == line)
    }

    @Test(arguments: ["/c", "/b/2", "/b/0/c", "a", "/a/0"])
    func `finds no line of nothing`(_ pointer: String) {
        #expect(StrictJSON.line(of: pointer, in: Array("{\"a\":1,\"b\":[1,2]}".utf8)) == nil)
    }
}
