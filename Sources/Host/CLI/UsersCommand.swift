import ArgumentParser
import Router
import WebText

extension AccountRole: ExpressibleByArgument {}

/// `payrouter users`: accounts of staff and developers.
struct UsersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "users",
        abstract: "Make accounts of staff and developers, give them roles, disable them, let somebody in again.",
        subcommands: [
            Create.self, List.self, Show.self, Roles.self, Disable.self, Enable.self, PasswordLink.self,
            RemoveSecondFactor.self,
        ])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make an account, and print the link with which its owner chooses a password.",
            discussion: """
                Roles: admin (everything), finance (money of all apps, reviews), support (sees all orders, phone numbers \
                masked), developer (apps of their own). Whoever has the role admin or finance signs reviews.
                """)
        @OptionGroup var common: AppsCommand.Common
        @Argument(help: "The person's name.") var name: String
        @Argument(help: .hidden) var others: [String] = []
        @Option(name: .long, help: "The e-mail address to sign in with.") var email: String
        @Option(name: .long, help: "The user name; made of the address if left out.") var username: String?
        @Flag(name: .long, help: "The same as --role admin.") var admin = false
        @Option(name: .long, help: "A role: admin, finance, support or developer; may be repeated.") var role:
            [AccountRole] = []
        @Option(name: .long, help: "The name of `payrouter people` that the same human signs under already.")
        var person: String?

        func validate() throws { try UsersCommand.refuse(others) }

        func run() async throws {
            try await reportingFailures {
                let roles = Set(role + (admin ? [.admin] : []))
                guard !roles.isEmpty else {
                    throw CommandFailure.wrongArgument(
                        "an account needs a role: --admin, or --role finance, support or developer")
                }
                var body = JSONObject([
                    .init("name", .string(name)), .init("email", .string(email)),
                    .init("roles", .array(roles.sorted().map { .string($0.rawValue) })),
                ])
                if let username { body["username"] = .string(username) }
                if let person { body["person"] = .string(person) }
                let user = try await common.link.call(.post, "/users", .object(body))
                if common.output.json { return Terminal.out(Terminal.pretty(user)) }
                Terminal.out("\(name) signs in with \(email) once a password is chosen, within an hour:")
                Terminal.out("  \(user["password_link"]?.stringValue ?? "")")
                if let signer = user["signs_as"]?.stringValue { Terminal.out("Findings are signed as \(signer).") }
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List accounts, newest first; holders, too.")
        @OptionGroup var common: AppsCommand.Common
        @OptionGroup var page: ListPage

        func run() async throws {
            try await reportingFailures {
                try await page.show(
                    "/users", common, nothing: "There are no accounts. `payrouter users create` makes one.",
                    columns: ["USER NAME", "NAME", "ROLES", "STATE", "E-MAIL", "SIGNED UP"]
                ) { user in
                    [
                        user["username"]?.stringValue ?? "", user["name"]?.stringValue ?? "", UsersCommand.roles(user),
                        user["state"]?.stringValue ?? "", user["email"]?.stringValue ?? "-",
                        user["created_at"]?.stringValue ?? "",
                    ]
                }
            }
        }
    }

    /// Says how roles are given, where something stands behind the name.
    fileprivate static func refuse(_ others: [String]) throws {
        guard let first = others.first else { return }
        guard let role = AccountRole(rawValue: first.lowercased()) else {
            throw ValidationError("'\(first)' is one word too many: a name with spaces is put into quotes.")
        }
        throw ValidationError("A role is given with its option: --role \(role.rawValue)")
    }

    private static func roles(_ user: JSONValue) -> String {
        let roles = (user["roles"]?.arrayValue ?? []).compactMap(\.stringValue)
        return roles.isEmpty ? "-" : roles.joined(separator: ", ")
    }

    /// One account, and what is asked about it.
    struct One: ParsableArguments {
        @OptionGroup var common: AppsCommand.Common
        @Argument(help: "The user name, the confirmed e-mail address, or the id.") var name: String

        fileprivate func run(
            _ method: WireRequest.Method, _ action: String = "", _ body: JSONValue? = nil, link: Bool = false
        ) async throws {
            let user = try await common.link.call(method, "/users/\(PercentText.encoded(name))\(action)", body)
            if common.output.json { return Terminal.out(Terminal.pretty(user)) }
            for (label, value) in [
                ("user name", user["username"]?.stringValue), ("name", user["name"]?.stringValue),
                ("roles", UsersCommand.roles(user)), ("state", user["state"]?.stringValue),
                ("e-mail", user["email"]?.stringValue), ("signs as", user["signs_as"]?.stringValue),
                ("second factor", user["second_factor"] == true ? "yes" : "no"),
                ("password link", user["password_link"]?.stringValue),
            ] {
                guard let value else { continue }
                Terminal.out("\(label): \(value)")
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show an account.")
        @OptionGroup var one: One
        func run() async throws { try await reportingFailures { try await one.run(.get) } }
    }

    struct Roles: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give an account exactly these roles; without any, none. Whoever loses one is signed out.")
        @OptionGroup var one: One
        @Argument(help: .hidden) var others: [String] = []
        @Option(name: .long, help: "A role: admin, finance, support or developer; may be repeated.") var role:
            [AccountRole] = []
        @Option(name: .long, help: "The name of `payrouter people` that the same human signs under already.")
        var person: String?

        func validate() throws { try UsersCommand.refuse(others) }

        func run() async throws {
            try await reportingFailures {
                var body = JSONObject([.init("roles", .array(Set(role).sorted().map { .string($0.rawValue) }))])
                if let person { body["person"] = .string(person) }
                try await one.run(.post, "/roles", .object(body))
            }
        }
    }

    struct Disable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sign somebody out everywhere, and let them in no more.")
        @OptionGroup var one: One
        func run() async throws { try await reportingFailures { try await one.run(.post, "/disable") } }
    }

    struct Enable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Let a disabled account sign in again.")
        @OptionGroup var one: One
        func run() async throws { try await reportingFailures { try await one.run(.post, "/enable") } }
    }

    struct PasswordLink: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "password-link",
            abstract: "Print a link with which the owner chooses a new password; it holds an hour.")
        @OptionGroup var one: One
        func run() async throws { try await reportingFailures { try await one.run(.post, "/password-link") } }
    }

    struct RemoveSecondFactor: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "remove-second-factor",
            abstract: "Take a lost second factor away; the password alone is asked for then.")
        @OptionGroup var one: One
        func run() async throws { try await reportingFailures { try await one.run(.post, "/remove-second-factor") } }
    }
}
