import ArgumentParser
import Router
import WebText

/// `payrouter ledger`: what is on the accounts, and whether it is right.
struct LedgerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger", abstract: "Show accounts, and check the whole ledger against the orders behind it.",
        subcommands: [Accounts.self, Verify.self])

    struct Accounts: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List accounts by name, with what is posted to each and what is held of it.")
        @OptionGroup var common: AppsCommand.Common
        @Option(name: .long, help: "Only of a kind: operator, app, wallet, unclaimed, suspense, fees, ...")
        var kind: String?
        @Option(name: .long, help: "Only in a currency, such as XOF.") var currency: String?
        @Option(name: .long, help: "Only this account, such as operator:tmoney-tg.") var account: String?
        @Option(name: .long, help: "1 to 100.") var limit = 20
        @Option(name: .long, help: "The page behind an earlier one; that one says how.") var after: String?

        func run() async throws {
            try await reportingFailures {
                let filters = [("kind", kind), ("currency", currency), ("account", account)]
                    .compactMap { name, value in value.map { (name, $0) } }
                let query =
                    filters.map { "&\($0)=\(PercentText.encoded($1))" }.joined()
                    + (after.map { "&after=\(PercentText.encoded($0))" } ?? "")
                let list = try await common.link.call(.get, "/ledger/accounts?limit=\(limit)" + query)
                if common.output.json { return Terminal.out(Terminal.pretty(list)) }
                for line in LedgerText.accounts(list) { Terminal.out(line) }
                guard let cursor = list["next_cursor"]?.stringValue else { return }
                var options = [("data", common.data)] + filters
                if limit != 20 { options.append(("limit", "\(limit)")) }
                options.append(("after", cursor))
                Terminal.out(
                    "Next page: payrouter ledger accounts " + options.map { "--\($0) \($1)" }.joined(separator: " "))
            }
        }
    }

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Rebuild every balance and every posting, and say where the ledger differs.",
            discussion: """
                Balances are rebuilt from their postings, what is held from the pending holds, and postings and holds of \
                every order from its attempts and their evidence. Also works beside a running router, which goes on \
                meanwhile. Exit code 1 if anything is found.
                """)
        @OptionGroup var common: AppsCommand.Common

        func run() async throws {
            try await reportingFailures {
                let socket = ControlSocket(folder: common.data).path
                let isRunning = try await ControlClient(path: socket).isAnswered
                let result = try await isRunning ? beside() : alone()
                if common.output.json {
                    Terminal.out(Terminal.pretty(result))
                } else {
                    for line in LedgerText.verification(result, common.data) { Terminal.out(line) }
                }
                if result["findings"]?.arrayValue?.isEmpty == false { throw ExitCode(Terminal.Exit.failed.rawValue) }
            }
        }

        /// Has the running router check its store.
        private func beside() async throws -> JSONValue {
            let news = News(isWanted: !common.output.json)
            var state = try await common.link.call(.post, "/ledger/verification")
            while state["state"]?.stringValue == LedgerVerification.Progress.running.rawValue {
                news.tell(LedgerText.progress(state))
                try await Task.sleep(for: .milliseconds(300))
                state = try await common.link.call(.get, "/ledger/verification")
            }
            if state["state"]?.stringValue == LedgerVerification.Progress.done.rawValue { return state }
            throw CommandFailure(
                description: "the ledger could not be checked to its end: "
                    + (state["failure"]?.stringValue ?? "the router was started anew; ask again"))
        }

        /// Checks the store of a router that does not run.
        private func alone() async throws -> JSONValue {
            let host = try await OfflineHost.open(common.data)
            let news = News(isWanted: !common.output.json)
            let verification: LedgerVerification
            do throws(StoreFailure) {
                verification = try await host.store.verifyLedger { news.tell(LedgerText.progress($0.json(.running))) }
            } catch {
                await host.store.close()
                throw CommandFailure(description: "the ledger could not be checked to its end: \(error)")
            }
            await host.store.close()
            return verification.json(.done)
        }
    }
}
