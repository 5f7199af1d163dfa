import Providers
import Router
import RouterTestKit
import SandboxHosting
import Testing

@testable import Host

@Suite("providers.json: daily limits") struct DailyLimitConfigurationTests {
    private static func load(_ limits: String) -> Result<Configuration, ConfigurationFailure> {
        LimitedConfiguration.load("\"daily_limits\": \(limits)")
    }

    @Test(arguments: [
        (
            #"{ "per_number": { "XOF": { "payment": { "amount": 0 } } } }"#, "/per_number/XOF/payment/amount",
            "at least 1"
        ),
        (#"{ "per_app": { "XOF": { "payout": { "count": -5 } } } }"#, "/per_app/XOF/payout/count", "at least 1"),
        (#"{ "per_app": { "XOF": { "transfer": { "count": 1.5 } } } }"#, "/per_app/XOF/transfer/count", ""),
        (#"{ "per_app": { "XOF": { "transfer": { "amount": "5" } } } }"#, "/per_app/XOF/transfer/amount", ""),
        (#"{ "per_app": { "CFA": { "payment": { "count": 5 } } } }"#, "/per_app/CFA", "CFA"),
        (#"{ "per_app": { "XOF": { "refund": { "count": 5 } } } }"#, "/per_app/XOF/refund", "payment"),
        (#"{ "per_app": { "XOF": { "payment": { "most": 5 } } } }"#, "/per_app/XOF/payment/most", "amount"),
        (#"{ "per_hour": {} }"#, "/per_hour", "per_app"),
    ])
    func `what cannot be is named, with its place`(_ limits: String, _ pointer: String, _ words: String) throws {
        let failure = try #require(Self.load(limits).failure, "\(limits)")
        let fault = try #require(failure.issues.first)
        #expect(fault.pointer == "/daily_limits" + pointer, "\(fault)")
        #expect(words.isEmpty || fault.detail.contains(words), "\(fault)")
        #expect(fault.line == 4 && failure.issues.count == 1)
    }

    @Test func `every fault is told at once`() throws {
        let failure = try #require(
            Self.load(
                #"{ "per_number": { "XXY": { "payment": { "count": 0 } }, "XOF": { "payout": { "amount": -1, "count": 0 } } } }"#
            ).failure)
        #expect(
            failure.issues.map(\.pointer) == [
                "/daily_limits/per_number/XOF/payout/amount", "/daily_limits/per_number/XOF/payout/count",
                "/daily_limits/per_number/XXY", "/daily_limits/per_number/XXY/payment/count",
            ])
    }

    @Test func `what is said counts, what is left out has no limit`() throws {
        #expect(Self.load("{}").success?.dailyLimits.isEmpty == true)
        #expect(Self.load(#"{ "per_app": { "XOF": { "payment": {} } } }"#).success?.dailyLimits.isEmpty == true)
        let limits = try #require(
            Self.load(
                """
                { "per_number": { "XOF": { "payment": { "amount": 2000000, "count": 50 } } },
                  "per_app": { "TND": { "transfer": { "amount": 5 } } } }
                """
            ).success?.dailyLimits)
        #expect(limits.perNumber == [.init(.payment, .xof): .init(amount: 2_000_000, count: 50)])
        #expect(limits.perApp == [.init(.transfer, .tnd): .init(amount: 5)])
    }
}
