import Router

/// From where to where a list goes.
extension ListQuery {
    /// One bound at each side: of two, SQLite walks to the first one and only then looks at the other.
    mutating func addRange(_ query: OrderQuery, upTo end: OrderID? = nil) {
        let place = end.map { end in query.kind.map { end.place(among: $0) } ?? end }?.text
        var (low, high) = (Self.lowest(query), Self.highest(query))
        var (above, below) = (">", "<")
        if let place, isReversed, high.map({ place < $0 }) ?? true {
            (high, below) = (place, "<=")
        } else if let place, !isReversed, low.map({ place > $0 }) ?? true {
            (low, above) = (place, ">=")
        }
        add("\(driver.id) \(above)", low)
        add("\(driver.id) \(below)", high)
    }

    /// Identifiers begin with their kind and the time: a kind, or a time of it, is one stretch of every index that ends
    /// with the identifier.
    private static func lowest(_ query: OrderQuery) -> String? {
        guard let kind = query.kind else { return query.before?.text }
        let start = query.madeFrom.map { OrderID.bound(kind, at: $0) } ?? kind.prefix + "_"
        return max(query.before?.place(among: kind).text ?? start, start)
    }

    private static func highest(_ query: OrderQuery) -> String? {
        guard let kind = query.kind else { return query.after?.text }
        let end = query.madeBefore.map { OrderID.bound(kind, at: $0) } ?? kind.prefix + "`"
        return min(query.after?.place(among: kind).text ?? end, end)
    }
}

extension OrderQuery {
    /// How long before an order its request may have come in, in milliseconds, and how far their clocks may differ.
    private static let requestSpan: (Int64, Int64) = (30_000, 1_000)

    /// From when on its orders were made.
    var madeFrom: Moment? {
        let asked = requestID.map { $0.madeAt.adding(milliseconds: -Self.requestSpan.1) }
        return [createdFrom, asked].compactMap(\.self).max()
    }

    /// Before when its orders were made.
    var madeBefore: Moment? {
        let asked = requestID.map { $0.madeAt.adding(milliseconds: Self.requestSpan.0) }
        return [createdBefore, asked].compactMap(\.self).min()
    }
}
