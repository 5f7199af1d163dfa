/// The ledger's postings, added up as snapshots count money, to be compared with them.
///
/// By app and day alone: a posting does not say its order's channel. Only days count that were over for an hour when the
/// fold stood where it stands, so that nothing of them can be under way.
struct SnapshotLedger {
    private struct Key: Hashable {
        let app: AppID
        let environment: PayEnvironment
        let currency: Currency
    }

    private typealias Days = [SnapshotDay: SnapshotFigures]

    private var booked: [Key: Days] = [:]
    /// What was booked in the last minute of a day, whatever its sign: its unit may have been written on the next one.
    private var late: [Key: Days] = [:]

    /// Adds what was booked of an order.
    mutating func add(_ order: OrderBookings) {
        for posting in order.postings {
            let key = Key(app: order.app, environment: order.environment, currency: posting.amount.currency)
            let day = SnapshotDay(posting.at)
            var figures = SnapshotFigures()
            figures.count(posting, of: order.order, parent: order.parent)
            booked[key, default: [:]][day, default: .init()].add(figures)
            guard day.end.milliseconds(since: posting.at) <= 60_000 else { continue }
            late[key, default: [:]][day, default: .init()].add(figures.magnitudes)
        }
    }

    /// Where rows say another sum than the postings.
    func findings(_ stored: SnapshotDigest) -> [SnapshotComparison.Finding] {
        var counted: [Key: Days] = [:]
        for (row, figures) in stored.rows {
            let key = Key(app: row.app, environment: row.environment, currency: row.currency)
            counted[key, default: [:]][row.day, default: .init()].add(figures)
        }
        let end = SnapshotDay(stored.at.adding(seconds: -3_600))
        var findings: [SnapshotComparison.Finding] = []
        for key in Set(counted.keys).union(booked.keys).sorted(by: { Self.name($0) < Self.name($1) }) {
            let (rows, postings) = (counted[key] ?? [:], booked[key] ?? [:])
            var carried = SnapshotFigures()
            for day in Set(rows.keys).union(postings.keys).filter({ $0 < end }).sorted() {
                let found = rows[day] ?? .init()
                var expected = postings[day] ?? .init()
                expected.add(carried)
                carried = Self.carry(
                    found, expected,
                    next: (rows[day.advanced(by: 1)] ?? .init(), postings[day.advanced(by: 1)] ?? .init()),
                    most: late[key]?[day] ?? .init())
                expected.subtract(carried)
                guard
                    let difference = SnapshotWords.difference(
                        found, expected, among: SnapshotFigures.Figure.allCases.filter(\.isMoney))
                else { continue }
                findings.append(
                    .init(
                        .ledger, "\(Self.name(key)), \(day)", found: difference.found, expected: difference.expected))
            }
        }
        return findings
    }

    private static func name(_ key: Key) -> String {
        "\(key.app) \(key.environment.rawValue), \(key.currency.code)"
    }

    /// What was booked at the end of a day by units of the next one: what is missing here and too much there, and no more
    /// than was booked so late.
    private static func carry(
        _ found: SnapshotFigures, _ expected: SnapshotFigures, next: (rows: SnapshotFigures, postings: SnapshotFigures),
        most: SnapshotFigures
    ) -> SnapshotFigures {
        var carried = SnapshotFigures()
        for figure in SnapshotFigures.Figure.allCases where figure.isMoney {
            let missing = expected[figure].clampedSum(-found[figure])
            let isThere = next.rows[figure].clampedSum(-next.postings[figure]) == missing
            if missing.magnitude <= most[figure].magnitude, isThere { carried[figure] = missing }
        }
        return carried
    }
}

extension SnapshotFigures {
    /// Each figure without its sign.
    fileprivate var magnitudes: SnapshotFigures {
        var figures = self
        for figure in Figure.allCases where figures[figure] < 0 { figures[figure] = -figures[figure] }
        return figures
    }
}
