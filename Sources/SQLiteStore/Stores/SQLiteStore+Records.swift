package import Router

extension SQLiteStore {
    package func evidence(_ order: OrderID) async throws(StoreFailure) -> [Evidence] {
        let sealer = sealer
        return try await reader.read { connection in
            try connection(Appended.evidence).all({ $0.text(order.text) }) { try Appended.evidence($0, sealer) }
        }
    }

    package func discrepancies(_ order: OrderID) async throws(StoreFailure) -> [Discrepancy] {
        try await reader.read { connection in
            try connection(Appended.discrepancies).all({ $0.text(order.text) }) { try Appended.discrepancy($0) }
        }
    }

    package func postings(_ movement: MovementID) async throws(StoreFailure) -> [Posting] {
        try await reader.read { connection in
            try connection(Appended.postings).all({ $0.text(movement.text) }) { try Appended.posting(movement, $0) }
        }
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

    package func takeEpoch() async throws(StoreFailure) -> Int64 {
        try await write { connection in
            try connection(Epochs.advance).run()
            return try connection(Epochs.newest).first { $0.integer(0) } ?? 0
        }
    }

    package func fact(_ name: String) async throws(StoreFailure) -> String? {
        try await reader.read { connection in
            try connection(Installation.get).first({ $0.text(name) }) { $0.text(0) }
        }
    }

    package func setFact(_ name: String, _ value: String) async throws(StoreFailure) {
        _ = try await write { connection in
            try connection(Installation.set).run {
                $0.text(name)
                $0.text(value)
            }
        }
    }
}

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
