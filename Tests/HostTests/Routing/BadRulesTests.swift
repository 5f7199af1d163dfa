import Foundation
import Providers
import Router
import SandboxHosting
import Testing

@testable import Host

/// Files that look right and are not: each is found, by name.
@Suite("Bad rules")
struct BadRulesTests {
    private static let environment = Configuration.Environment(
        kinds: BuiltInKinds.all, secrets: SecretSource(environment: [:]), sandbox: .builtIn,
        sandboxURL: { "http://127.0.0.1:1/\($0)" }, sandboxOnly: true)

    /// The shipped providers with other rules: pairs of `when` and `use`, written short.
    private static func configuration(
        _ payments: [(when: String, providers: String)], payouts: [(when: String, providers: String)] = [],
        otherwise: String? = nil, limits: String? = nil
    ) throws -> Configuration {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let shipped = try StrictJSON.parse(Array(try Data(contentsOf: root.appending(path: "providers.json"))))
        var file = try #require(shipped.objectValue)
        func use(_ providers: String) throws -> JSONValue {
            if providers.first == "{" { return try StrictJSON.parse(Array(providers.utf8)) }
            let names = providers.split(separator: " ").map { JSONValue.string(String($0)) }
            return ["strategy": "priority", "providers": .array(names)]
        }
        func rules(_ rules: [(when: String, providers: String)]) throws -> JSONValue {
            .array(
                try rules.enumerated().map { index, rule in
                    [
                        "name": .string("rule \(index + 1)"), "when": try StrictJSON.parse(Array(rule.when.utf8)),
                        "use": try use(rule.providers),
                    ]
                })
        }
        var routing = JSONObject([.init("rules", try rules(payments))])
        if let otherwise { routing["otherwise"] = try use(otherwise) }
        file["routing"] = .object(routing)
        file["payout_routing"] = payouts.isEmpty ? nil : ["rules": try rules(payouts)]
        if let limits {
            let providers = (file["providers"]?.arrayValue ?? []).map { provider -> JSONValue in
                guard provider["id"] == "tmoney-tg", var object = provider.objectValue else { return provider }
                object["limits"] = try? StrictJSON.parse(Array(limits.utf8))
                return .object(object)
            }
            file["providers"] = .array(providers)
        }
        return try Configuration.load(
            JSONValue.object(file).serialized(), path: "providers.json", in: environment)
    }

    private static func codes(_ issues: [ConfigurationIssue]) -> Set<String> { Set(issues.compactMap(\.code)) }

    struct Bad: Sendable, CustomTestStringConvertible {
        var code: String
        var payments: [(String, String)]
        var payouts: [(String, String)] = []
        var otherwise: String?
        var limits: String?
        var testDescription: String {
            code + " " + payments.map(\.0).joined(separator: " ") + payouts.map(\.0).joined()
        }

        init(
            _ code: String, _ payments: [(String, String)], payouts: [(String, String)] = [], otherwise: String? = nil,
            limits: String? = nil
        ) {
            (self.code, self.payments, self.payouts) = (code, payments, payouts)
            (self.otherwise, self.limits) = (otherwise, limits)
        }
    }

    static let bad: [Bad] = [
        // Rules that cannot hold.
        .init("empty_rule", [(#"{"currency":"XOF","not":{"currency":["XOF","TND"]}}"#, "tmoney-tg")]),
        .init("empty_rule", [(#"{"all":[{"currency":"XOF"},{"currency":"TND"}]}"#, "tmoney-tg")]),
        .init("empty_rule", [(#"{"phone.country":"TG","phone.prefix":"+229"}"#, "tmoney-tg")]),
        .init("empty_rule", [(#"{"phone.country":"BJ","phone.operator":"togocom"}"#, "tmoney-tg")]),
        .init("empty_rule", [(#"{"amount":{"XOF":{"min":500}},"not":{"amount":{"XOF":{"min":100}}}}"#, "tmoney-tg")]),
        .init("empty_rule", [(#"{"payer.language":"fr","not":{"payer.language":["fr","en"]}}"#, "tmoney-tg")]),
        .init("empty_rule", [(#"{"metadata":{"a":"x"},"not":{"metadata":{"a":{"exists":true}}}}"#, "tmoney-tg")]),
        .init("empty_rule", [(#"{"weekday":"monday","date":{"from":"2026-12-01","to":"2026-12-04"}}"#, "tmoney-tg")]),
        .init(
            "empty_rule",
            [(#"{"all":[{"time":{"from":"08:00","to":"10:00"}},{"time":{"from":"10:00","to":"12:00"}}]}"#, "tmoney-tg")]
        ),
        .init("empty_rule", [(#"{"card.bin":"4571","not":{"card.bin":"45"}}"#, "card-main")]),
        .init(
            "empty_rule",
            [
                (
                    #"{"all":[{"bucket":{"of":"customer","salt":"s","to":"50"}},{"bucket":{"of":"customer","salt":"s","from":"50","to":"100"}}]}"#,
                    "tmoney-tg"
                )
            ]),
        .init("empty_rule", [(#"{"payer.country":"TG","not":{"payer.country":["TG","BJ"]}}"#, "tmoney-tg")]),
        .init("empty_rule", [(#"{"operation":"collect","not":{"operation":["collect","authorize"]}}"#, "tmoney-tg")]),
        // Rules that never decide.
        .init("shadowed_rule", [("{}", "card-main"), (#"{"channel":"card"}"#, "card-main")]),
        .init(
            "shadowed_rule",
            [(#"{"currency":"XOF"}"#, "tmoney-tg"), (#"{"currency":"XOF","amount":{"min":500}}"#, "tmoney-tg")]),
        .init(
            "shadowed_rule",
            [(#"{"channel":["tmoney","flooz"]}"#, "tmoney-tg flooz-tg"), (#"{"channel":"flooz"}"#, "flooz-tg")]),
        .init(
            "shadowed_rule",
            [
                (#"{"any":[{"channel":"flooz"},{"currency":"XOF"}]}"#, "flooz-tg"),
                (#"{"channel":"flooz","phone.country":"TG"}"#, "flooz-tg"),
            ]),
        .init(
            "shadowed_rule",
            [(#"{"not":{"currency":"TND"}}"#, "tmoney-tg"), (#"{"currency":"XOF","channel":"tmoney"}"#, "tmoney-tg")]),
        .init(
            "shadowed_rule",
            [
                (#"{"channel":"mtn-momo"}"#, "mtn-cm"),
                (#"{"channel":"mtn-momo","time":{"from":"08:00","to":"18:00"}}"#, "mtn-cm"),
            ]),
        .init(
            "shadowed_rule", [(#"{"currency":"XOF"}"#, "tmoney-tg")],
            payouts: [("{}", "tmoney-tg"), (#"{"channel":"tmoney"}"#, "tmoney-tg")]),
        .init(
            "shadowed_by_several",
            [
                (#"{"channel":"tmoney","amount":{"XOF":{"max":999}}}"#, "tmoney-tg"),
                (#"{"channel":"tmoney","amount":{"XOF":{"min":1000}}}"#, "tmoney-tg"),
                (#"{"channel":"tmoney","currency":"XOF"}"#, "tmoney-tg"),
            ]),
        .init("second_choice", [("{}", "tmoney-tg"), (#"{"channel":"card"}"#, "card-main")]),
        .init(
            "second_choice",
            [(#"{"currency":"XOF"}"#, "tmoney-tg"), (#"{"currency":"XOF","channel":"flooz"}"#, "flooz-tg")]),
        .init(
            "overlap",
            [
                (#"{"phone.country":"TG"}"#, "tmoney-tg"),
                (#"{"channel":"tmoney","amount":{"XOF":{"min":1000}}}"#, "paygate-tg tmoney-tg"),
            ]),
        // Providers that cannot take what their rule gives them.
        .init("provider_cannot_serve", [(#"{"channel":"tmoney","currency":"XOF"}"#, "tmoney-tg flouci-tn")]),
        .init("provider_cannot_serve", [(#"{"currency":"TND"}"#, "flouci-tn tmoney-tg")]),
        .init(
            "provider_cannot_serve", [(#"{"currency":"XOF"}"#, "tmoney-tg")],
            payouts: [(#"{"channel":"flooz"}"#, "flooz-tg")]),
        .init("provider_cannot_serve", [(#"{"currency":"XOF"}"#, "tmoney-tg")], payouts: [("{}", "flouci-tn")]),
        .init("provider_cannot_serve", [(#"{"currency":"XOF","amount":{"min":3000000}}"#, "tmoney-tg")]),
        .init("provider_cannot_serve", [(#"{"phone.country":"TN"}"#, "tmoney-tg")]),
        .init("provider_cannot_serve", [(#"{"operation":"authorize","channel":"tmoney"}"#, "tmoney-tg")]),
        .init("provider_cannot_serve", [(#"{"operation":"payout","channel":"card"}"#, "card-main")]),
        .init("provider_serves_less", [(#"{"currency":"XOF","channel":["tmoney","flooz"]}"#, "paygate-tg tmoney-tg")]),
        .init("provider_never_reached", [(#"{"channel":"card"}"#, "card-main")]),
        .init("useless_limit", [(#"{"currency":"XOF"}"#, "tmoney-tg")], limits: #"{"EUR":{"min":1,"max":5}}"#),
        // Names and numbers.
        .init("unknown_channel", [(#"{"channel":"tmonney"}"#, "tmoney-tg")]),
        .init("unknown_channel", [(#"{"channel":["tmoney","floz"]}"#, "tmoney-tg")]),
        .init("unknown_operator", [(#"{"currency":"XOF","phone.operator":"Togocel"}"#, "tmoney-tg")]),
        .init("ported_numbers", [(#"{"channel":"mtn-momo","phone.operator":"mtn","phone.country":"GH"}"#, "mtn-cm")]),
        .init(
            "useless_weights",
            [("{}", #"{"strategy":"priority","providers":[{"id":"tmoney-tg","weight":3},"card-main"]}"#)]),
        .init("useless_weights", [("{}", #"{"strategy":"weighted","providers":[{"id":"tmoney-tg","weight":3}]}"#)]),
        .init("uncovered_request", [(#"{"channel":"card"}"#, "card-main")]),
    ]

    @Test(arguments: bad)
    func `is found`(_ file: Bad) throws {
        let issues = try Self.configuration(
            file.payments.map { ($0.0, $0.1) }, payouts: file.payouts.map { ($0.0, $0.1) }, otherwise: file.otherwise,
            limits: file.limits
        ).analysis()
        #expect(Self.codes(issues).contains(file.code), "\(issues)")
        for issue in issues { #expect(issue.line != nil && !issue.detail.isEmpty, "\(issue)") }
    }

    @Test func `the shipped file has nothing that must be mended`() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let bytes = Array(try Data(contentsOf: root.appending(path: "providers.json")))
        let issues = try Configuration.load(bytes, path: "providers.json", in: Self.environment).analysis()
        #expect(issues.isEmpty, "whoever begins finds nothing to mend: \(issues)")
    }

    @Test func `an example is a command that shows it`() throws {
        let issues = try Self.configuration([
            ("{}", "tmoney-tg"), (#"{"channel":"card","metadata":{"a":"it's"}}"#, "card-main"),
        ])
        .analysis()
        let issue = try #require(issues.first { $0.code == "second_choice" })
        #expect(issue.pointer == "/routing/rules/1" && issue.severity == .warning)
        let example = try #require(issue.example)
        #expect(example.hasPrefix("payrouter explain --amount ") && example.contains("--metadata 'a=it'\\''s'"))
        let sarif = ConfigurationSARIF.log(issues, path: "providers.json")
        #expect(
            sarif["version"] == "2.1.0"
                && sarif["runs"]?.arrayValue?.first?["results"]?.arrayValue?.count == issues.count)
    }

    @Test func `apps that are not there are found where apps are known`() throws {
        let app = AppID(at: Moment(milliseconds: 1), from: SystemRandom())
        let configuration = try Self.configuration(
            [(#"{"app":"\#(app)"}"#, "card-main tmoney-tg")], otherwise: "card-main")
        #expect(!Self.codes(configuration.analysis()).contains("unknown_app"))
        #expect(!Self.codes(configuration.analysis(apps: [app])).contains("unknown_app"))
        #expect(Self.codes(configuration.analysis(apps: [])).contains("unknown_app"))
    }
}
