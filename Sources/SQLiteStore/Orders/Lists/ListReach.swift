import Router

/// How far a list may look where each order on its way has to be looked at: to the same place in all its parts, so that
/// nothing on the near side of it is missing.
struct ListReach {
    private let connection: ReadConnection
    private let sealer: Sealer
    private var parts: [Part]
    private let isReversed: Bool

    /// A part, and how much of its way is known.
    private struct Part {
        let query: OrderQuery
        /// The last order of it that may be looked at; `nil` before the first one.
        var edge: OrderID?
        var isDone = false
    }

    /// Orders counted at a time, at least.
    private static let leastStep = 64

    init(_ parts: [OrderQuery], _ connection: ReadConnection, _ sealer: Sealer) {
        (self.connection, self.sealer) = (connection, sealer)
        self.parts = parts.map { Part(query: $0, isDone: !ListDriver($0).looksAtEach($0)) }
        isReversed = parts.first?.isReversed ?? false
    }

    /// Goes on until about so many more orders may be looked at.
    ///
    /// - Returns: The place to look to; `nil` if that is to the end.
    mutating func extend(by rows: Int) throws -> OrderID? {
        var left = rows
        let share = max(Self.leastStep, rows / max(1, parts.count * 2))
        for index in parts.indices where parts[index].edge == nil && !parts[index].isDone {
            left -= try step(index, share)
        }
        while left > 0, let nearest = nearest {
            left -= try step(nearest, max(Self.leastStep, left / 2))
        }
        return nearest.flatMap { parts[$0].edge }
    }

    /// The part that is known least far.
    private var nearest: Int? {
        parts.indices.filter { !parts[$0].isDone }.max { left, right in
            guard let leftEdge = parts[left].edge, let rightEdge = parts[right].edge else {
                return parts[right].edge == nil
            }
            return isReversed ? leftEdge.isNewer(than: rightEdge) : rightEdge.isNewer(than: leftEdge)
        }
    }

    private mutating func step(_ index: Int, _ rows: Int) throws -> Int {
        var query = parts[index].query
        if let edge = parts[index].edge {
            if isReversed { query.before = edge } else { query.after = edge }
        }
        let list = ListQuery(reachOf: query, rows: rows, sealer: sealer)
        let found = try connection.sql(list.sql).first({ list.bind(&$0) }) { row in
            (count: Int(row.integer(0)), edge: try row.optionalOrderID(1))
        }
        parts[index].edge = found?.edge ?? parts[index].edge
        parts[index].isDone = (found?.count ?? 0) < rows
        return max(1, found?.count ?? 0)
    }
}
