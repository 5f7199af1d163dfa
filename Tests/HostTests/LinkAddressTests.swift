import Testing

@testable import Host

/// Links lead somewhere.
@Suite("Addresses in links") struct LinkAddressTests {
    @Test(arguments: [
        ("127.0.0.1", "http://127.0.0.1:80"), ("::1", "http://[::1]:80"), ("[::1]", "http://[::1]:80"),
        ("localhost", "http://localhost:80"), ("2001:db8::7", "http://[2001:db8::7]:80"),
        ("fe80::1%eth0", "http://[fe80::1%25eth0]:80"), ("0.0.0.0", "http://127.0.0.1:80"),
        ("::", "http://[::1]:80"),
        ("[::]", "http://[::1]:80"), ("0:0:0:0:0:0:0:0", "http://[::1]:80"), ("::0", "http://[::1]:80"),
        ("::ffff:0.0.0.0", "http://127.0.0.1:80"), ("0", "http://127.0.0.1:80"), ("0.0", "http://127.0.0.1:80"),
        ("0x0", "http://127.0.0.1:80"), ("10.0.0.0", "http://10.0.0.0:80"), ("x.example", "http://x.example:80"),
    ])
    func `IPv6 has brackets, and every address is linked to by the loopback one`(_ host: String, _ url: String) {
        #expect(LinkAddress.url(host: host, port: 80) == url)
        #expect(ServeCommand.ready(host: host, port: 80, sandboxURL: nil).hasPrefix("payrouter is ready at \(url)"))
        #expect(ServeCommand.ready(host: host, port: 80, sandboxURL: "http://x").contains("\(url)/v1/payments"))
    }

    @Test(arguments: ["0.0.0.0", "::", "127.0.0.1", "::1"])
    func `whoever listens at every address is told what links lead to`(_ host: String) {
        let text = ServeCommand.ready(host: host, port: 80, sandboxURL: nil)
        #expect(text.contains("--public-url") == ["0.0.0.0", "::"].contains(host))
        #expect(!text.contains("0.0.0.0") && !text.contains("[::]"))
    }

    @Test(arguments: [
        ("https://pay.example", "https://pay.example"), ("https://pay.example/", "https://pay.example"),
        ("https://x.example:8443/pay", "https://x.example:8443/pay"), ("http://[::1]:8080", "http://[::1]:8080"),
        ("http://192.168.1.5:8080", "http://192.168.1.5:8080"),
        ("https://pay.0.0.0.0.example", "https://pay.0.0.0.0.example"),
    ])
    func `an address from outside`(_ text: String, _ url: String) throws {
        #expect(try LinkAddress.outside(text) == url)
    }

    @Test(arguments: [
        "https://pay.example", "https://pay.example/", "https://pay.example:8443", "HTTPS://pay.example",
        "https://[2001:db8::7]:8443", "https://10.1.2.3",
    ])
    func `production takes an https origin, with a slash at its end or without`(_ text: String) throws {
        try LinkAddress.checkProduction(text)
    }

    @Test(arguments: [
        ("http://pay.example", "https"), ("http://127.0.0.1:8080", "https"),
        ("https://pay.example/pay", "has a path (/pay)"),
        ("https://pay.example:8443/a/b", "write https://pay.example:8443"),
        ("https://pay.example//", "has a path (/)"),
        ("https://pay.example?x=1", "has a ? or #"), ("https://pay.example/#a", "has a ? or #"),
        ("https://user@pay.example", "is no address"), ("https://user:pw@pay.example", "is no address"),
        ("https://", "is no address"), ("wss://pay.example", "is no address"), ("pay.example", "is no address"),
        ("https://0.0.0.0", "leads nowhere"), ("https://[::]", "leads nowhere"), ("", "is no address"),
    ])
    func `and nothing else, saying what would be right`(_ text: String, _ hint: String) {
        let fault = #expect(throws: StartFailure.self) { try LinkAddress.checkProduction(text) }
        let words = fault.map { "\($0)" } ?? ""
        #expect(words.hasPrefix("--public-url") && words.contains(hint), "\(words)")
    }

    @Test(arguments: [nil, "http://127.0.0.1:8090"])
    func `the ready line names the address of those who run the router`(_ sandbox: String?) {
        let text = ServeCommand.ready(
            host: "127.0.0.1", port: 80, adminURL: "http://127.0.0.1:9999", sandboxURL: sandbox)
        #expect(text.contains("http://127.0.0.1:9999/metrics") && text.contains("/console"))
    }

    @Test(arguments: [
        "", "pay.example", "https://", "ftp://pay.example", "https://pay.example?x=1", "https://pay.example/#a",
        "https://user@pay.example", "https://pay.example/a b", "http://0.0.0.0:8080", "http://[::]:8080",
        "http://0.0.0.0",
        "http://[::]", "http://0:80", "https://pay.example/\u{E9}",
    ])
    func `one that nobody could follow is refused`(_ text: String) {
        let fault = #expect(throws: StartFailure.self) { try LinkAddress.outside(text) }
        #expect(fault.map { "\($0)".hasPrefix("--public-url") } == true)
    }
}
