import RawServer
import Router
import Testing
import WebText

@testable import CurlTransport

/// Which addresses count as public, and that no spelling of another one gets through.
@Suite("Addresses", .tags(.realTime))
struct AddressTableTests {
    static let publicOnes = [
        "1.0.0.1", "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "41.207.188.1", "100.63.255.255", "100.128.0.0",
        "126.255.255.255", "128.0.0.1", "168.63.129.15", "168.63.129.17", "169.253.255.255", "169.255.0.0",
        "172.15.255.255",
        "172.32.0.0", "192.0.1.0", "192.0.3.1", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0",
        "203.0.112.255", "203.0.114.0", "223.255.255.255", "2001:200::1", "2001:4860:4860::8888",
        "2606:4700:4700::1111",
        "2001:db7:ffff::1", "2001:db9::1", "2003::1", "2a00:1450::1", "2c0f:fb50::1", "3fff:1000::1", "[2606:4700::1]",
    ]

    static let otherOnes = [
        // this network, private, carrier-grade, loopback, link-local
        "0.0.0.0", "0.0.0.1", "0.255.255.255", "10.0.0.0", "10.1.2.3", "10.255.255.255", "100.64.0.0",
        "100.100.100.200",
        "100.127.255.255", "127.0.0.0", "127.0.0.1", "127.255.255.255", "169.254.0.0", "169.254.169.254",
        "169.254.170.2",
        "169.254.255.255", "172.16.0.0", "172.20.10.1", "172.31.255.255", "192.168.0.0", "192.168.1.1",
        "192.168.255.255",
        // assignments, documentation, relays, benchmarks, a metadata service
        "192.0.0.1", "192.0.0.192", "192.0.0.255", "192.0.2.1", "192.52.193.1", "192.88.99.1", "198.18.0.0",
        "198.19.255.255", "198.51.100.7", "203.0.113.255", "168.63.129.16",
        // multicast, reserved, broadcast
        "224.0.0.0", "224.0.0.251", "239.255.255.255", "240.0.0.0", "250.1.2.3", "255.255.255.255",
        // IPv6: unspecified, loopback, compatible, mapped, translated
        "::", "::1", "[::1]", "0:0:0:0:0:0:0:1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::ffff:7f00:1",
        "::ffff:0:127.0.0.1", "64:ff9b::127.0.0.1", "64:ff9b::808:808", "64:ff9b:1::a00:1", "100::1", "100:0:0:1::1",
        // Teredo, ORCHID, benchmarks, documentation, 6to4, segment routing
        "2001::1", "2001:0:4136:e378::1", "2001:2::1", "2001:10::1", "2001:20::1", "2001:1ff:ffff::1", "2001:db8::1",
        "2002:7f00:1::", "2002:a9fe:a9fe::1", "3fff::1", "3fff:fff:ffff::1", "5f00::1",
        // local, metadata, link-local, site-local, multicast, never given out
        "fc00::1", "fd00::1", "fd00:ec2::254", "fdff:ffff::1", "fe80::1", "fe80::a9fe:a9fe", "febf::1", "fec0::1",
        "ff02::1", "ff0e::1", "4000::1", "8000::1", "1fff:ffff::1",
    ]

    @Test(arguments: publicOnes) func `is public`(_ text: String) throws {
        #expect(try #require(NetworkAddress(text)).isPublicUnicast)
    }

    @Test(arguments: otherOnes) func `is not public`(_ text: String) throws {
        #expect(try #require(NetworkAddress(text)).isPublicUnicast == false)
    }

    @Test(arguments: [
        "", "1", "1.2.3", "1.2.3.256", "01.2.3.4x", "1.2.3.4 ", "::g", "1::2::3", "[1.2.3.4", "fe80::1%lo", "x",
    ])
    func `is no address`(_ text: String) {
        #expect(NetworkAddress(text) == nil)
    }

    @Test func `loopback`() throws {
        for text in ["127.0.0.1", "127.9.9.9", "::1"] { #expect(try #require(NetworkAddress(text)).isLoopback) }
        for text in ["126.0.0.1", "128.0.0.1", "::2", "::", "::ffff:127.0.0.1", "10.0.0.1"] {
            #expect(try #require(NetworkAddress(text)).isLoopback == false)
        }
    }

    /// Spellings that a textual filter would miss: what counts is the address that libcurl would connect to.
    static let disguises = [
        "127.0.0.1", "127.1", "127.0.1", "0x7f.1", "0x7f000001", "0x7F.0x0.0x0.0x1", "2130706433", "017700000001",
        "0177.0.0.1", "0177.0.0.01", "0x7f.0.0.01", "localhost", "LOCALHOST", "localhost.", "127.0.0.1.", "0",
        "0.0.0.0",
        "0x0", "169.254.169.254", "0xa9fea9fe", "2852039166", "0251.0376.0251.0376", "169.254.43518", "169.16689662",
        "10.0.0.1", "012.1", "0xa.1", "192.168.257", "3232235777", "172.16.1", "100.64.1", "255.255.255.255",
        "4294967295", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::ffff:a9fe:a9fe]", "[fd00:ec2::254]",
        "[fe80::1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[2001::1]", "[::127.0.0.1]", "[0:0:0:0:0:0:0:1]",
        "[0000:0000:0000:0000:0000:0000:0000:0001]", "[ff02::1]", "%31%32%37.0.0.1", "[fe80::1%25lo]",
    ]

    @Test(arguments: disguises)
    func `public only is not fooled`(_ host: String) async throws {
        let server = try MisbehavingServer.answering()
        let seen = try await Line.with { line in
            await line.ask("https://\(host):\(server.port)/x", .publicOnly, limits: Line.hasty)
        }
        let page = await server.stop()
        // A spelling may also be no valid host, or a name that nobody knows; but nothing may be connected to.
        #expect([.addressForbidden, .invalidRequest, .nameLookup].contains(seen.kind), "\(seen.result)")
        #expect(page.connections == 0)
    }

    @Test(arguments: ["127.0.0.1", "localhost", "[::1]"])
    func `public only refuses plain loopback`(_ host: String) async throws {
        let server = try MisbehavingServer.answering()
        let seen = try await Line.with { await $0.ask("http://\(host):\(server.port)/x", .publicOnly) }
        #expect(seen.kind == .addressForbidden)
        #expect(await server.stop().connections == 0)
    }

    /// A connection that was made under `any` must not carry an exchange under `publicOnly`.
    @Test func `policy holds on warm connections`() async throws {
        let server = try MisbehavingServer.answering()
        let (first, second, third) = try await Line.with { line in
            (
                await line.ask(server.url("/1")), await line.ask(server.url("/2"), .publicOnly),
                await line.ask(server.url("/3"))
            )
        }
        let page = await server.stop()
        #expect(first.reply?.status == 200)
        #expect(second.kind == .addressForbidden)
        #expect(third.reply?.status == 200)
        #expect(page.full == ["/1": 1, "/3": 1])
    }
}
