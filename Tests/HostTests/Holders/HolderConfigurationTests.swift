import Foundation
import Providers
import Router
import RouterTestKit
import SandboxHosting
import Testing

@testable import Host

@Suite("providers.json: holders") struct HolderConfigurationTests {
    private static let holders = #""environment": "sandbox", "app": "Purses", "currencies": ["XOF", "TND"]"#

    /// A whole file with wallets in both environments, as far as it may have them.
    static func load(
        _ member: String, sandboxOnly: Bool = true, environment: [String: String] = [:]
    ) -> Result<Configuration, ConfigurationFailure> {
        let live = """
            , { "id": "live", "kind": "wallet", "environment": "production", "settings": { "currencies": ["XOF"] } }
            """
        let text = """
            { "providers": [ { "id": "purse", "kind": "wallet", "environment": "sandbox",
              "settings": { "currencies": ["XOF", "TND"] } }\(sandboxOnly ? "" : live) ], "trusted_proxies": [],
              "routing": { "otherwise": { "strategy": "priority", "providers": ["purse"\(sandboxOnly ? "" : ", \"live\"")] } },
              \(member) }
            """
        do throws(ConfigurationFailure) {
            return .success(
                try Configuration.load(
                    Array(text.utf8), path: "providers.json",
                    in: .init(
                        kinds: BuiltInKinds.all, secrets: SecretSource(environment: environment), sandbox: .builtIn,
                        sandboxURL: { "http://127.0.0.1:1/\($0)" }, sandboxOnly: sandboxOnly)))
        } catch { return .failure(error) }
    }

    @Test(arguments: [
        (#""environment": "sandbox""#, #""environment": "production""#, ["/environment"], "without --sandbox"),
        (#""environment": "sandbox""#, #""environment": "live""#, ["/environment"], "sandbox"),
        (#""environment": "sandbox", "#, "", ["/environment"], ""),
        (#"["XOF", "TND"]"#, "[]", ["/currencies"], "at least one"),
        (#", "currencies": ["XOF", "TND"]"#, "", ["/currencies"], ""),
        (#"["XOF", "TND"]"#, #"["XOF", "CFA"]"#, ["/currencies/1"], "CFA"),
        (#"["XOF", "TND"]"#, #"["XOF", "XOF"]"#, ["/currencies/1"], "second time"),
        (#"["XOF", "TND"]"#, #"["THB", "XOF"]"#, ["/currencies/0"], "keeps THB in sandbox"),
        (#""app": "Purses""#, #""app": "P""#, ["/app"], "2 to 60"),
        (#""app": "Purses""#, #""app": " Purses""#, ["/app"], "no space"),
        (#""app": "Purses""#, #""default_country": "XX""#, ["/default_country"], "TG"),
        (#""app": "Purses""#, #""default_county": "TG""#, ["/default_county"], "did you mean \"default_country\"?"),
        (#""app": "Purses""#, #""tell_unknown_users": "no""#, ["/tell_unknown_users"], ""),
    ])
    func `what cannot be is named, with its place`(
        _ old: String, _ new: String, _ places: [String], _ words: String
    ) throws {
        let text = Self.holders.replacing(old, with: new)
        try #require(text != Self.holders)
        let failure = try #require(Self.load("\"holders\": { \(text) }").failure, "\(new)")
        let issues = failure.issues.filter { $0.severity == .error }
        // Where nothing is kept in an environment, each currency is told of, too.
        #expect(Set(issues.map(\.pointer)).isSuperset(of: places.map { "/holders" + $0 }), "\(issues)")
        #expect(issues.allSatisfy { $0.pointer.hasPrefix("/holders") && $0.line == 4 }, "\(issues)")
        let fault = try #require(issues.first { $0.pointer == "/holders" + places[0] })
        #expect(words.isEmpty || fault.detail.contains(words), "\(fault)")
        #expect(issues.count == 1 || new.contains("production"), "\(issues)")
    }

    @Test(arguments: [(#""messages": {}"#, true), (#""a": 1"#, false)])
    func `codes have to reach people`(_ messages: String, _ sandboxOnly: Bool) throws {
        let other = sandboxOnly ? messages + ", " : ""
        let failure = try #require(
            Self.load("\(other)\"holders\": { \(Self.holders) }", sandboxOnly: sandboxOnly).failure)
        #expect(failure.issues.filter { $0.severity == .error }.map(\.pointer) == ["/holders"])
        #expect(failure.issues.contains { $0.detail.contains("\"messages\"") })
        let sms = #""messages": { "sms": { "url": "https://sms.example/", "body": { "a": "{phone}{text}" } } }"#
        #expect(Self.load("\(sms), \"holders\": { \(Self.holders) }", sandboxOnly: sandboxOnly).success != nil)
    }

    /// `payrouter check` does not know how the router will be started.
    @Test func `the file that ships is right wherever sandbox operators may run`() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().path
        let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: root + "/providers.json")))
        for sandboxOnly in [true, false] {
            let loaded = try Configuration.load(
                bytes, path: "providers.json",
                in: .init(
                    kinds: BuiltInKinds.all, secrets: SecretSource(environment: [:]), sandbox: .builtIn,
                    sandboxURL: { "http://127.0.0.1:1/\($0)" }, sandboxOnly: sandboxOnly))
            #expect(loaded.holders?.environment == .sandbox && loaded.messages == .sandbox)
        }
    }

    @Test func `what is said counts, and the usual where nothing is; without it nobody signs up`() throws {
        let told = try #require(
            Self.load("\"holders\": { \(Self.holders), \"default_country\": \"TG\", \"tell_unknown_users\": true }")
                .success?.holders)
        #expect(
            told
                == HolderSettings(
                    environment: .sandbox, app: "Purses", currencies: [.xof, .tnd], defaultCountry: "TG",
                    tellsUnknownUsers: true))
        let usual = try #require(
            Self.load(#""holders": { "environment": "sandbox", "currencies": ["TND"] }"#).success?.holders)
        #expect(usual.app == "Wallets" && usual.currencies == [.tnd] && usual.defaultCountry == nil)
        #expect(!usual.tellsUnknownUsers)
        #expect(
            Self.load(
                "\"payout_routing\": { \"otherwise\": { \"strategy\": \"priority\", \"providers\": [\"purse\"] } }"
            ).success?.holders == nil)
    }

    @Test func `holders of production are kept by a wallet provider of production`() throws {
        let sms = #""messages": { "sms": { "url": "https://sms.example/", "body": { "a": "{phone}{text}" } } }"#
        func load(_ currency: String) -> Result<Configuration, ConfigurationFailure> {
            Self.load(
                "\(sms), \"holders\": { \"environment\": \"production\", \"currencies\": [\"\(currency)\"] }",
                sandboxOnly: false)
        }
        #expect(load("XOF").success?.holders?.environment == .production)
        let failure = try #require(load("TND").failure)
        #expect(failure.issues.filter { $0.severity == .error }.map(\.pointer) == ["/holders/currencies/0"])
        #expect(failure.issues.contains { $0.detail.contains("keeps TND in production") })
    }
}

/// What docs/operations.md shows of holders can be pasted.
@Suite("Documented holders") struct HolderDocsTests {
    @Test func `can be loaded`() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().path
        let text = try String(contentsOfFile: root + "/docs/operations.md", encoding: .utf8)
        let section = try #require(text.components(separatedBy: "\n## ").first { $0.hasPrefix("Holders\n") })
        let examples = section.components(separatedBy: "```json\n").dropFirst().map {
            $0.components(separatedBy: "\n```")[0]
        }
        #expect(examples.count > 1)
        for example in examples {
            let isLive = example.contains("production")
            let loaded = HolderConfigurationTests.load(
                example, sandboxOnly: !isLive, environment: ["SMS_TOKEN": "t"])
            #expect(loaded.success?.holders?.environment == (isLive ? .production : .sandbox), "\(loaded)")
            #expect(loaded.success?.warnings.isEmpty == true, "\(loaded)")
        }
        for member in ["environment", "app", "currencies", "default_country", "tell_unknown_users"] {
            #expect(section.contains("| `\(member)` |"), "\(member)")
        }
    }
}
