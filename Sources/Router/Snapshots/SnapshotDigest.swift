/// A span that sales are added up by.
package enum SaleSpan: Sendable, Hashable {
    case day(SnapshotDay)
    case month(SnapshotMonth)

    /// The span as stores keep it: days by their number, months far behind all days.
    package var number: Int64 {
        switch self {
        case .day(let day): day.number
        case .month(let month): Self.months + month.number
        }
    }

    /// Whether a number of ``number`` is a month's.
    package static func isMonth(_ number: Int64) -> Bool { number >= months }

    private static let months: Int64 = 1_000_000_000

    /// The spans in which a day is counted.
    package static func all(of day: SnapshotDay) -> [SaleSpan] { [.day(day), .month(SnapshotMonth(day))] }
}

/// A whole fold at one moment: its rows, and of its sales the sums by app, topic, currency and span.
///
/// Beside each sum stands a mark that changes with every single sale behind it, so that two folds with as many customers as
/// there are people can be compared without keeping them.
package struct SnapshotDigest: Sendable {
    /// What a sum of sales is about.
    package struct SaleGroup: Sendable, Hashable {
        package var app: AppID
        package var environment: PayEnvironment
        package var topic: SaleTopic
        package var currency: Currency
        /// The number of a ``SaleSpan``.
        package var span: Int64

        package init(
            app: AppID, environment: PayEnvironment, topic: SaleTopic, currency: Currency, span: Int64
        ) {
            self.app = app
            self.environment = environment
            self.topic = topic
            self.currency = currency
            self.span = span
        }
    }

    /// Sales added up.
    package struct SaleSum: Sendable, Hashable {
        package var figures = SaleFigures()
        package var mark: UInt64 = 0

        package init() {}

        /// Adds one sale.
        package mutating func add(_ id: String, _ sale: SaleFigures) {
            figures.add(sale)
            let name = id.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 } | 1
            let count = UInt64(truncatingIfNeeded: sale.count) &* 0x9E37_79B9_7F4A_7C15
            mark &+= name &* (count &+ UInt64(truncatingIfNeeded: sale.amount) &* 0xC2B2_AE3D_27D4_EB4F)
        }
    }

    /// How far the fold was.
    package var unit: Int64
    /// When its last unit was written.
    package var at: Moment
    package var unreadable: Int64
    package var rows: [SnapshotKey: SnapshotFigures] = [:]
    package var sales: [SaleGroup: SaleSum] = [:]

    /// A fold of nothing yet.
    package init(unit: Int64 = 0, at: Moment = Moment(milliseconds: 0), unreadable: Int64 = 0) {
        (self.unit, self.at, self.unreadable) = (unit, at, unreadable)
    }

    /// Adds what further units add.
    package mutating func add(_ batch: SnapshotBatch) {
        (unit, at) = (batch.unit, batch.at)
        unreadable += batch.unreadable
        for (key, figures) in batch.rows { rows[key, default: SnapshotFigures()].add(figures) }
        for (key, sale) in batch.sales { add(key, sale.figures) }
    }

    /// Adds one sale of one day to the sums of its day and its month.
    package mutating func add(_ key: SaleKey, _ figures: SaleFigures) {
        for span in SaleSpan.all(of: key.day) {
            let group = SaleGroup(
                app: key.app, environment: key.environment, topic: key.topic, currency: key.currency,
                span: span.number)
            sales[group, default: SaleSum()].add(key.id, figures)
        }
    }
}
