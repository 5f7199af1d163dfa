import Foundation
import Providers
import Router
import SandboxHosting
import Testing
import WebText

@testable import Host

/// `trusted_proxies`, and operators that are known by their address.
@Suite("providers.json: addresses")
struct TrustedProxyConfigurationTests {
    private static func text(
        _ environment: String = "production", proxies: String? = #"["127.0.0.1", "10.1.0.0/16", "2001:db8:1::/48"]"#,
        operators: [String] = ["196.168.1.2"], more: String = ""
    ) -> String {
        let top = proxies.map { #""trusted_proxies": \#($0),"# } ?? ""
        let addresses = operators.map { "\"\($0)\"" }.joined(separator: ", ")
        return """
            {
              \(top)\(more)
              "providers": [{
                "id": "online", "kind": "tmoney-online", "environment": "\(environment)",
                "base_url": "https://operator.example", "secrets": {},
                "settings": {
                  "merchant_id": "1234567890123456", "brand": "B", "operator_addresses": [\(addresses)]
                }
              }],
              "routing": { "otherwise": { "strategy": "priority", "providers": ["online"] } }
            }
            """
    }

    private static func load(_ text: String) -> Result<Configuration, ConfigurationFailure> {
        let environment = Configuration.Environment(
            kinds: BuiltInKinds.all, secrets: SecretSource(environment: [:]),
            sandbox: .builtIn, sandboxURL: { "http://127.0.0.1:1/\($0)" }, sandboxOnly: false)
        do throws(ConfigurationFailure) {
            return .success(try Configuration.load(Array(text.utf8), path: "providers.json", in: environment))
        } catch { return .failure(error) }
    }

    private static func faults(_ text: String) -> [ConfigurationIssue] {
        guard case .failure(let failure) = load(text) else { return [] }
        return failure.issues.filter { $0.severity == .error }
    }

    @Test
    func `in production somebody has thought about it; an empty list is an answer`() throws {
        let fault = try #require(Self.faults(Self.text(proxies: nil)).first)
        #expect(fault.pointer == "/trusted_proxies")
        #expect(fault.detail.contains("[]") && fault.detail.contains("10.1.0.0/16"))
        #expect(Self.faults(Self.text()).isEmpty)
        #expect(Self.faults(Self.text(proxies: "[]")).isEmpty)
        #expect(try Self.load(Self.text(proxies: "[]")).get().trustedProxies.isEmpty)
    }

    @Test
    func `with sandbox money only, this machine is the proxy unless something else is said`() throws {
        let listed = ["127.0.0.1"]
        let silent = try Self.load(Self.text("sandbox", proxies: nil, operators: listed)).get()
        #expect(silent.trustedProxies == NetworkRange.loopback)
        #expect(try Self.load(Self.text("sandbox", proxies: "[]", operators: listed)).get().trustedProxies.isEmpty)
    }

    @Test(arguments: [
        #"["proxy.example"]"#, #"["10.0.0.1/8"]"#, #"["10.0.0.0/33"]"#, #"["0.0.0.0/0"]"#, #"["::/0"]"#, #"[""]"#,
        #"["10.0.0.2:80"]"#,
    ])
    func `what is no address is named`(_ proxies: String) throws {
        let fault = try #require(Self.faults(Self.text(proxies: proxies)).first)
        #expect(fault.pointer == "/trusted_proxies/0" && fault.line != nil)
    }

    @Test(arguments: [
        "127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1", "10.1.2.3", "::ffff:10.1.2.3", "2001:db8:1::7",
    ])
    func `an operator's address in production is nobody else's`(_ address: String) throws {
        let fault = try #require(Self.faults(Self.text(operators: ["196.168.1.2", address])).first)
        #expect(fault.pointer == "/providers/0/settings/operator_addresses/1")
        #expect(Self.faults(Self.text("sandbox", operators: [address])).isEmpty)
        #expect(Self.faults(Self.text(proxies: "[]", operators: ["10.2.0.1", "2001:db8:2::7"])).isEmpty)
    }

    @Test
    func `loopback is no operator even where no proxy is named`() {
        #expect(!Self.faults(Self.text(proxies: "[]", operators: ["127.0.0.1"])).isEmpty)
        #expect(!Self.faults(Self.text(proxies: "[]", operators: ["::1"])).isEmpty)
    }

    @Test
    func `the size of notifications`() throws {
        #expect(try Self.load(Self.text()).get().callbackBodyLimit == 16_384)
        let larger = Self.text(more: #""callback_body_limit": 65536,"#)
        #expect(try Self.load(larger).get().callbackBodyLimit == 65_536)
        for bad in ["0", "1023", "1048577", "-1"] {
            let fault = Self.faults(Self.text(more: #""callback_body_limit": \#(bad),"#)).first
            #expect(fault?.pointer == "/callback_body_limit", "\(bad)")
        }
    }
}
