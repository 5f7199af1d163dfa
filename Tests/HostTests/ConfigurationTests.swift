import Foundation
import Providers
import Router
import SandboxHosting
import Testing

@testable import Host

/// `providers.json`: what is wrong is said with its place and its remedy, everything at once.
@Suite("providers.json")
struct ConfigurationTests {
    private static let environment = Configuration.Environment(
        kinds: BuiltInKinds.all, secrets: SecretSource(environment: [:]),
        sandbox: .builtIn, sandboxURL: { "http://127.0.0.1:1/\($0)" }, sandboxOnly: true)

    /// The shipped providers with everything said, at addresses of their own.
    private static func writtenOut() throws -> String { try text("/scripts/contract/written-out.json") }

    private static func text(_ path: String) throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path
        return try String(contentsOfFile: root + path, encoding: .utf8)
    }

    private static func issues(_ text: String) -> [ConfigurationIssue] {
        do throws(ConfigurationFailure) {
            return try Configuration.load(Array(text.utf8), path: "providers.json", in: environment).warnings
        } catch {
            return error.issues
        }
    }

    @Test
    func `the shipped file has no fault`() throws {
        #expect(Self.issues(try Self.text("/providers.json")).isEmpty)
        #expect(Self.issues(try Self.writtenOut()).isEmpty)
    }

    /// A kind of some other package that answers like a built-in one, but has no sandbox operator.
    private enum OutsideKind: ProviderKind {
        typealias Settings = TMoneyKind.Settings
        static let name = "telegraph"
        static let secretNames = TMoneyKind.secretNames

        static func make(
            _ settings: Settings, _ setup: ProviderSetup
        ) throws(ProviderConfigurationError) -> any PaymentProvider {
            try TMoneyKind.make(settings, setup)
        }
    }

    @Test
    func `a kind that no sandbox operator speaks gets no sandbox address; what to do is said`() throws {
        #expect(SandboxSupport.builtIn.url(of: "tmoney", below: "http://127.0.0.1:1") == "http://127.0.0.1:1/tmoney")
        #expect(SandboxSupport.builtIn.url(of: "telegraph", below: "http://127.0.0.1:1") == nil)
        let here = Configuration.Environment(
            kinds: BuiltInKinds.all + [RegisteredKind(OutsideKind.self)], secrets: SecretSource(environment: [:]),
            sandbox: .builtIn, sandboxURL: { SandboxSupport.builtIn.url(of: $0, below: "http://127.0.0.1:1") },
            sandboxOnly: true)
        let bare = try Self.writtenOut()
            .replacing(#"      "base_url": "https://operator.example/elsewhere",\#n"#, with: "")
            .replacing(#""kind": "tmoney""#, with: #""kind": "telegraph""#, maxReplacements: 1)
        do throws(ConfigurationFailure) {
            _ = try Configuration.load(Array(bare.utf8), path: "providers.json", in: here)
            Issue.record("it was sent to an address at which nobody answers")
        } catch {
            #expect(error.issues.count { $0.severity != .warning } == 1)
            let issue = try #require(error.issues.first { $0.severity != .warning })
            #expect(issue.pointer == "/providers/0/kind")
            #expect(issue.detail.contains("\"telegraph\"") && issue.detail.contains("\"base_url\""))
        }
        let given = bare.replacing(
            #""kind": "telegraph""#, with: #""kind": "telegraph", "base_url": "http://127.0.0.1:9000""#)
        _ = try Configuration.load(Array(given.utf8), path: "providers.json", in: here)
    }

    @Test
    func `one byte order mark in front of the file is skipped, and shifts no line`() throws {
        let text = try Self.writtenOut()
        #expect(Self.issues("\u{FEFF}" + text).isEmpty)
        #expect(Self.issues("\u{FEFF}\u{FEFF}" + text).first?.detail.contains("line 1, column 1") == true)
        let broken = text.replacing(#""kind": "tmoney""#, with: #""kind": "telegraph""#, maxReplacements: 1)
        #expect(Self.issues("\u{FEFF}" + broken) == Self.issues(broken))
    }

    @Test(
        arguments: [
            (#""kind": "tmoney""#, #""kind": "telegraph""#, "/providers/0/kind", "known kinds"),
            (#""id": "tmoney-tg""#, #""id": "TMoney""#, "/providers/0/id", "a-z"),
            (#""id": "flouci-tn""#, #""id": "tmoney-tg""#, "/providers/1/id", "taken"),
            (#""environment": "sandbox""#, #""environment": "production""#, "/providers/0/environment", "--sandbox"),
            (
                #""settings": { "username": "demo" }"#, #""settings": { "user": "demo" }"#, "/providers/0/settings",
                "user"
            ),
            (#""min": 100"#, #""min": 3000000"#, "/providers/0/limits/XOF", ""),
            (#""XOF": { "min""#, #""XXX9": { "min""#, "/providers/0/limits", ""),
            (#""percent": "1.5""#, #""percent": "much""#, "/providers/0/fees/XOF", ""),
            (#""prompt_lifetime_seconds": 120"#, #""prompt_lifetime_seconds": -6"#, "prompt_lifetime_seconds", "0 to"),
            (#""checks_per_second": 200"#, #""checks_per_second": 0"#, "checks_per_second", "1 to"),
            (#""checks_per_second": 200"#, #""key": "replays""#, "contract/key", "key_window_seconds"),
            (#""checks_per_second": 200"#, #""key": "repeat_flag""#, "contract/key", "only a kind"),
            (#""checks_per_second": 200"#, #""key": "sometimes""#, "contract/key", "replays"),
            (
                "[500, 500, 1000, 1000, 1000, 2000, 2000, 5000, 30000, 300000]", "[]", "check_every_milliseconds",
                "at least one"
            ),
            (
                "[500, 500, 1000, 1000, 1000, 2000, 2000, 5000, 30000, 300000]", "[500, -1]",
                "check_every_milliseconds/1", "1 to"
            ),
            (#""providers": ["tmoney-tg"]"#, #""providers": ["nobody"]"#, "/routing/rules/0", "nobody"),
            (#""strategy": "priority""#, #""strategy": "luck""#, "/routing/rules/0/use", ""),
            (#""phone.country": "TG""#, #""phone.planet": "TG""#, "/routing/rules/0/when", "phone.planet"),
            (#""routing": {"#, #""routings": {}, "routing": {"#, "/routings", "not known"),
        ] as [(String, String, String, String)])
    func `each fault is named with its place`(_ old: String, _ new: String, _ place: String, _ remedy: String) throws {
        let text = try Self.writtenOut()
        let range = try #require(text.range(of: old))
        let issues = Self.issues(text.replacingCharacters(in: range, with: new)).filter { $0.severity == .error }
        #expect(!issues.isEmpty)
        #expect(
            issues.contains { $0.pointer.contains(place) && (remedy.isEmpty || $0.detail.contains(remedy)) },
            "\(issues.map(\.description))")
        #expect(issues.allSatisfy { $0.line != nil || $0.pointer.isEmpty }, "every fault has its line")
    }

    @Test
    func `all faults are told at once`() throws {
        let text = try Self.writtenOut().replacing(#""kind": "card""#, with: #""kind": "cart""#)
            .replacing(#""prompt_lifetime_seconds": 120"#, with: #""prompt_lifetime_seconds": -6"#)
            .replacing(#""phone.country": "TG""#, with: #""phone.country": "Togo""#)
        let places = Set(Self.issues(text).map(\.pointer))
        #expect(places.count >= 3, "\(places)")
    }

    @Test
    func `broken JSON is told with line and column`() {
        let issues = Self.issues("{\n  \"providers\": [,]\n}")
        #expect(issues.first?.detail.contains("line 2") == true, "\(issues)")
    }

    @Test
    func `a secret that is not there is named, and how to give it`() throws {
        let text = try Self.writtenOut().replacing(
            #"{ "password": "demo" }"#, with: #"{ "password": "env:TMONEY_PASSWORD" }"#)
        let issue = try #require(Self.issues(text).first { $0.pointer == "/providers/0/secrets/password" })
        #expect(issue.detail.contains("TMONEY_PASSWORD"))
    }
}
