import ArgumentParser
import Router

/// `payrouter bills`: bills of all apps and holders.
struct BillsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bills", abstract: "List bills of all apps and holders.", subcommands: [List.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List bills, newest first.")
        @OptionGroup var common: AppsCommand.Common
        @Option(name: .long, help: "sandbox or production; both if left out.") var environment: String?
        @Option(name: .long, help: "open, paid or deleted.") var state: String?
        @OptionGroup var page: ListPage

        func run() async throws {
            try await reportingFailures {
                try await page.show(
                    "/bills", common, filters: [("environment", environment), ("state", state)],
                    nothing: "No such bills.",
                    columns: ["CODE", "STATE", "AMOUNT", "NAME", "DUE", "PAYMENT", "ISSUER"], row: Self.row)
            }
        }

        private static func row(_ bill: JSONValue) -> [String] {
            func text(_ name: String) -> String? { bill[name]?.stringValue }
            let payment = text("payment") ?? (bill["is_being_paid"] == true ? "being paid" : "-")
            return [
                text("code") ?? "", text("state") ?? "", OrderText.amount(bill, of: bill), text("name") ?? "",
                text("due_date") ?? "-", payment, text("issuer") ?? text("app") ?? "-",
            ]
        }
    }
}
