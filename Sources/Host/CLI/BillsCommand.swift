import ArgumentParser
import Router
import WebText

/// `payrouter bills`: bills of all apps and holders.
struct BillsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bills", abstract: "List bills of all apps and holders.", subcommands: [List.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List bills, newest first.")
        @OptionGroup var common: AppsCommand.Common
        @Option(name: .long, help: "sandbox or production; both if left out.") var environment: String?
        @Option(name: .long, help: "open, paid or deleted.") var state: String?
        @Option(name: .long, help: "1 to 100.") var limit = 20
        @Option(name: .long, help: "The page behind an earlier one; that one says how.") var after: String?

        func run() async throws {
            try await reportingFailures {
                let filters = [("environment", environment), ("state", state), ("after", after)]
                let query = filters.compactMap { name, value in value.map { "&\(name)=\(PercentText.encoded($0))" } }
                let list = try await common.link.call(.get, "/bills?limit=\(limit)" + query.joined())
                if common.output.json { return Terminal.out(Terminal.pretty(list)) }
                let bills = list["data"]?.arrayValue ?? []
                guard !bills.isEmpty else { return Terminal.out("No such bills.") }
                let rows = bills.map { bill in
                    [
                        bill["code"]?.stringValue ?? "", bill["state"]?.stringValue ?? "",
                        OrderText.amount(bill, of: bill), bill["name"]?.stringValue ?? "",
                        bill["due_date"]?.stringValue ?? "-",
                        bill["payment"]?.stringValue ?? (bill["is_being_paid"] == true ? "being paid" : "-"),
                        bill["issuer"]?.stringValue ?? bill["app"]?.stringValue ?? "-",
                    ]
                }
                Terminal.out(Terminal.table(["CODE", "STATE", "AMOUNT", "NAME", "DUE", "PAYMENT", "ISSUER"], rows))
                Terminal.next(list)
            }
        }
    }
}
