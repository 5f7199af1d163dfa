import Router
import Testing

@testable import Host
@testable import Webhooks

@Suite struct WebhookTargetTests {
    private static func fault(_ url: String, _ policy: AddressPolicy = .publicOnly) -> String? {
        do throws(WebhookTarget.Fault) {
            _ = try WebhookTarget(url, policy: policy)
            return nil
        } catch { return error.text }
    }

    static let allowed = [
        "https://shop.example", "https://shop.example/", "https://shop.example/hooks?a=1&b=%20",
        "HTTPS://Shop.Example/", "https://a.b.c.shop.example:443/x", "https://shop.example:8443/",
        "https://shop.example:4443", "https://shop.example:9443?x", "https://xn--caf-dma.example/",
        "https://1shop.example/", "https://shop.example?x", "https://127.0.0.1.nip.example/",
        "https://shop.example/a@b", "https://shop.example/a:b//c",
    ]

    /// Targets nobody may name outside test mode.
    static let refused = [
        "", "shop.example", "//shop.example/", "ftp://shop.example/", "http://shop.example/", "HTTP://shop.example/",
        "file:///etc/passwd", "gopher://shop.example/", "https:shop.example", "https:/shop.example", "https://",
        "https:///", "https://?x", "https:// shop.example/", "https://shop.example/ x", "https://shop.example/\n",
        "https://shop.example/\r\nHost:x", "https://shop.example\\@10.0.0.1/", "https://shop.example/<x>",
        "https://shop.example/#x", "https://user@shop.example/", "https://user:pass@shop.example/",
        "https://@shop.example/", "https://shop.example@10.0.0.1/", "https://shop.example:22/",
        "https://shop.example:80/", "https://shop.example:0/", "https://shop.example:/", "https://shop.example:0443/",
        "https://shop.example:65536/", "https://shop.example:443x/", "https://shop.example:-1/",
        "https://shop.example:8080/", "https://shop.example:443:443/", "https://127.0.0.1/", "https://127.1/",
        "https://127.0.0.1:443/", "https://2130706433/", "https://0x7f000001/", "https://0x7f.1/",
        "https://0177.0.0.1/", "https://017700000001/", "https://0/", "https://0.0.0.0/", "https://10.0.0.1/",
        "https://172.16.0.1/", "https://192.168.1.1/", "https://169.254.169.254/latest/meta-data/",
        "https://100.64.0.1/", "https://224.0.0.1/", "https://255.255.255.255/", "https://8.8.8.8/",
        "https://1.2.3.0x4/", "https://[::1]/", "https://[::]/", "https://[::ffff:127.0.0.1]/",
        "https://[::ffff:7f00:1]/", "https://[64:ff9b::7f00:1]/", "https://[2002:7f00:1::]/", "https://[fe80::1]/",
        "https://[fe80::1%25eth0]/", "https://[fd00:ec2::254]/", "https://[2606:4700::1111]/", "https://[::1",
        "https://::1/", "https://[]/", "https://localhost/", "https://LOCALHOST/", "https://localhost./",
        "https://app.localhost/", "https://intranet/", "https://db.internal/", "https://metadata.google.internal/",
        "https://printer.local/", "https://x.localdomain/", "https://nas.home.arpa/", "https://router.lan/",
        "https://shop.example./", "https://.shop.example/", "https://shop..example/", "https://-shop.example/",
        "https://shop-.example/", "https://sh_op.example/", "https://127.0.0.1%2eshop.example/",
        "https://caf\u{E9}.example/", "https://shop\u{3002}example/", "https://１２７.０.０.１/",
        "https://\u{24DB}ocalhost/", "https://shop.example/\u{E9}",
        "https://" + String(repeating: "a", count: 64) + ".example/",
        "https://" + String(repeating: "abcdefg.", count: 40) + "example/",
        "https://shop.example/" + String(repeating: "a", count: 2_048),
    ]

    static let loopback = [
        "http://localhost:3000/hooks", "http://127.0.0.1:8081/", "http://127.9.9.9/", "https://localhost:8443/",
        "http://[::1]:9000/", "http://LocalHost/",
    ]

    @Test(arguments: allowed) func `public names are allowed`(_ url: String) throws {
        let target = try WebhookTarget(url, policy: .publicOnly)
        #expect(target.url == url)
        #expect(target.addresses == .publicOnly)
        #expect(try WebhookTarget(url, policy: .any).addresses == .publicOnly)
    }

    @Test(arguments: refused) func `everything else is refused`(_ url: String) {
        #expect(Self.fault(url) != nil)
    }

    @Test(arguments: loopback) func `loopback is for test mode`(_ url: String) throws {
        #expect(Self.fault(url) != nil)
        #expect(try WebhookTarget(url, policy: .any).addresses == .any)
    }

    @Test func `test mode opens nothing but loopback`() {
        let loopbackOnly: Set<String> = [
            "https://127.0.0.1/", "https://127.0.0.1:443/", "https://[::1]/", "https://localhost/",
            "https://LOCALHOST/",
        ]
        for url in Self.refused where !loopbackOnly.contains(url) { #expect(Self.fault(url, .any) != nil, "\(url)") }
        for url in loopbackOnly { #expect(Self.fault(url, .any) == nil, "\(url)") }
        #expect(Self.fault("http://127.0.0.1.shop.example/", .any) != nil)
        #expect(Self.fault("http://user@localhost/", .any) != nil)
        #expect(Self.fault("http://localhost/#x", .any) != nil)
        #expect(Self.fault("http://localhost:99999/", .any) != nil)
    }

    @Test func `faults say what would be right`() {
        #expect(Self.fault("http://shop.example/") == "the URL must begin with https://")
        #expect(Self.fault("https://shop.example:22/") == "the port must be one of 443, 4443, 8443, 9443")
        #expect(Self.fault("https://10.0.0.1/") == "the host must be a public name, not an address")
        #expect(Self.fault("https://u@shop.example/") == "the URL must not hold a user or password")
    }
}
