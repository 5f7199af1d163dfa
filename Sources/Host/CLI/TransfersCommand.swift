import ArgumentParser
import Router
import WebText

/// `payrouter transfers`: follow transfers of all apps, and have the money of a parked one given back.
struct TransfersCommand: AsyncParsableCommand {
    /// What the calls of the control socket are named after.
    static let collection = "transfers"

    static let configuration = CommandConfiguration(
        commandName: "transfers", abstract: "List and show transfers; try again to give back a parked one's money.",
        subcommands: [List.self, Show.self, Retry.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List transfers, newest first, and add them up.")
        @OptionGroup var listing: OrderListing

        func run() async throws { try await reportingFailures { try await listing.print(TransfersCommand.collection) } }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show one with its orders and their attempts, everything booked for it, and what is in suspense.")
        @OptionGroup var common: AppsCommand.Common
        @Argument(help: "The id: tr_...") var id: String

        func run() async throws {
            try await reportingFailures {
                let followed = try await common.link.call(.get, "/transfers/\(PercentText.encoded(id))")
                Terminal.out(common.output.json ? Terminal.pretty(followed) : TransferText.whole(followed))
            }
        }
    }

    struct Retry: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Try once more to give a parked transfer's money back to its sender.",
            discussion: """
                For a transfer that nobody could be paid and whose money could not be given back, once the reason is gone: \
                a provider is there again, or its balance suffices. What is paid by other means two people end: \
                `payrouter reviews resolve`. The personal token comes from --token-file, else from \
                PAYROUTER_PERSON_TOKEN, else it is asked for.
                """)
        @OptionGroup var common: AppsCommand.Common
        @Argument(help: "The id: tr_...") var id: String
        @Option(name: .customLong("as"), help: "Your name, as `payrouter people list` shows it.") var person: String
        @Option(name: .long, help: "A file that holds your personal token.") var tokenFile: String?

        func run() async throws {
            try await reportingFailures {
                let body: JSONValue = [
                    "as": .string(person), "token": .string(try PersonalToken.read(tokenFile, of: person)),
                ]
                let transfer = try await common.link.call(.post, "/transfers/\(PercentText.encoded(id))/retry", body)
                if common.output.json { return Terminal.out(Terminal.pretty(transfer)) }
                let phase = transfer["phase"]?.stringValue ?? ""
                Terminal.out(
                    "\(id) is \(transfer["status"]?.stringValue ?? "") (\(phase)); `payrouter transfers show \(id)`.")
            }
        }
    }
}
