import ArgumentParser
import Router

/// What narrows the list of every kind of order.
struct OrderListing: ParsableArguments {
    @OptionGroup var common: AppsCommand.Common
    @Option(name: .long, help: "Only of this app: its id or name.") var app: String?
    @Option(name: .long, help: "sandbox or production; both if left out.") var environment: String?
    @Option(
        name: .long,
        help: "Only what was created since then: 30m, 24h, 7d, 2w, a day or an RFC 3339 time. All of it is added up.")
    var since: String?
    @Option(
        name: .long,
        help: "name=value, together with --app; several must all hold. The app chooses the names: apps index-metadata.")
    var metadata: [String] = []
    @Option(
        name: .long,
        help:
            "processing, awaiting_customer, awaiting_acceptance, authorized, succeeded, failed, cancelled or under_review."
    )
    var status: String?
    @Option(name: .long, help: "open for every order with an open review, or a review's reason.")
    var review: String?
    @Option(name: .long, help: "The caller's order number.") var reference: String?
    @Option(name: .long, help: "The customer's phone number.") var phone: String?
    @Option(name: .long, help: "1 to 100.") var limit = 20
    @Option(name: .long, help: "The page behind an earlier one; that one says how.") var after: String?

    private func asked(_ more: [(String, String?)]) throws(CommandFailure) -> OrderFilters {
        var filters = OrderFilters()
        if let since { filters.from = try SinceText.moment(since, now: HostClock().now) }
        let asked = [
            ("app", app), ("environment", environment), ("status", status), ("review", review),
            ("reference", reference), ("phone", phone),
        ]
        filters.plain = (asked + more).compactMap { name, value in value.map { (name: name, value: $0) } }
        filters.metadata = try metadata.map { pair throws(CommandFailure) in try OrderFilters.term(pair) }
        filters.limit = limit
        filters.after = after
        filters.data = common.data
        return filters
    }

    /// Prints a page; `more` are the filters that only some kinds of orders have.
    func print(_ collection: String, _ more: [(String, String?)] = []) async throws {
        let filters = try asked(more)
        let list = try await common.link.call(.get, "/\(collection)?" + filters.query)
        if common.output.json { return Terminal.out(Terminal.pretty(list)) }
        for line in OrderListText.lines(list, collection) { Terminal.out(line) }
        if list["has_more"] == true, let cursor = list["next_cursor"]?.stringValue {
            Terminal.out("Next page: " + filters.next(collection, cursor: cursor))
        }
    }
}
