import Foundation
import Providers
import Router
import RouterTestKit
import Sandbox
import Testing

@testable import Host
@testable import SandboxHosting

/// Names in `providers.json` that are not known are told with what may have been meant; what is not JSON with its place.
@Suite("Names in providers.json") struct ConfigurationNameTests {
    private static func text() throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path
        return try String(contentsOfFile: root + "/scripts/contract/written-out.json", encoding: .utf8)
    }

    /// The same providers at the sandbox's own operators.
    private static func atSandbox() throws -> String {
        try text().replacing(#"      "base_url": "https://operator.example/elsewhere",\#n"#, with: "")
    }

    private static func load(
        _ text: String, router: String? = nil, variables: [String: String] = [:]
    ) -> Result<Configuration, ConfigurationFailure> {
        let environment = Configuration.Environment(
            kinds: BuiltInKinds.all, secrets: SecretSource(environment: variables),
            sandbox: .builtIn, sandboxURL: { "http://127.0.0.1:1/\($0)" }, sandboxOnly: true, routerURL: router)
        do throws(ConfigurationFailure) {
            return .success(try Configuration.load(Array(text.utf8), path: "providers.json", in: environment))
        } catch { return .failure(error) }
    }

    private static func issues(_ text: String) -> [ConfigurationIssue] {
        switch load(text) {
        case .success(let configuration): configuration.warnings
        case .failure(let failure): failure.issues
        }
    }

    @Test(
        arguments: [
            (#""kind": "tmoney""#, #""kind": "t-money""#, "tmoney"),
            (#""kind": "flouci""#, #""kind": "flucy""#, "flouci"),
            (#""kind": "ksher""#, #""kind": "kscher""#, "ksher"),
            (#""settings": { "username": "demo" }"#, #""settings": { "user_name": "demo" }"#, "username"),
            (#""flow": "page""#, #""flow": "pages""#, "page"), (#""flow": "page""#, #""fluw": "page""#, "flow"),
            (#""secrets": { "password""#, #""secrets": { "pasword""#, "password"),
            (#""secrets": { "password""#, #""secret": { "password""#, "secrets"),
            (#""environment": "sandbox""#, #""environment": "sand""#, "sandbox"),
            (#""limits": { "XOF""#, #""limits": { "xof""#, "XOF"), (#""limits""#, #""limit""#, "limits"),
            (#""prompt_lifetime_seconds""#, #""promptLifetimeSeconds""#, "prompt_lifetime_seconds"),
            (#""strategy": "priority""#, #""strategy": "priorty""#, "priority"),
            (#""providers": ["tmoney-tg"]"#, #""providers": ["tmoney-gt"]"#, "tmoney-tg"),
            (#""phone.country": "TG""#, #""phone.contry": "TG""#, "phone.country"),
            (#""phone.country": "TG""#, #""phone.country": "tg""#, "TG"),
            (#""routing": {"#, #""routng": {"#, "routing"), (#""otherwise""#, #""otherwse""#, "otherwise"),
        ] as [(String, String, String)])
    func `the near name is offered`(_ old: String, _ new: String, _ meant: String) throws {
        let text = try Self.text()
        let range = try #require(text.range(of: old), "\(old)")
        let issues = Self.issues(text.replacingCharacters(in: range, with: new))
        #expect(
            issues.contains {
                $0.detail.contains("did you mean \"\(meant)\"?") && ($0.line != nil || $0.pointer.isEmpty)
            },
            "\(issues.map(\.description))")
    }

    @Test
    func `what is like nothing is told with all that is known`() throws {
        let text = try Self.text().replacing(#""kind": "card""#, with: #""kind": "telegraph""#)
        let issue = try #require(Self.issues(text).first { $0.pointer.hasSuffix("/kind") })
        #expect(issue.detail.contains("known kinds: card, ") && !issue.detail.contains("did you mean"))
    }

    @Test(arguments: ["// our providers", "/* our providers */", "# ours"])
    func `comments are named with line and column`(_ comment: String) throws {
        let text = try Self.text().replacing(#"  "providers": ["#, with: "  \(comment)\n  \"providers\": [")
        let issue = try #require(Self.issues(text).first)
        #expect(issue.detail.contains("line 3, column 3: a comment stands here"), "\(issue)")
        let after = try #require(Self.issues(try Self.text() + comment).first)
        #expect(after.detail.contains("a comment stands here"), "\(after)")
    }

    // MARK: The router's own address

    private static func webhook(_ configuration: Configuration) -> String? {
        configuration.accounts.first { $0.id.text == "ksher-th" }?.settings["webhook_url"]?.stringValue
    }

    @Test(arguments: ["http://127.0.0.1:9000", "http://[::1]:8080", "https://pay.example/router"])
    func `at sandbox, the address that notifications sign is this router's, wherever it listens`(
        _ router: String
    ) throws {
        let loaded = try Self.load(try Self.atSandbox(), router: router).get()
        #expect(Self.webhook(loaded) == router + "/callbacks/ksher-th")
        let registered = SandboxService.registrations(loaded.accounts, publicURL: router)
        #expect(registered.contains { $0.callbackURL == router + "/callbacks/ksher-th" })
    }

    @Test
    func `elsewhere it is what the file says: at an operator of one's own, in checks, and where nothing is said`()
        throws
    {
        let text = try Self.atSandbox()
        let written = "http://127.0.0.1:8080/callbacks/ksher-th"
        #expect(try Self.webhook(Self.load(text).get()) == written)
        let own = text.replacing(
            #""id": "ksher-th","#, with: #""id": "ksher-th", "base_url": "https://shop.vip.ksher.example","#)
        #expect(try Self.webhook(Self.load(own, router: "http://127.0.0.1:9000").get()) == written)
        let silent = try Self.text().replacing(#""webhook_url": "\#(written)""#, with: #""mid": "m1""#)
        #expect(try Self.webhook(Self.load(silent, router: "http://127.0.0.1:9000").get()) == nil)
        let wrong = text.replacing(written, with: "shop.example")
        let failure = try #require(
            Self.load(wrong, router: "http://127.0.0.1:9000").failure, "an address that is none was taken")
        #expect(failure.issues.contains { $0.pointer.hasSuffix("/settings/webhook_url") })
    }

    // MARK: Keys from variables and files

    @Test
    func `a key in PEM comes from a file and from a variable; another is told why not`() throws {
        let configuration = try StrictJSON.parse(Array(try Self.text().utf8))
        let provider = try #require(configuration["providers"]?.arrayValue?.first { $0["kind"] == "ksher-rsa" })
        let key = try #require(provider["secrets"]?["private_key"]?.stringValue)
        let body = key.split(separator: "\n").filter { !$0.hasPrefix("-----") }.joined()
        let pem =
            "-----BEGIN RSA PRIVATE KEY-----\n\(body.prefix(64))\n\(body.dropFirst(64))\n-----END RSA PRIVATE KEY-----\n"
        let file = NSTemporaryDirectory() + "payrouter-key-" + UUID().uuidString
        try pem.write(toFile: file, atomically: true, encoding: .utf8)
        let place = JSONValue.string(key).jsonText
        func load(_ reference: String, _ value: String) throws -> [ConfigurationIssue] {
            let text = try Self.text()
            #expect(text.contains(place))
            let changed = text.replacing(place, with: "\"\(reference)\"")
            guard case .failure(let failure) = Self.load(changed, variables: ["KEY": value]) else { return [] }
            return failure.issues
        }
        #expect(try load("file:" + file, "").isEmpty)
        for spelling in [
            pem, pem.replacing("\n", with: "\\n"), pem.replacing("\n", with: "\r\n"), pem.replacing("\n", with: " "),
            pem.replacing("\n", with: "\\r\\n"), body, body + "\n",
        ] {
            #expect(try load("env:KEY", spelling).isEmpty, "\(spelling.prefix(40))")
        }
        let issue = try #require(try load("env:KEY", pem.replacing("PRIVATE", with: "PUBLIC")).first)
        #expect(issue.pointer.hasSuffix("/secrets/private_key"))
        #expect(issue.detail.contains("expected an RSA private key as PEM") && issue.detail.contains("RSA PUBLIC KEY"))
        #expect(!issue.detail.contains(String(body.prefix(20))))
    }

    @Test
    func `a password of two lines is refused as what it is`() throws {
        let text = try Self.text().replacing(#"{ "password": "demo" }"#, with: #"{ "password": "env:PW" }"#)
        let failure = try #require(
            Self.load(text, variables: ["PW": "demo\n# of the shop"]).failure, "two lines were taken")
        #expect(failure.issues.first?.pointer == "/providers/0/secrets/password")
        #expect(failure.issues.first?.detail.contains("must be one line") == true)
        try #require(
            Self.load(text, variables: ["PW": "demo\r\n"]).success != nil, "a line break at the end was not lost")
    }
}
