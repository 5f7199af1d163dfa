/// What sales are counted by, besides app and day.
package enum SaleTopic: String, Sendable, Hashable, CaseIterable {
    /// What was sold, by the item's id.
    case item
    /// Who paid, by the caller's own id of the customer.
    case customer
}

/// What was sold of one item, or paid by one customer, on one day.
package struct SaleKey: Sendable, Hashable {
    package var app: AppID
    package var environment: PayEnvironment
    package var topic: SaleTopic
    package var currency: Currency
    /// The caller's own id of it.
    package var id: String
    package var day: SnapshotDay

    package init(
        app: AppID, environment: PayEnvironment, topic: SaleTopic, currency: Currency, id: String, day: SnapshotDay
    ) {
        self.app = app
        self.environment = environment
        self.topic = topic
        self.currency = currency
        self.id = id
        self.day = day
    }
}

/// How many and how much: pieces of an item, or payments of a customer, and their money in minor units.
package struct SaleFigures: Sendable, Hashable {
    package var count: Int128
    package var amount: Int128

    package init(count: Int128 = 0, amount: Int128 = 0) { (self.count, self.amount) = (count, amount) }

    package var isZero: Bool { count == 0 && amount == 0 }

    /// Adds other figures.
    package mutating func add(_ other: SaleFigures) {
        count = count.clampedSum(other.count)
        amount = amount.clampedSum(other.amount)
    }

    /// As stores keep them.
    package var bytes: [UInt8] { WideNumbers.bytes([count, amount]) }

    /// Reads ``bytes``.
    ///
    /// - Throws: ``RecordFault`` if they are cut short.
    package init(stored bytes: [UInt8]) throws(RecordFault) {
        let values = try WideNumbers.values(bytes)
        self.init(count: values.first ?? 0, amount: values.count > 1 ? values[1] : 0)
    }
}

/// Which sales are ranked: those of an app between two days, by how many they are.
package struct SalesQuery: Sendable, Hashable {
    package var topic: SaleTopic
    package var app: AppID
    package var environment: PayEnvironment
    package var from: SnapshotDay
    /// The last day that counts.
    package var to: SnapshotDay
    package var limit: Int

    package init(
        _ topic: SaleTopic, app: AppID, environment: PayEnvironment, from: SnapshotDay, to: SnapshotDay, limit: Int
    ) {
        self.topic = topic
        self.app = app
        self.environment = environment
        self.from = from
        self.to = to
        self.limit = limit
    }

    /// Whether a sale is one of them.
    package func matches(_ key: SaleKey) -> Bool {
        key.topic == topic && key.app == app && key.environment == environment && from <= key.day && key.day <= to
    }
}

/// The best of a span of days, the most first.
package struct SalesRanking: Sendable, Hashable {
    package struct Line: Sendable, Hashable {
        package var currency: Currency
        /// The caller's own id of it.
        package var id: String
        /// The item's newest name; `nil` for customers.
        package var name: String?
        package var figures: SaleFigures

        package init(currency: Currency, id: String, name: String?, figures: SaleFigures) {
            self.currency = currency
            self.id = id
            self.name = name
            self.figures = figures
        }
    }

    package var lines: [Line]
    /// Whether nobody else can have more than the last line.
    ///
    /// What each line says is exact in any case. Whole days and months are always ranked exactly; of other spans only those
    /// are looked at that were among the first of one of their months.
    package var isExact: Bool

    package init(lines: [Line], isExact: Bool) { (self.lines, self.isExact) = (lines, isExact) }

    /// Orders lines: by how many, then by how much, then by id.
    package static func precedes(_ left: Line, _ right: Line) -> Bool {
        let (first, second) = (left.figures, right.figures)
        if first != second { return (first.count, first.amount) > (second.count, second.amount) }
        return (left.id, left.currency.code) < (right.id, right.currency.code)
    }
}
