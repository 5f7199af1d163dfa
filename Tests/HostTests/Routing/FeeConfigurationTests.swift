import Foundation
import Providers
import Router
import SandboxHosting
import Testing

@testable import Host

/// Fees as files tell them.
@Suite("Fees of providers")
struct FeeConfigurationTests {
    private static let environment = Configuration.Environment(
        kinds: BuiltInKinds.all, secrets: SecretSource(environment: [:]), sandbox: .builtIn,
        sandboxURL: { "http://127.0.0.1:1/\($0)" }, sandboxOnly: true)

    private static func load(_ members: String) throws(ConfigurationFailure) -> Configuration {
        let text = """
            {"providers": [{"id": "flooz-tg", "kind": "flooz", "environment": "sandbox", \(members)}],
             "routing": {"otherwise": {"strategy": "cheapest", "providers": ["flooz-tg"]}}}
            """
        return try Configuration.load(Array(text.utf8), path: "providers.json", in: environment)
    }

    @Test func `one fee, tiers, and a channel's own are read`() throws {
        let fees = try Self.load(
            """
            "fees": {"XOF": {"percent": "1.5", "fixed": 25, "min": 50, "max": 5000}},
            "channel_fees": {"flooz": {"XOF": {"tiers": [
                {"up_to": 5000, "fixed": 100}, {"up_to": 100000, "percent": "1"}, {"percent": "0.8"}]}}}
            """
        ).providers[0].fees
        #expect(
            [1, 1_000, 10_000, 1_000_000].map { fees.fee(of: Money($0, .xof), on: "other")?.minorUnits } == [
                50, 50, 175, 5_000,
            ])
        #expect(
            [1, 5_000, 5_001, 100_000, 1_000_000].map { fees.fee(of: Money($0, .xof), on: "flooz")?.minorUnits }
                == [100, 100, 51, 1_000, 8_000])
    }

    @Test(
        arguments: [
            (#""fees": {"XOF": {"tiers": []}}"#, "/providers/0/fees/XOF/tiers", "grow"),
            (#""fees": {"XOF": {"tiers": [{"up_to": 5}, {"up_to": 5}]}}"#, "/providers/0/fees/XOF/tiers", "grow"),
            (#""fees": {"XOF": {"tiers": [{"fixed": 5}, {"up_to": 5}]}}"#, "/providers/0/fees/XOF/tiers", "grow"),
            (#""fees": {"XOF": {"tiers": [{"percent": "much"}]}}"#, "/providers/0/fees/XOF/tiers/0", "percent"),
            (#""fees": {"XOF": {"fixed": 1, "tiers": [{"percent": "1"}]}}"#, "/providers/0/fees/XOF", "one of the two"),
            (
                #""channel_fees": {"floz": {"XOF": {"fixed": 1}}}"#, "/providers/0/channel_fees/floz",
                "did you mean \"flooz\""
            ),
            (#""channel_fees": {"flooz": {"xof": {"fixed": 1}}}"#, "/providers/0/channel_fees/flooz/xof", "XOF"),
        ])
    func `what is wrong says where`(_ members: String, _ pointer: String, _ detail: String) throws {
        do throws(ConfigurationFailure) {
            _ = try Self.load(members)
            Issue.record("was taken")
        } catch {
            #expect(error.issues.map(\.pointer) == [pointer])
            #expect(error.issues.first?.detail.contains(detail) == true, "\(error.issues)")
        }
    }

    @Test func `a rule that compares fees finds those that are missing`() throws {
        let codes = try Self.load(#""fees": {"XOF": {"fixed": 1}}"#).analysis().compactMap(\.code)
        #expect(!codes.contains("missing_fee"))
        #expect(try Self.load(#""limits": {"XOF": {"min": 1}}"#).analysis().compactMap(\.code).contains("missing_fee"))
    }
}
