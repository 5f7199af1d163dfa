import Foundation
import Providers
import Router
import Sandbox
import Testing

@testable import Host
@testable import SandboxHosting

/// What the host tells the sandbox operators, and what it tells people about them.
@Suite("The sandbox operators and the host")
struct SandboxWiringTests {
    private static func shipped() throws -> Configuration {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path
        return try Configuration.load(
            Array(try String(contentsOfFile: root + "/providers.json", encoding: .utf8).utf8), path: "providers.json",
            in: Configuration.Environment(
                kinds: BuiltInKinds.all, secrets: SecretSource(environment: [:]),
                sandbox: .builtIn, sandboxURL: { "http://127.0.0.1:1/\($0)" }, sandboxOnly: true))
    }

    @Test
    func `every shipped provider that is called back is registered, under its own account`() throws {
        let registrations = SandboxService.registrations(try Self.shipped().accounts, publicURL: "http://pay.example")
        let expected = [
            SandboxRegistration(
                operator: .tmoney, account: "demo", callbackURL: "http://pay.example/callbacks/tmoney-tg"),
            SandboxRegistration(
                operator: .card, account: SandboxCredentials.cardSecretKey,
                callbackURL: "http://pay.example/callbacks/card-main", secret: "whsec_sandbox_0001"),
            SandboxRegistration(
                operator: .mtn, account: SandboxCredentials.mtnUser,
                callbackURL: "http://pay.example/callbacks/mtn-cm"),
            SandboxRegistration(
                operator: .paygate, account: SandboxCredentials.paygateToken,
                callbackURL: "http://pay.example/callbacks/paygate-tg"),
            SandboxRegistration(
                operator: .flooz, account: SandboxCredentials.floozUser,
                callbackURL: "http://pay.example/callbacks/flooz-tg"),
        ]
        for registration in expected { #expect(registrations.contains(registration)) }
        #expect(Set(registrations.map(\.operator)).isSubset(of: Set(SandboxOperator.allCases)))
    }

    @Test
    func `a program without sandbox operators refuses to run with them, and says what to do`() async {
        for mode in [HostOptions.SandboxMode.inProcess(port: 0), .remote(url: "http://127.0.0.1:1")] {
            let options = HostOptions(configurationPath: "", dataPath: "", sandbox: mode, environment: [:])
            let fault = await #expect(throws: StartFailure.self) {
                _ = try await RouterHost.make(options, kinds: BuiltInKinds.all)
            }
            let text = fault?.description ?? ""
            #expect(text.contains("--sandbox") && text.contains("start it without") && text.contains("SandboxHosting"))
        }
    }

    @Test
    func `a program without sandbox operators asks for the address of a sandbox provider`() throws {
        let file = #"""
            {"providers": [{"id": "a", "kind": "tmoney", "environment": "sandbox", "settings": {"username": "demo"},
            "secrets": {"password": "demo"}}], "routing": {"otherwise": {"providers": ["a"]}}}
            """#
        let environment = Configuration.Environment(
            kinds: BuiltInKinds.all, secrets: SecretSource(environment: [:]), sandbox: nil, sandboxURL: { _ in nil },
            sandboxOnly: false)
        let failure = #expect(throws: ConfigurationFailure.self) {
            _ = try Configuration.load(Array(file.utf8), path: "providers.json", in: environment)
        }
        let issue = failure?.issues.first { $0.pointer == "/providers/0/environment" }
        #expect(issue?.detail.contains("no sandbox operators") == true && issue?.detail.contains("base_url") == true)
    }

    @Test
    func `every kind in the sandbox has an operator of its name`() throws {
        let bookkept = BuiltInKinds.all.filter { !$0.hasOperator }.map(\.name)
        for account in try Self.shipped().accounts
        where account.environment == .sandbox && !bookkept.contains(account.kind) {
            #expect(SandboxOperator(rawValue: account.kind) != nil, "\(account.kind)")
        }
    }

    @Test
    func `what an operator executes once is new in every value, and with every call`() {
        let ids = (TestValues.all + TestValues.all).compactMap {
            $0.json["confirm"]?["operator_payment_id"]?.stringValue
        }
        #expect(ids.count >= 14 && Set(ids).count == ids.count)
        let names: Set = ["reference", "order_id", "idempotency_key", "order_number"]
        for value in TestValues.all {
            for body in [value.payment, value.request, value.confirm].compactMap({ $0?.objectValue }) {
                #expect(names.isDisjoint(with: body.members.map(\.name)), "\(value.channel) \(value.outcome)")
            }
        }
    }

    @Test
    func `a test value has whole bodies, of the operation it is for`() throws {
        for value in TestValues.all {
            let create = value.operation == "refund" ? value.payment : value.request
            let body = try #require(create?.objectValue, "\(value.channel) \(value.outcome)")
            #expect(body["amount"]?.integerValue ?? 0 > 0 && body["currency"]?.stringValue?.count == 3)
            #expect(body["channel"]?.stringValue == value.channel)
            #expect((value.operation == "refund") == (value.payment != nil))
            #expect((value.operation == "authorize") == (body["capture"] == false))
            if value.operation == "refund" { #expect(value.request["amount"]?.integerValue ?? 0 > 0) }
            #expect(SandboxScenario.Operation(rawValue: value.operation) != nil)
        }
        let refund = try #require(TestValues.all.first { $0.channel == "mtn-momo" && $0.operation == "refund" })
        #expect(refund.json["payment"]?["customer"]?["phone"] == "+237670000001")
        #expect(refund.json["request"] == ["amount": 1] && refund.json["confirm"] == nil)
        let code = try #require(TestValues.all.first { $0.channel == "flouci-code" })
        #expect(code.json["confirm"]?["code"] == "111111")
        #expect(code.json["confirm"]?["operator_payment_id"]?.stringValue?.hasPrefix("sandbox-form-") == true)
        let opened = Set(TestValues.all.filter(\.actsWhenOpened).map(\.channel))
        #expect(opened == ["card", "flouci", "thai-wallets", "promptpay", "tmoney-online"])
        #expect(code.json["acts"] == "at_once")
    }
}
