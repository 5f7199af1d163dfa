import Router
import RouterTestKit
import Testing

@Suite struct JSONValueTests {
    /// A random document; deterministic for a seed.
    private func document(_ random: inout Seeded, depth: Int = 0) -> JSONValue {
        let texts = [
            "", "a", "line\nbreak", "quote\"\\", "caf\u{E9}", "\u{1F600}", "\u{7F}\u{1}", "</script>", "\u{2028}",
        ]
        switch Int.random(in: 0...(depth > 3 ? 3 : 5), using: &random) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &random))
        case 2: return .number(["0", "-1", "1.50", "1e3", "9223372036854775807"].randomElement(using: &random) ?? "0")
        case 3: return .string(texts.randomElement(using: &random) ?? "")
        case 4:
            return .array((0..<Int.random(in: 0...4, using: &random)).map { _ in document(&random, depth: depth + 1) })
        default:
            let count = Int.random(in: 0...4, using: &random)
            let members = (0..<count).map {
                JSONObject.Member("\(texts[$0])\($0)", document(&random, depth: depth + 1))
            }
            return .object(JSONObject(members.shuffled(using: &random)))
        }
    }

    @Test(arguments: 1...200 as ClosedRange<UInt64>)
    func `what is written reads back equal`(seed: UInt64) throws {
        var random = Seeded(seed)
        let value = document(&random)
        #expect(try StrictJSON.parse(value.serialized()) == value)
        let canonical = value.canonical()
        #expect(try StrictJSON.parse(canonical).canonical() == canonical)
    }

    @Test func `canonical form sorts names at every depth and keeps arrays`() {
        let left: JSONValue = ["b": 1, "a": ["z": [3, 1, 2], "y": nil], "B": true]
        let right: JSONValue = ["B": true, "a": ["y": nil, "z": [3, 1, 2]], "b": 1]
        #expect(left.canonical() == right.canonical())
        #expect(String(decoding: left.canonical(), as: UTF8.self) == #"{"B":true,"a":{"y":null,"z":[3,1,2]},"b":1}"#)
        #expect(left.serialized() != right.serialized())
    }

    @Test(arguments: [
        ("plain", #""plain""#), ("\"\\/", #""\"\\/""#), ("\n\r\t", #""\n\r\t""#),
        ("\u{0}\u{1F}\u{7F}", #""\u0000\u001f\u007f""#),
        ("\u{E9}\u{1F600}", "\"\u{E9}\u{1F600}\""),
    ])
    func `escapes what must be escaped`(_ text: String, _ written: String) {
        #expect(JSONValue.string(text).jsonText == written)
    }

    @Test(
        arguments: [
            ("0", 0), ("-1", -1), ("9223372036854775807", Int64.max), ("-9223372036854775808", Int64.min), ("1.0", nil),
            ("1e3", nil), ("-0", nil), ("9223372036854775808", nil), ("-9223372036854775809", nil), ("1E2", nil),
        ] as [(String, Int64?)])
    func `integers are digits only`(_ spelling: String, _ value: Int64?) {
        #expect(JSONValue.number(spelling).integerValue == value)
    }

    @Test func `only numbers are integers`() {
        #expect(JSONValue.string("1").integerValue == nil)
        #expect(JSONValue.bool(true).integerValue == nil)
        #expect(JSONValue.null.integerValue == nil)
    }

    @Test(
        arguments: [
            (JSONValue.string("2000"), "2000"), (.number("2000"), "2000"), (.bool(true), "true"),
            (.bool(false), "false"),
            (.null, nil), ([], nil), (.object(JSONObject()), nil),
        ] as [(JSONValue, String?)])
    func `scalars have one text`(_ value: JSONValue, _ text: String?) {
        #expect(value.scalarText == text)
    }

    @Test func `members are read replaced added and removed`() {
        var object = JSONObject([.init("a", 1), .init("b", 2)])
        object["a"] = 3
        object["c"] = 4
        object["b"] = nil
        object["absent"] = nil
        #expect(object.members.map(\.name) == ["a", "c"])
        #expect(object["a"] == 3)
        #expect(object["b"] == nil)
    }

    @Test func `of equal names the last stays`() {
        let object = JSONObject([.init("a", 1), .init("b", 2), .init("a", 3)])
        #expect(object["a"] == 3)
        #expect(object.members.count == 2)
        #expect(throws: Never.self) { try StrictJSON.parse(JSONValue.object(object).serialized()) }
    }

    @Test func `accessors answer only for their type`() {
        let value: JSONValue = ["s": "x", "b": true, "a": [1], "o": ["k": 1], "n": nil]
        #expect(value["s"]?.stringValue == "x")
        #expect(value["b"]?.boolValue == true)
        #expect(value["a"]?.arrayValue == [1])
        #expect(value["o"]?.objectValue?["k"] == 1)
        #expect(value["o"]?["k"] == 1)
        #expect(value["s"]?.boolValue == nil)
        #expect(value["b"]?.stringValue == nil)
        #expect(value["o"]?.arrayValue == nil)
        #expect(value["a"]?.objectValue == nil)
        #expect(value["a"]?["k"] == nil)
        #expect(value["missing"] == nil)
    }

    @Test func `nulls can be left out`() {
        let value: JSONValue = ["a": nil, "b": 1, "c": ["d": nil]]
        #expect(value.withoutNulls == ["b": 1, "c": ["d": nil]])
        #expect(JSONValue.null.withoutNulls == .null)
    }

    @Test func `optional texts become null`() {
        #expect(JSONValue(nil as String?) == .null)
        #expect(JSONValue("x" as String?) == "x")
        #expect(JSONValue(Int64.min) == .number("-9223372036854775808"))
    }
}
