import Testing
import WebText

@Suite struct EncodingTests {
    /// RFC 4648, section 10.
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func `base64 by the published vectors, padded or not`(text: String, encoded: String) {
        let bytes = Array(text.utf8)
        let bare = String(encoded.prefix { $0 != "=" })
        #expect(Base64.encode(bytes) == encoded && Base64.encode(urlSafe: bytes) == bare)
        #expect(Base64.decode(encoded) == bytes && Base64.decode(bare) == bytes)
        #expect(Base64.decode(urlSafe: encoded) == bytes && Base64.decode(urlSafe: bare) == bytes)
    }

    @Test func `the two alphabets do not read each other`() {
        let bytes: [UInt8] = [0xFB, 0xFF, 0xBF]
        #expect(Base64.encode(bytes) == "+/+/" && Base64.encode(urlSafe: bytes) == "-_-_")
        #expect(Base64.decode(urlSafe: "-_-_") == bytes && Base64.decode("-_-_") == nil)
        #expect(Base64.decode(urlSafe: "Zg+/") == nil)
    }

    @Test(arguments: ["Z", "Zg=v", "Zg v", "Z g", "Zg\n", "Zm9v*", "Zm9vZ", "ü", "Zg-_"])
    func `what is no base64 is nothing`(_ text: String) { #expect(Base64.decode(text) == nil) }

    @Test func `every byte comes back`() {
        for length in 0..<70 {
            let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 * 37 + length) }
            #expect(Base64.decode(Base64.encode(bytes)) == bytes)
            #expect(Base64.decode(urlSafe: Base64.encode(urlSafe: bytes)) == bytes)
            #expect(Hex.bytes(Hex.text(bytes)) == bytes)
        }
    }

    @Test func `percent-encoding leaves the unreserved characters only`() {
        #expect(PercentText.encoded("AZaz09-._~") == "AZaz09-._~")
        #expect(PercentText.encoded("/?&=+ é%\u{0}") == "%2F%3F%26%3D%2B%20%C3%A9%25%00")
    }

    @Test func `percent-encoded text is decoded once`() {
        #expect(PercentText.decoded("a%2Fb+c%25", plusIsSpace: false) == "a/b+c%")
        #expect(PercentText.decoded("a%2fb+c%252F", plusIsSpace: true) == "a/b c%2F")
    }

    @Test(arguments: ["%", "%1", "a%zz", "%+1", "%C3", "%FF", "%C3%"])
    func `a broken escape is nothing`(_ text: String) {
        #expect(
            PercentText.decoded(text, plusIsSpace: true) == nil && PercentText.decoded(text, plusIsSpace: false) == nil)
        #expect(FormText.pairs("a=\(text)") == nil && FormText.fields("\(text)=a") == nil)
        #expect(FormText.values(of: "a", in: "a=\(text)") == [""])
    }

    @Test func `forms keep their order`() throws {
        let pairs = try #require(FormText.pairs("a=1&b=%C3%BC+x&c&d=e=f&&=g"))
        #expect(pairs.map(\.name) == ["a", "b", "c", "d", ""] && pairs.map(\.value) == ["1", "ü x", "", "e=f", "g"])
        #expect(FormText.encoded([("a b", "1&2"), ("c", "")]) == "a%20b=1%262&c=")
    }

    @Test func `a name that stands twice has no one value`() {
        #expect(FormText.fields("a=1&b=2") == ["a": "1", "b": "2"])
        #expect(FormText.fields("a=1&a=1") == nil)
        #expect(FormText.values(of: "a", in: "a=1&b=2&a=3") == ["1", "3"])
    }
}
