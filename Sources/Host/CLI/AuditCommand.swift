import ArgumentParser
import Router

/// `payrouter audit`: who did what to what.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "List who did what to what, and look whether a line was changed or taken out.",
        subcommands: [List.self, Verify.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the audit trail, newest first.")
        @OptionGroup var common: AppsCommand.Common
        @OptionGroup var page: ListPage
        @Option(name: .long, help: "What this account did: its user name, or \"command line\".") var actor: String?
        @Option(name: .long, help: "What was done to this account, app or order: its identifier.") var subject: String?

        func run() async throws {
            try await reportingFailures {
                try await page.show(
                    "/audit", common, filters: [("actor", actor), ("subject", subject)], nothing: "Nothing fits.",
                    columns: ["NO.", "AT", "WHO", "WHAT", "TO WHAT"]
                ) { line in
                    [
                        line["number"]?.integerValue.map { "\($0)" } ?? "", line["at"]?.stringValue ?? "",
                        line["actor"]?.stringValue ?? "", line["action"]?.stringValue ?? "",
                        line["subject"]?.stringValue ?? "",
                    ]
                }
            }
        }
    }

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Read the whole trail, and say whether every line is as it was written.",
            discussion: "Keep the digest elsewhere: it shows later that no line was taken off the end.")
        @OptionGroup var common: AppsCommand.Common

        func run() async throws {
            try await reportingFailures {
                let found = try await common.link.call(.get, "/audit/verify")
                if common.output.json { Terminal.out(Terminal.pretty(found)) }
                guard found["whole"] == true else {
                    throw CommandFailure(
                        description:
                            "line \(found["broken_at"]?.integerValue ?? 0) of the audit trail is changed, missing "
                            + "or out of its order: somebody wrote to the database; compare it with a backup")
                }
                guard !common.output.json else { return }
                Terminal.out("\(found["count"]?.integerValue ?? 0) lines, all as they were written.")
                Terminal.out("digest \(found["digest"]?.stringValue ?? "")")
            }
        }
    }
}
