import ArgumentParser
import Router
import WebText

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

/// `list` of one kind of order that goes to a provider itself.
struct ListOrders<Orders: OrderCollection>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list", abstract: "List \(Orders.name), newest first, and add them up.")
    }

    @OptionGroup var listing: OrderListing
    @Option(name: .long, help: "A channel's name.") var channel: String?
    @Option(name: .long, help: "A provider's name.") var provider: String?

    func run() async throws {
        try await reportingFailures {
            try await listing.print(Orders.name, [("channel", channel), ("provider", provider)])
        }
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
            let order = try await common.link.call(.get, "/orders/\(PercentText.encoded(id))")
            if common.output.json { return Terminal.out(Terminal.pretty(order)) }
            Terminal.out(OrderText.whole(order))
        }
    }
}
