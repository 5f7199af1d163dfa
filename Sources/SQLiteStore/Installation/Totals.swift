package import Router

/// Counts over partial indexes: each looks only at rows that are open.
private enum Totals {
    static let timers = Statement("SELECT count(*) FROM orders WHERE due_at IS NOT NULL")
    static let inbox = Statement("SELECT count(*) FROM inbox WHERE retry_at IS NOT NULL")
    static let inboxByTrust = Statement(
        "SELECT trust, count(*) FROM inbox WHERE retry_at IS NOT NULL GROUP BY trust")
    static let deliveries = Statement("SELECT count(*) FROM deliveries WHERE state = 'pending'")
    static let reviews = Statement(
        "SELECT review, count(*) FROM orders WHERE review IS NOT NULL GROUP BY review")
    static let underReview = Statement(
        """
        SELECT count(*) FROM orders o WHERE \(Orders.isRare) AND o.status = 'under_review'
        """)
}

extension Attempts {
    static let unknown = Statement(
        """
        SELECT provider, currency, count(*), sum(amount), min(coalesce(open_since, created_at))
        FROM attempts WHERE state = 'unknown' GROUP BY provider, currency ORDER BY provider, currency
        """)

    static func open(_ row: StatementRow) -> StoreTotals.Open {
        StoreTotals.Open(
            provider: ProviderID(row.text(0)), currency: row.text(1), count: row.integer(2), minorUnits: row.integer(3),
            oldest: row.moment(4))
    }
}

extension SQLiteStore {
    package func unknownAttempts() async throws(StoreFailure) -> [StoreTotals.Open] {
        try await reader.read { connection in try connection(Attempts.unknown).all { Attempts.open($0) } }
    }

    package func totals() async throws(StoreFailure) -> StoreTotals {
        try await reader.read { connection in
            func count(_ statement: Statement) throws -> Int64 {
                try connection(statement).first { $0.integer(0) } ?? 0
            }
            var totals = StoreTotals(
                unknown: try connection(Attempts.unknown).all { Attempts.open($0) }, timers: try count(Totals.timers),
                inbox: try count(Totals.inbox), deliveries: try count(Totals.deliveries),
                underReview: try count(Totals.underReview),
                reviews: Dictionary(
                    try connection(Totals.reviews).all { (try $0.word(0), $0.integer(1)) },
                    uniquingKeysWith: { first, _ in first }))
            for (trust, count) in try connection(Totals.inboxByTrust).all({ _ in }, { ($0.text(0), $0.integer(1)) }) {
                if let trust = InboxMessage.Trust(rawValue: trust) { totals.inboxByTrust[trust] = count }
            }
            return totals
        }
    }
}
