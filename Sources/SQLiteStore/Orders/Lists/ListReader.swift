import Router

/// Reads lists on one snapshot.
struct ListReader {
    private let connection: ReadConnection
    private let sealer: Sealer
    private let recent: RecentOrders

    init(_ connection: ReadConnection, _ sealer: Sealer, _ recent: RecentOrders) {
        (self.connection, self.sealer, self.recent) = (connection, sealer, recent)
    }

    /// One page.
    func page(_ query: OrderQuery) throws -> OrderPage {
        guard query.limit > 0 else { return OrderPage(orders: []) }
        if query.mostRows == nil, query.isOneStretch { return OrderPage(orders: try rows(query)) }
        let parts = try ListParts(query, connection).queries
        let looksAtEach = parts.contains { ListDriver($0).looksAtEach($0) }
        guard let most = query.mostRows, looksAtEach else {
            return OrderPage(orders: try parts.count == 1 ? rows(parts[0]) : orders(parts, query, to: nil))
        }
        // Most of the time what is asked for is found soon.
        var reach = ListReach(parts, connection, sealer)
        let near = try reach.extend(by: max(1, most / 16))
        var found = try orders(parts, query, to: near)
        guard found.count < query.limit, near != nil else { return OrderPage(orders: found) }
        let far = try reach.extend(by: most)
        found = try orders(parts, query, to: far)
        return OrderPage(orders: found, lookedTo: found.count < query.limit ? far : nil)
    }

    /// A list that lies in one stretch, as it comes.
    private func rows(_ query: OrderQuery) throws -> [Order] {
        let list = ListQuery(query, sealer: sealer)
        let rows = try connection.sql(list.sql).all({ list.bind(&$0) }) { try order($0) }
        return list.isReversed ? rows.reversed() : rows
    }

    /// The first orders of all parts together, up to a place.
    ///
    /// Only identifiers are compared with each other; of those that are shown the records are read.
    private func orders(_ parts: [OrderQuery], _ query: OrderQuery, to edge: OrderID?) throws -> [Order] {
        var best: [OrderID] = []
        for part in parts {
            // What is behind the last of a full page is not shown.
            let end = best.count == query.limit ? best.last : edge
            let list = ListQuery(idsOf: part, upTo: end, sealer: sealer)
            let found = try connection.sql(list.sql).all({ list.bind(&$0) }) { try $0.orderID(0) }
            best = Self.merged(best, found, isReversed: query.isReversed, limit: query.limit)
        }
        let newestFirst = query.isReversed ? best.reversed() : best
        return try newestFirst.compactMap { id in
            try connection(Orders.get).first({ $0.text(id.text) }) { try order($0) }
        }
    }

    /// Two sorted lists as one, no longer than a page.
    private static func merged(
        _ left: [OrderID], _ right: [OrderID], isReversed: Bool, limit: Int
    ) -> [OrderID] {
        guard !left.isEmpty else { return right }
        var result: [OrderID] = []
        result.reserveCapacity(min(limit, left.count + right.count))
        var (first, second) = (left[...], right[...])
        while result.count < limit {
            guard let one = first.first else { return result + second.prefix(limit - result.count) }
            guard let other = second.first else { return result + first.prefix(limit - result.count) }
            if one.isNewer(than: other) == isReversed {
                result.append(second.removeFirst())
            } else {
                result.append(first.removeFirst())
            }
        }
        return result
    }

    /// Opening and reading a record costs more than all of the query.
    private func order(_ row: StatementRow) throws -> Order {
        if let known = recent.aggregate(try row.orderID(0)), known.order.version == row.integer(14) {
            return known.order
        }
        return try Orders.order(row, sealer)
    }
}
