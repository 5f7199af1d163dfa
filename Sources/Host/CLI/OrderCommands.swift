import ArgumentParser
import Router

/// Orders that the command line has a command for, by the name of their collection.
protocol OrderCollection {
    static var name: String { get }
}

enum Payments: OrderCollection { static let name = "payments" }
enum Payouts: OrderCollection { static let name = "payouts" }
enum Refunds: OrderCollection { static let name = "refunds" }

/// `payrouter payments`, `payouts` and `refunds`: look at those of all apps.
struct OrdersCommand<Orders: OrderCollection>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: Orders.name, abstract: "List and show \(Orders.name).",
            subcommands: [ListOrders<Orders>.self, ShowOrder.self])
    }
}

/// `list` of one kind of order.
struct ListOrders<Orders: OrderCollection>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: "List \(Orders.name), newest first.")
    }

    @OptionGroup var listing: OrderListing

    func run() async throws { try await reportingFailures { try await listing.print(Orders.name) } }
}

/// The filters of a list of orders.
struct OrderListing: ParsableArguments {
    @OptionGroup var common: AppsCommand.Common
    @Option(
        name: .long,
        help:
            "processing, awaiting_customer, awaiting_acceptance, authorized, succeeded, failed, cancelled or under_review."
    )
    var status: String?
    @Option(name: .long, help: "open for every order with an open review, or a review's reason.")
    var review: String?
    @Option(name: .long, help: "A channel's name.") var channel: String?
    @Option(name: .long, help: "A provider's name.") var provider: String?
    @Option(name: .long, help: "The caller's order number.") var reference: String?
    @Option(name: .long, help: "The customer's phone number.") var phone: String?
    @Option(name: .long, help: "1 to 100.") var limit = 20

    func print(_ collection: String) async throws {
        var query = "limit=\(limit)"
        let filters = [
            ("status", status), ("review", review), ("channel", channel), ("provider", provider),
            ("reference", reference),
            ("phone", phone),
        ]
        for case (let name, let value?) in filters { query += "&\(name)=\(encoded(value))" }
        let list = try await common.link.call("GET", "/\(collection)?" + query)
        if common.output.json { return Terminal.out(Terminal.pretty(list)) }
        let orders = list["data"]?.arrayValue ?? []
        guard !orders.isEmpty else { return Terminal.out("No such \(collection).") }
        let columns = ["id", "created_at", "", "status", "channel", "provider", "reference"]
        let rows = orders.map { order in
            columns.map { name in
                name.isEmpty ? OrderText.amount(order) : order[name]?.stringValue ?? "-"
            }
        }
        Terminal.out(Terminal.table(["ID", "CREATED", "AMOUNT", "STATUS", "CHANNEL", "PROVIDER", "REFERENCE"], rows))
        if list["has_more"] == true { Terminal.out("There are more; narrow the list or raise --limit.") }
    }
}

/// `show` of every kind of order.
struct ShowOrder: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show one with its attempts and timeline, its refunds, and its QR code if it has one.")
    @OptionGroup var common: AppsCommand.Common
    @Argument(help: "The id: pay_..., po_..., re_..., cap_... or void_...") var id: String

    func run() async throws {
        try await reportingFailures {
            let order = try await common.link.call("GET", "/orders/\(encoded(id))")
            if common.output.json { return Terminal.out(Terminal.pretty(order)) }
            Terminal.out(OrderText.whole(order))
        }
    }
}
