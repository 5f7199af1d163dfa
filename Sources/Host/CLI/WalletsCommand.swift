import ArgumentParser
import Router
import WebText

/// `payrouter wallets`: look at wallets of all apps; freeze, unfreeze and close them.
struct WalletsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wallets", abstract: "List and show wallets; freeze, unfreeze and close them.",
        subcommands: [List.self, Show.self, Freeze.self, Unfreeze.self, Close.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List wallets, newest first.")
        @OptionGroup var common: AppsCommand.Common
        @Option(name: .long, help: "Only of this app: its id or name.") var app: String?
        @Option(name: .long, help: "sandbox or production; both if left out.") var environment: String?
        @Option(name: .long, help: "The caller's own name for it.") var reference: String?
        @Option(name: .long, help: "app or holder.") var owner: String?
        @Option(name: .long, help: "open, frozen or closed.") var state: String?
        @Option(name: .long, help: "1 to 100.") var limit = 20
        @Option(name: .long, help: "The page behind an earlier one; that one says how.") var after: String?

        func run() async throws {
            try await reportingFailures {
                let filters = [
                    ("app", app), ("environment", environment), ("reference", reference), ("owner", owner),
                    ("state", state), ("after", after),
                ]
                let query = filters.compactMap { name, value in value.map { "&\(name)=\(PercentText.encoded($0))" } }
                let list = try await common.link.call(.get, "/wallets?limit=\(limit)" + query.joined())
                if common.output.json { return Terminal.out(Terminal.pretty(list)) }
                Terminal.out(WalletText.table(list["data"]?.arrayValue ?? []))
                Terminal.next(list)
            }
        }
    }

    /// The commands about one wallet.
    struct One: ParsableArguments {
        @OptionGroup var common: AppsCommand.Common
        @Argument(help: "The id: wal_...") var id: String

        fileprivate func run(_ method: WireRequest.Method, _ action: String = "") async throws {
            let wallet = try await common.link.call(method, "/wallets/\(PercentText.encoded(id))\(action)")
            Terminal.out(common.output.json ? Terminal.pretty(wallet) : WalletText.whole(wallet))
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show one with its balance, its limits and the newest lines of its history.")
        @OptionGroup var one: One
        func run() async throws { try await reportingFailures { try await one.run(.get) } }
    }

    struct Freeze: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let nothing leave it any more; what arrives is taken.")
        @OptionGroup var one: One
        func run() async throws { try await reportingFailures { try await one.run(.post, "/freeze") } }
    }

    struct Unfreeze: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Open it again.")
        @OptionGroup var one: One
        func run() async throws { try await reportingFailures { try await one.run(.post, "/unfreeze") } }
    }

    struct Close: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Close it for good; it must be empty, and nothing of it held.")
        @OptionGroup var one: One
        func run() async throws { try await reportingFailures { try await one.run(.post, "/close") } }
    }
}
