import ArgumentParser
import Router
import WebText

/// `payrouter config`: versions of the configuration, which one is worked with, and changing it without a restart.
struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract:
            "List, show, compare and try versions of the configuration; activate one without a restart; take it back.",
        discussion: """
            A version is the text of a providers.json, with who made it, when and why. The router runs the one that was \
            activated last; payments that are under way end on the one that they began with. Without a running router an \
            activation is what the next start runs.
            """,
        subcommands: [List.self, Show.self, Diff.self, Try.self, Activate.self, Rollback.self])

    static let path = "/v1/admin/config"

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List versions, newest first.")
        @OptionGroup var common: AppsCommand.Common
        @OptionGroup var page: ListPage

        func run() async throws {
            try await reportingFailures {
                try await page.show(
                    ConfigCommand.path + "/versions", common,
                    nothing: "There is no version yet; the first start makes one of the file.",
                    columns: ConfigText.columns, row: ConfigText.row)
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show a version: who made it, when it was worked with, its file.")
        @OptionGroup var common: AppsCommand.Common
        @Argument(help: "The version's number.") var number: Int64
        @Flag(name: .long, help: "Print the file alone, as it was.") var file = false

        func run() async throws {
            try await reportingFailures {
                // The file is shown as it is; what steers a terminal is taken out where it is printed.
                let version = try await AdminLink(data: common.data).call(
                    .get, ConfigCommand.path + "/versions/\(number)")
                let text = version["file"]?.stringValue ?? ""
                if file { return Terminal.out(text) }
                if common.output.json { return Terminal.out(Terminal.pretty(version)) }
                for line in ConfigText.lines(VisibleText.escaped(version), file: text) { Terminal.out(line) }
            }
        }
    }

    struct Diff: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say what differs: between two versions, or between one and the file.",
            discussion: """
                Without numbers it is the version that is worked with and the file; with one, that version and the file; with \
                two, those versions. Values are not shown: `payrouter config show NUMBER --file` prints a file.
                """)
        @OptionGroup var common: AppsCommand.Common
        @Option(name: .long, help: "The configuration file.") var config = "providers.json"
        @Argument(help: "The version to begin with; the one that is worked with if left out.") var from: Int64?
        @Argument(help: "The version to compare it with; the file if left out.") var to: Int64?

        func run() async throws {
            try await reportingFailures {
                var body: JSONValue = [
                    "from": from.map { JSONValue($0) } ?? .null, "to": to.map { JSONValue($0) } ?? .null,
                ]
                if to == nil, var members = body.objectValue {
                    members["file"] = .string(try ConfigText.file(config))
                    members["name"] = .string(config)
                    body = .object(members)
                }
                let answer = try await common.link.call(.post, ConfigCommand.path + "/diff", body.withoutNulls)
                if common.output.json { return Terminal.out(Terminal.pretty(answer)) }
                let lines = ConfigurationDifference.lines(answer)
                Terminal.out(lines.isEmpty ? "Nothing differs." : lines.joined(separator: "\n"))
            }
        }
    }
}
