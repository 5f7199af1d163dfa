import Router
import Synchronization

/// A list of orders as a table, made page by page: never more than one page of it is in memory, however long it is.
final class OrderExport: Sendable {
    private let search: OrderSearch
    private let scope: OrderScope
    private let columns: OrderColumns
    private let place: Mutex<Place>

    /// How far it is.
    private struct Place {
        var query: OrderQuery
        var hasBegun = false
        var isDone = false
    }

    /// Orders read at a time.
    static let page = 200

    /// A table that nothing of is made yet.
    ///
    /// - Parameters:
    ///   - query: Which orders; its limit does not count.
    ///   - scope: Whose.
    ///   - search: Reads them.
    ///   - showsNumbers: Whether phone numbers are whole: only for callers who may see them, and who keep a record of it.
    init(_ query: OrderQuery, in scope: OrderScope, _ search: OrderSearch, showsNumbers: Bool = false) {
        self.search = search
        self.scope = scope
        columns = OrderColumns(showsNumbers: showsNumbers)
        var query = query
        query.limit = Self.page
        place = Mutex(Place(query: query))
    }

    /// The next lines, the columns' names first; `nil` once all were given out.
    ///
    /// Called by one reader, who waits for one piece before asking for the next.
    func next() async throws(StoreFailure) -> String? {
        let now = place.withLock { $0 }
        if now.isDone { return nil }
        guard now.hasBegun else {
            place.withLock { $0.hasBegun = true }
            return CSVTable.line(OrderColumns.names.map(CSVCell.text))
        }
        let page = try await search.list(now.query, in: scope)
        let isFull = page.orders.count == now.query.limit
        let end = isFull ? page.orders.last?.id : page.lookedTo
        place.withLock { place in
            place.query.after = end
            place.isDone = end == nil
        }
        return page.orders.map { CSVTable.line(columns.cells($0)) }.joined()
    }

    /// The whole table, piece by piece, made as fast as it is taken.
    ///
    /// If an order cannot be read the stream throws: what was taken until then is no whole table.
    var pieces: AsyncThrowingStream<String, any Error> { AsyncThrowingStream { try await self.next() } }
}

/// What a table of orders shows of each.
struct OrderColumns: Sendable {
    /// Whether phone numbers are whole.
    let showsNumbers: Bool

    static let names = [
        "id", "kind", "created_at", "status", "certainty", "amount", "currency", "collected", "refunded", "app",
        "environment", "channel", "provider", "phone", "reference", "failure", "review", "parent",
    ]

    func cells(_ order: Order) -> [CSVCell] {
        let phone = order.customer.phone
        return [
            .text(order.id.text), .text(order.kind.rawValue), .text(order.createdAt.description),
            .text(order.status.rawValue), .text(order.certainty.rawValue), .number(order.amount.decimalText),
            .text(order.amount.currency.code), .number(order.kind == .payment ? order.collected.decimalText : ""),
            .number(order.kind == .payment ? order.refunded.decimalText : ""), .text(order.app.text),
            .text(order.environment.rawValue), .optional(order.chosen?.channel.text),
            .optional(order.chosen?.provider.text), .optional(showsNumbers ? phone?.e164 : phone?.masked),
            .optional(order.request.reference),
            // Why an order of a transfer failed is not yet why the transfer did.
            .optional(order.status.isFinal ? order.failure?.code : nil), .optional(order.review?.reason.rawValue),
            .optional(order.parent?.text),
        ]
    }
}
