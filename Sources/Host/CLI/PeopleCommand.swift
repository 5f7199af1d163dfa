import ArgumentParser
import Router

/// `payrouter people`: who may sign what was found out about money.
struct PeopleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "people", abstract: "Add, list and revoke people who may sign findings about money.",
        discussion:
            "Each has a personal token, shown once. Two different people end a review; see `payrouter reviews`.",
        subcommands: [Add.self, List.self, Revoke.self])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Add a person and show their token once.")
        @OptionGroup var common: AppsCommand.Common
        @Argument(help: "The person's name; it stays this person's for ever.") var name: String

        func run() async throws {
            try await reportingFailures {
                let person = try await common.link.call(.post, "/people", ["name": .string(name)])
                if common.output.json { return Terminal.out(Terminal.pretty(person)) }
                Terminal.out("\(name) may sign now. Shown this once; keep it secret, also from colleagues:")
                Terminal.out("  \(person["token"]?.stringValue ?? "")")
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List everybody who may sign or might once.")
        @OptionGroup var common: AppsCommand.Common

        func run() async throws {
            try await reportingFailures {
                let list = try await common.link.call(.get, "/people")
                if common.output.json { return Terminal.out(Terminal.pretty(list)) }
                let people = list["data"]?.arrayValue ?? []
                guard !people.isEmpty else {
                    return Terminal.out(
                        "Nobody may sign yet. `payrouter people add NAME` adds somebody; two are needed.")
                }
                let rows = people.map { person in
                    [
                        person["name"]?.stringValue ?? "", person["created_at"]?.stringValue ?? "",
                        person["revoked_at"]?.stringValue ?? "-",
                    ]
                }
                Terminal.out(Terminal.table(["NAME", "ADDED", "REVOKED"], rows))
            }
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "End a person's token; a first signature of theirs counts no more.")
        @OptionGroup var common: AppsCommand.Common
        @Argument(help: "The person's name.") var name: String

        func run() async throws {
            try await reportingFailures {
                let person = try await common.link.call(.post, "/people/revoke", ["name": .string(name)])
                Terminal.out(
                    common.output.json ? Terminal.pretty(person) : "\(name) may sign nothing any more.")
            }
        }
    }
}
