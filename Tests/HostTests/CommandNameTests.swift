import Router
import SandboxHosting
import Testing

@testable import Host

@Suite("Commands that do not exist") struct CommandNameTests {
    @Test(arguments: [
        (["serv"], "there is no command \"serv\"; did you mean \"serve\"?"),
        (["aps", "list"], "there is no command \"aps\"; did you mean \"apps\"?"),
        (["apps", "lst"], "there is no command \"apps lst\"; did you mean \"apps list\"?"),
        (
            ["apps", "require_acceptance"],
            "there is no command \"apps require_acceptance\"; did you mean \"apps require-acceptance\"?"
        ),
        (["providers", "tset", "x"], "there is no command \"providers tset\"; did you mean \"providers test\"?"),
        (["people", "xyz"], "there is no command \"people xyz\"; known: add, list, revoke"),
    ])
    func `are told with the one that may have been meant`(_ arguments: [String], _ text: String) {
        #expect(CommandNames.fault(in: arguments, of: RootCommand.self) == text)
    }

    @Test(
        arguments: [
            [], ["serve"], ["serve", "--sandbox"], ["--help"], ["--version"], ["help"], ["help", "nothing"], ["apps"],
            ["apps", "--help"], ["apps", "list"], ["apps", "disable", "Shop A"], ["check", "x"],
            ["payments", "show", "pay_1"],
        ] as [[String]])
    func `what exists, and asking for help, passes`(_ arguments: [String]) {
        #expect(CommandNames.fault(in: arguments, of: RootCommand.self) == nil)
    }

    @Test
    func `those about sandbox operators are there where the operators are, and come last`() {
        func known() -> String { CommandNames.fault(in: ["qqqqqqqqqq"], of: RootCommand.self) ?? "" }
        let alone = known()
        #expect(alone.hasSuffix(", providers, phone"))
        #expect(CommandNames.fault(in: ["test-values"], of: RootCommand.self) != nil)
        Payrouter.$sandbox.withValue(.builtIn) {
            #expect(known() == alone + ", test-values, sandbox")
            #expect(CommandNames.fault(in: ["test-values"], of: RootCommand.self) == nil)
        }
    }
}
