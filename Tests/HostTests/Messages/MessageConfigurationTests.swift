import CurlTransport
import Messages
import Providers
import Router
import RouterTestKit
import SandboxHosting
import Testing

@testable import Host

@Suite("providers.json: messages") struct MessageConfigurationTests {
    private static let sms = #""url": "https://sms.example/send", "body": { "to": "{phone}", "text": "{text}" }"#
    private static let mail = #""host": "smtp.example", "port": 587, "security": "starttls", "from": "a@b.example""#

    private static func load(_ messages: String) -> Result<Configuration, ConfigurationFailure> {
        LimitedConfiguration.load("\"messages\": \(messages)")
    }

    /// The faults of an SMS gateway that is changed in one place.
    private static func sms(_ old: String, _ new: String) -> [ConfigurationIssue] {
        load("{ \"sms\": { \(sms.replacing(old, with: new)) } }").failure?.issues ?? []
    }

    @Test(arguments: [
        ("https://sms.example/send", "http://sms.example/send", "/url", "https://"),
        ("https://sms.example/send", "sms.example", "/url", "no address"),
        ("https://sms.example/send", "https://sms.example/send?to={phone}", "/url", "logged"),
        ("https://sms.example/send", "https://sms.example/send#x", "/url", "fragment"),
        ("https://sms.example/send", "https://user:x@sms.example/", "/url", "user"),
        ("https://sms.example/send", "http://127.0.0.1:1/", "/url", "\"addresses\": \"any\""),
        ("https://sms.example/send", "https://localhost/", "/url", "\"addresses\": \"any\""),
        ("{phone}", "{phnoe}", "/body/to", "did you mean \"phone\"?"), ("{phone}", "{phone", "/body/to", "partner"),
        ("{phone}", "you", "/body", "{phone} or {phone_digits}"), ("{text}", "hi", "/body", "write {text}"),
        (#"{ "to": "{phone}", "text": "{text}" }"#, #""{phone}{text}""#, "/body", "expected an object"),
        (#""to": "{phone}""#, #""a~/b": ["{phone}", { "c": "{phone" }]"#, "/body/a~0~1b/1/c", "partner"),
        ("{text}", "{text}{secret}", "/secret", "env:NAME"),
        (#""url""#, #""method": "GET", "url""#, "/method", "POST"),
        (#""url""#, #""format": "forms", "url""#, "/format", "did you mean \"form\"?"),
        (#""url""#, #""format": "form", "accepted": [], "url""#, "/accepted", "at least one"),
        (#""url""#, #""accepted": [200, 99], "url""#, "/accepted/1", "200 to 599"),
        (#""url""#, #""accepted": [200, 400], "refused": [400], "url""#, "/refused", "400"),
        (#""url""#, #""addresses": "private", "url""#, "/addresses", "public, any"),
        (#""url""#, #""header": {}, "url""#, "/header", "did you mean \"headers\"?"),
        (#""url""#, #""headers": { "X Key": "a" }, "url""#, "/headers/X Key", "no name of a header"),
        (#""url""#, #""headers": { "Content-Length": "1" }, "url""#, "/headers/Content-Length", "leave it out"),
        (#""url""#, #""headers": { "X": "a\r\nY: b" }, "url""#, "/headers/X", "line breaks"),
        (#""url""#, #""headers": { "X": "{text}" }, "url""#, "/headers/X", "{secret}, {id}"),
        (#""url""#, #""headers": { "X": "a", "x": "b" }, "url""#, "/headers/x", "twice"),
        (
            #""url""#, #""headers": { "X": "{secret}" }, "secret": "a\nb", "url""#, "/secret", "no header may hold"
        ),
        (#""url""#, #""headers": { "X": "{secret}" }, "secret": "env:NO_SUCH", "url""#, "/secret", "NO_SUCH"),
    ])
    func `what an SMS gateway cannot be is told with its place`(
        _ old: String, _ new: String, _ place: String, _ words: String
    ) throws {
        let issues = Self.sms(old, new)
        let fault = try #require(issues.first { $0.severity == .error }, "\(new)")
        #expect(fault.pointer == "/messages/sms" + place, "\(fault)")
        #expect(fault.detail.contains(words), "\(fault)")
        #expect(fault.line == 4 && issues.count { $0.severity == .error } == 1)
    }

    @Test(arguments: [
        ("smtp.example", "smtp.example:587", "/host", "without scheme and port"),
        ("smtp.example", "smtps://smtp.example", "/host", "without scheme and port"),
        ("smtp.example", "", "/host", "name"),
        ("587", "0", "/port", "1 to 65535"), ("587", "\"587\"", "/port", "integer"),
        ("starttls", "none", "/security", "this machine only"),
        ("starttls", "ssl", "/security", "one of starttls, tls"),
        ("a@b.example", "Shop <a@b.example", "/from", "behind the address"),
        ("a@b.example", "Shop\\r\\nBcc: x@y.example <a@b.example>", "/from", "line breaks"),
        ("a@b.example", "a@b", "/from", "example.com"),
        ("a@b.example\"", "a@b.example\", \"user\": \"x\"", "/password", "user"),
        ("a@b.example\"", "a@b.example\", \"password\": \"x\"", "/user", "password"),
        ("a@b.example\"", "a@b.example\", \"user\": \"\", \"password\": \"x\"", "/user", "empty"),
        (
            "a@b.example\"", "a@b.example\", \"user\": \"x\", \"password\": \"file:/nowhere/x\"", "/password",
            "/nowhere/x"
        ),
        ("a@b.example\"", "a@b.example\", \"ca_file\": \"/nowhere/ca.pem\"", "/ca_file", "/nowhere/ca.pem"),
        ("a@b.example\"", "a@b.example\", \"ca_file\": \"/dev/null\"", "/ca_file", "PEM"),
        ("a@b.example\"", "a@b.example\", \"pasword\": \"x\"", "/pasword", "did you mean \"password\"?"),
    ])
    func `what a mail server cannot be is told with its place`(
        _ old: String, _ new: String, _ place: String, _ words: String
    ) throws {
        let text = Self.mail.replacing(old, with: new, maxReplacements: 1)
        let failure = try #require(Self.load("{ \"mail\": { \(text) } }").failure, "\(new)")
        let fault = try #require(failure.issues.first)
        #expect(fault.pointer == "/messages/mail" + place, "\(fault)")
        #expect(fault.detail.contains(words), "\(fault)")
        #expect(failure.issues.count == 1)
    }

    @Test func `what is missing is told`() throws {
        let failure = try #require(Self.load(#"{ "smss": {} }"#).failure)
        #expect(failure.issues.first?.detail.contains("did you mean \"sms\"?") == true)
        #expect(Self.load(#"{ "sms": {} }"#).failure?.issues.first?.pointer == "/messages/sms/url")
        #expect(Self.load(#"{ "mail": { "host": "a" } }"#).failure?.issues.first?.pointer == "/messages/mail/port")
    }

    @Test func `what is said counts, and the usual where nothing is`() throws {
        let settings = try #require(
            Self.load(
                """
                { "sms": { "url": "http://127.0.0.1:13013/send", "method": "PUT", "format": "form", "addresses": "any",
                           "headers": { "Authorization": "Bearer {secret}" }, "secret": "s3cret",
                           "body": { "to": "{phone_digits}", "text": "{text}", "ref": "{id}" },
                           "accepted": [204], "refused": [400, 422] },
                  "mail": { "host": "127.0.0.1", "port": 25, "security": "none", "from": "Shop <a@b.example>",
                            "user": "u", "password": "p", "ca_file": null } }
                """
            ).success?.messages)
        guard case .gateway(let sms) = settings.phone, case .server(let server, let sender) = settings.mail else {
            #expect(Bool(false), "\(settings)")
            return
        }
        #expect(sms.url == "http://127.0.0.1:13013/send" && sms.method == .put && sms.addresses == .any)
        #expect(sms.accepted == [204] && sms.refused == [400, 422] && sms.secret == Secret("s3cret"))
        #expect(sms.headers.map(\.name) == ["Authorization"] && sms.body.templates.count == 3)
        #expect(server.host == "127.0.0.1" && server.port == 25 && server.security == .none)
        #expect(server.login == .init(user: "u", password: Secret("p")) && server.authorities == .system)
        #expect(sender.name == "Shop" && sender.address.text == "a@b.example")
        #expect(!"\(settings)".contains("s3cret"))

        let usual = try #require(Self.load("{ \"sms\": { \(Self.sms) } }").success?.messages)
        guard case .gateway(let sms) = usual.phone else {
            #expect(Bool(false), "\(usual)")
            return
        }
        #expect(sms.method == .post && sms.accepted == [200, 201, 202] && sms.refused == [400])
        #expect(sms.addresses == .publicOnly && usual.mail == nil)
    }

    @Test func `a secret that nothing uses is told, and is no fault`() throws {
        let loaded = try #require(Self.load("{ \"sms\": { \(Self.sms), \"secret\": \"x\" } }").success)
        #expect(loaded.warnings.map(\.pointer) == ["/messages/sms/secret"])
    }

    @Test func `a sandbox keeps messages in its inbox unless it is told otherwise`() throws {
        #expect(LimitedConfiguration.load(nil).success?.messages == .sandbox)
        #expect(Self.load("{}").success?.messages == MessageSettings())
        #expect(Self.load("{ \"sms\": { \(Self.sms) } }").success?.messages.mail == nil)
    }

    @Test func `where real money moves, a secret does not stand in the file, and silence sends nothing`() throws {
        func load(_ messages: String) -> Result<Configuration, ConfigurationFailure> {
            let text = """
                { "providers": [ { "id": "w", "kind": "wallet", "environment": "production",
                  "settings": { "currencies": ["XOF"] } } ], "trusted_proxies": [],
                  "routing": { "otherwise": { "strategy": "priority", "providers": ["w"] } }\(messages) }
                """
            do throws(ConfigurationFailure) {
                return .success(
                    try Configuration.load(
                        Array(text.utf8), path: "providers.json",
                        in: .init(
                            kinds: BuiltInKinds.all, secrets: SecretSource(environment: ["TOKEN": "t"]),
                            sandbox: .builtIn, sandboxURL: { _ in nil }, sandboxOnly: false)))
            } catch { return .failure(error) }
        }
        #expect(load("").success?.messages == MessageSettings())
        func sms(_ secret: String) -> String {
            let body = #""url": "https://sms.example/", "body": { "a": "{phone}{text}{secret}" }"#
            return ", \"messages\": { \"sms\": { \(body), \"secret\": \"\(secret)\" } }"
        }
        #expect(load(sms("env:TOKEN")).success != nil)
        #expect(load(sms("t")).failure?.issues.map(\.pointer) == ["/messages/sms/secret"])
    }
}
