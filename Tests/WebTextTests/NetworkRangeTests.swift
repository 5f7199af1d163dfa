import Testing
import WebText

/// Addresses and networks as settings and headers write them.
@Suite struct NetworkRangeTests {
    @Test(arguments: [
        ("127.0.0.1", "127.0.0.1", "127.0.0.0/24"), ("203.0.113.77", "203.0.113.77", "203.0.113.0/24"),
        ("2001:DB8:0:0::1", "2001:db8::1", "2001:db8::/48"), ("[::1]", "::1", "::/48"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"),
        ("::ffff:203.0.113.77", "::ffff:203.0.113.77", "203.0.113.0/24"),
    ])
    func `one spelling each`(_ text: String, _ usual: String, _ shortened: String) throws {
        let address = try #require(NetworkAddress(text))
        #expect("\(address)" == usual)
        #expect(address.shortened == shortened)
    }

    @Test(arguments: [
        "", " 1.2.3.4", "1.2.3.4 ", "1.2.3.4\u{0}", "1.2.3.4\u{0}5", "01.2.3.4", "1.2.3", "1.2.3.4.5", "256.1.1.1",
        "[1.2.3.4]", "[::1", "::1]", "[]", "fe80::1%eth0", "::1:80x", "localhost", "unknown", "1.2.3.4:80", "١.٢.٣.٤",
    ])
    func `no address`(_ text: String) { #expect(NetworkAddress(text) == nil) }

    @Test func `ipv4 mapped into i pv6 is the same peer`() throws {
        let plain = try #require(NetworkAddress("10.1.2.3"))
        for text in ["::ffff:10.1.2.3", "::FFFF:a01:203", "0:0:0:0:0:ffff:10.1.2.3"] {
            #expect(try #require(NetworkAddress(text)).unmapped == plain, "\(text)")
        }
        for text in ["::10.1.2.3", "64:ff9b::10.1.2.3", "::ffff:0:10.1.2.3", "10.1.2.4"] {
            #expect(try #require(NetworkAddress(text)).unmapped != plain, "\(text)")
        }
    }

    @Test(arguments: [
        ("10.0.0.2", "10.0.0.2"), ("10.0.0.0/8", "10.0.0.0/8"), ("10.0.0.2/32", "10.0.0.2"), ("0.0.0.0/0", "0.0.0.0/0"),
        ("2001:DB8::/32", "2001:db8::/32"), ("::1/128", "::1"), ("::ffff:10.0.0.0/104", "10.0.0.0/8"),
        ("::ffff:10.0.0.2", "10.0.0.2"),
    ])
    func `networks`(_ text: String, _ usual: String) throws { #expect("\(try #require(NetworkRange(text)))" == usual) }

    @Test(arguments: [
        "", "/8", "10.0.0.0/", "10.0.0.1/8", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/08", "10.0.0.0/8/8",
        "10.0.0.0 /8", "2001:db8::1/32", "::/129", "proxy.example", "10.0.0.0/255.0.0.0",
    ])
    func `no network`(_ text: String) { #expect(NetworkRange(text) == nil) }

    @Test(arguments: [
        ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.0", false), ("10.0.0.0/8", "::ffff:10.9.9.9", true),
        ("10.0.0.2", "10.0.0.2", true), ("10.0.0.2", "10.0.0.3", false), ("::/1", "10.0.0.2", false),
        ("2001:db8::/32", "2001:db8:ffff::1", true), ("2001:db8::/32", "2001:db9::1", false),
        ("2001:db8::/65", "2001:db8::7fff:0:0:1", true), ("2001:db8::/65", "2001:db8::8000:0:0:1", false),
        ("0.0.0.0/0", "203.0.113.1", true), ("0.0.0.0/0", "::1", false), ("127.0.0.0/8", "::1", false),
    ])
    func `members`(_ range: String, _ address: String, _ isIn: Bool) throws {
        #expect(try #require(NetworkRange(range)).contains(try #require(NetworkAddress(address))) == isIn)
    }

    @Test(arguments: [
        ("10.0.0.0/8", "10.1.0.0/16", true), ("10.0.0.2", "10.0.0.2", true), ("10.0.0.2", "10.0.0.0/30", true),
        ("10.0.0.0/8", "11.0.0.0/8", false), ("10.0.0.0/8", "::ffff:10.0.0.2", true), ("::/8", "10.0.0.0/8", false),
        ("10.0.0.2", "10.0.0.3", false),
    ])
    func `overlaps`(_ left: String, _ right: String, _ overlap: Bool) throws {
        let (left, right) = (try #require(NetworkRange(left)), try #require(NetworkRange(right)))
        #expect(left.overlaps(right) == overlap)
        #expect(right.overlaps(left) == overlap)
    }
}
