import Testing

@testable import Router

/// Texts as JSON strings, wherever in them something has to be escaped.
@Suite struct JSONTextTests {
    /// RFC 8259, section 7, a character at a time.
    private func written(_ text: String) -> String {
        let characters = text.unicodeScalars.map { scalar -> String in
            switch scalar {
            case "\"": "\\\""
            case "\\": "\\\\"
            case "\n": "\\n"
            case "\r": "\\r"
            case "\t": "\\t"
            case "\u{00}"..."\u{1F}", "\u{7F}":
                "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
            default: String(scalar)
            }
        }
        return "\"" + characters.joined() + "\""
    }

    @Test
    func `every character of ASCII, at every place of short and long texts`() throws {
        for length in [1, 2, 7, 8, 9, 15, 16, 17, 31] {
            for place in 0..<length {
                for value in UInt8(0)..<0x80 {
                    let before = String(repeating: "a", count: place)
                    let behind = String(repeating: "z", count: length - place - 1)
                    let text = before + String(UnicodeScalar(value)) + behind
                    let bytes = JSONValue.string(text).serialized()
                    try #require(String(decoding: bytes, as: UTF8.self) == written(text))
                    try #require(try StrictJSON.parse(bytes) == .string(text))
                }
            }
        }
    }

    @Test(arguments: ["", "é", "ééééééééé", "日本語テキスト\"", "😀\\😀", "a\u{80}b\u{7F}", "\u{FFFD}\u{1F}"])
    func `other scripts`(_ text: String) throws {
        let bytes = JSONValue.string(text).serialized()
        #expect(String(decoding: bytes, as: UTF8.self) == written(text))
        #expect(try StrictJSON.parse(bytes) == .string(text))
        let object = JSONObjectWriter.object { $0.field("n", text) }
        #expect(String(decoding: object, as: UTF8.self) == "{\"n\":\(written(text))}")
    }
}
