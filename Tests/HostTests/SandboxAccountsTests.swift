import Foundation
import Providers
import Router
import Testing

@testable import SandboxHosting

/// What goes without saying of providers in the sandbox.
@Suite("Accounts at the sandbox operators")
struct SandboxAccountsTests {
    private let accounts = SandboxAccounts.builtIn

    @Test
    func `a provider of every kind needs its id, kind, environment and flow`() throws {
        let kinds = Set(BuiltInKinds.all.filter(\.hasOperator).map(\.name))
        for kind in kinds {
            let filled = accounts.filled(["id": "a", "kind": .string(kind), "environment": "sandbox"])
            // A kind with several flows has an account once one is named.
            let flows: [JSONValue] = [.null, "page", "redirect"]
            let whole = flows.map { flow in
                flow == .null
                    ? filled
                    : accounts.filled(
                        ["id": "a", "kind": .string(kind), "environment": "sandbox", "settings": ["flow": flow]])
            }
            #expect(whole.contains { $0["secrets"] != nil || $0["contract"] != nil }, "\(kind)")
        }
    }

    @Test
    func `what the file says goes first: members of settings and secrets, the contract whole`() {
        let filled = accounts.filled([
            "kind": "tmoney", "environment": "sandbox", "settings": ["minimum": 5], "secrets": ["password": "own"],
            "contract": [:],
        ])
        #expect(filled["settings"]?["username"] == "demo" && filled["settings"]?["minimum"] == 5)
        #expect(filled["secrets"]?["password"] == "own" && filled["contract"]?.objectValue?.members.isEmpty == true)
    }

    @Test(
        arguments: [
            ["kind": "tmoney", "environment": "production"],
            ["kind": "tmoney", "environment": "sandbox", "base_url": "https://operator.example"],
            ["kind": "telegraph", "environment": "sandbox"], ["kind": "tmoney"], "tmoney", [:],
        ] as [JSONValue])
    func `nothing is filled in at real operators, at other addresses and for other kinds`(_ provider: JSONValue) {
        #expect(accounts.filled(provider) == provider)
    }

    /// Something on this machine stands in for the sandbox operator: a fake of a test, or `payrouter sandbox` elsewhere.
    @Test(arguments: ["http://127.0.0.1:9000", "http://[::1]:9000/tmoney"])
    func `an address of this machine has the same account`(_ address: String) {
        let filled = accounts.filled(["kind": "tmoney", "environment": "sandbox", "base_url": .string(address)])
        #expect(filled["secrets"]?["password"] == "demo" && filled["base_url"]?.stringValue == address)
    }

    @Test
    func `what is no object stays, and is refused where it stands`() {
        let filled = accounts.filled(["kind": "tmoney", "environment": "sandbox", "settings": "demo"])
        #expect(filled["settings"] == "demo" && filled["secrets"]?["password"] == "demo")
    }

    @Test
    func `the shipped file is short`() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path
        let lines = try String(contentsOfFile: root + "/providers.json", encoding: .utf8).split(separator: "\n")
        #expect(lines.count <= 90 && lines.allSatisfy { $0.count <= 120 })
    }
}
