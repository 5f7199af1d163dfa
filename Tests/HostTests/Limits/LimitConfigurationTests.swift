import Providers
import Router
import RouterTestKit
import SandboxHosting
import Testing

@testable import Host

@Suite("providers.json: limits") struct LimitConfigurationTests {
    private static func load(_ limits: String?) -> Result<Configuration, ConfigurationFailure> {
        LimitedConfiguration.load(limits.map { "\"limits\": \($0)" })
    }

    private static func faults(_ limits: String) -> [ConfigurationIssue] {
        guard case .failure(let failure) = load(limits) else { return [] }
        return failure.issues.filter { $0.pointer.hasPrefix("/limits") }
    }

    @Test(arguments: [
        (#"{ "app": { "per_second": 4999 } }"#, "/limits/app/per_second", "raised"),
        (#"{ "app": { "concurrent": 0 } }"#, "/limits/app/concurrent", "raised"),
        (#"{ "app": { "per_second": 1000001 } }"#, "/limits/app/per_second", "1000000"),
        (#"{ "apps": { "shop": { "per_second": 6000 } } }"#, "/limits/apps/shop", "apps list"),
        (#"{ "pages": { "burst": 0 } }"#, "/limits/pages/burst", "1 to 1000000"),
        (#"{ "failed_keys": { "seconds": 86401 } }"#, "/limits/failed_keys/seconds", "1 to 86400"),
        (#"{ "checkout": { "requests": -1 } }"#, "/limits/checkout/requests", "1 to 1000000"),
        (#"{ "streams": { "per_link": 101 } }"#, "/limits/streams/per_link", "1 to 100"),
        (#"{ "streams": { "total": 0 } }"#, "/limits/streams/total", "1 to 10000"),
        (#"{ "page": {} }"#, "/limits/page", ""), (#"{ "pages": { "rate": 5 } }"#, "/limits/pages/rate", ""),
    ])
    func `what is out of bounds is named, with what is allowed`(
        _ limits: String, _ pointer: String, _ words: String
    ) throws {
        let fault = try #require(Self.faults(limits).first, "\(limits)")
        #expect(fault.pointer == pointer && fault.detail.contains(words) || words.isEmpty, "\(fault)")
        #expect(fault.line != nil)
    }

    @Test
    func `what is said counts, what is left out is as it was`() throws {
        #expect(Self.faults("{}").isEmpty)
        let app = try RequestLimitsTests.app(1)
        let text = """
            { "app": { "per_second": 6000 }, "apps": { "\(app.text)": { "concurrent": 5000 } },
              "pages": { "burst": 400 }, "streams": { "per_address": 200 } }
            """
        let configuration = try #require(Self.load(text).success, "\(Self.load(text))")
        let limits = configuration.limits
        #expect(limits.app == .init(perSecond: 6_000, concurrent: 2_048))
        #expect(limits.app(app) == .init(perSecond: 6_000, concurrent: 5_000))
        #expect(limits.pages == RateLimit(50, burst: 400) && limits.checkout == LimitSettings().checkout)
        #expect(limits.streams.perAddress == 200 && limits.streams.perLink == 4)
        #expect(configuration.operatorAddresses["tmoney-online-tg"]?.count == 1)
    }
}
