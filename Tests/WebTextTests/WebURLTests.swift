import Testing
import WebText

@Suite struct WebURLTests {
    @Test(
        arguments: [
            ("https://flouci.com/pay/x?y=z#w", "https", "flouci.com", nil),
            ("HTTPS://FLOUCI.com", "https", "flouci.com", nil),
            ("http://127.0.0.1:8090", "http", "127.0.0.1", 8_090), ("http://[::1]:80/x", "http", "[::1]", 80),
        ] as [(String, String, String, Int?)])
    func `plain addresses are read`(text: String, scheme: String, host: String, port: Int?) throws {
        let url = try WebURL(text)
        #expect(url.scheme == scheme && url.host == host && url.port == port && url.text == text)
        #expect(url.hasQueryOrFragment == text.contains("?") && url.hasFragment == text.contains("#"))
    }

    @Test(arguments: [
        "", "flouci.com", "//flouci.com", "https:/flouci.com", "https://", "https:///x", "https://a@flouci.com",
        "https://flouci.com:x", "https://flouci.com:", "https://flouci.com:70000", "https://flouci.com:0",
        "https://flouci.com:080", "https://[x]/", "https://[1.2.3.4]/",
        "https://[::1%25eth0]/", "https://a%2eb/", "https://a.b/\u{7F}", "https://flou ci.com",
        "https://flouci.com\\@evil", "https://flouci.com\r\n", "https://flöuci.com", "https://flouci_x.com",
        "https://[::1", "https://[::1]x", "javascript:alert(1)", "ftp://flouci.com", "https://a.b/\"",
        "https://a.b/" + String(repeating: "x", count: 2_048),
    ])
    func `anything doubtful is no address`(text: String) {
        #expect(throws: WebURL.Fault.self) { try WebURL(text) }
    }

    @Test(arguments: [
        ("http://127.0.0.1", true), ("http://127.9.9.9:1", true), ("http://[::1]", true),
        ("http://[::ffff:127.0.0.1]", false), ("http://127.1", false), ("http://localhost", false),
        ("http://127.0.0.1.evil.example", false), ("http://10.0.0.1", false),
    ])
    func `loopback is written as digits`(text: String, expected: Bool) throws {
        #expect(try WebURL(text).isLiteralLoopback == expected)
    }

    @Test(
        arguments: [
            ("", .length), ("https://a/ b", .character), ("ftp://a", .scheme), ("https://u@a/", .user),
            ("https://a%20/", .encodedHost), ("https:///x", .noHost), ("https://:80/", .noHost),
            ("https://a_b/", .host),
            ("https://[::1", .host), ("https://a:x/", .port), ("https://[::1]x/", .port),
        ] as [(String, WebURL.Fault)])
    func `the fault says which part is wrong`(_ text: String, _ fault: WebURL.Fault) {
        #expect(throws: fault) { try WebURL(text) }
    }

    @Test func `an origin is scheme, host and the written port`() throws {
        #expect(try WebURL("HTTPS://Shop.Example/a?b#c").origin == "https://shop.example")
        #expect(try WebURL("http://[::1]:80/x").origin == "http://[::1]:80")
        #expect(try WebURL("https://a.b/x").hasSameOrigin(as: WebURL("https://A.b?y")))
        #expect(try !WebURL("https://a.b/x").hasSameOrigin(as: WebURL("https://a.b:443/x")))
        #expect(try WebURL("https://a.b").rest == "" && WebURL("https://a.b?x#y").rest == "?x#y")
    }
}
