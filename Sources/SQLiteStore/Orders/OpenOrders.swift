package import Router

/// Orders that a provider still has something to say about.
extension Orders {
    /// Orders with something under way at a provider: each has a timer or an open review.
    private static let open = """
        FROM (SELECT id, due_at, review, purpose FROM orders WHERE due_at IS NOT NULL
            UNION SELECT id, due_at, review, purpose FROM orders WHERE review IS NOT NULL) o
        JOIN attempts a ON a.order_id = o.id
        WHERE a.live = 1 AND (a.state <> 'succeeded' OR o.due_at IS NOT NULL OR o.review = 'provider_missing')
        """

    static let openByProvider = Statement("SELECT a.provider, count(DISTINCT o.id) \(open) GROUP BY a.provider")

    /// The same by scope and operation: all that wait for a timer stand in one index with their place; the few that only
    /// people wait for are looked up.
    static let openByPlace = Statement(
        """
        SELECT p.provider, p.scope, p.operation, sum(c.count) FROM (
            SELECT place, count(*) AS count FROM orders INDEXED BY orders_due
                WHERE due_at IS NOT NULL AND place IS NOT NULL GROUP BY place
            UNION ALL
            SELECT o.place, count(*) FROM orders o JOIN attempts a ON a.order_id = o.id
                WHERE o.review IS NOT NULL AND o.due_at IS NULL AND a.live = 1
                    AND (a.state <> 'succeeded' OR o.review = 'provider_missing')
                GROUP BY o.place) c
        JOIN places p ON p.n = c.place GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
        """)

    static let openAtProvider = Statement("SELECT DISTINCT o.id \(open) AND a.provider = $1 ORDER BY o.id")
}

extension SQLiteStore {
    package func openOrders() async throws(StoreFailure) -> [ProviderID: Int] {
        try await reader.read { connection in
            let counts = try connection(Orders.openByProvider).all { (ProviderID($0.text(0)), Int($0.integer(1))) }
            return Dictionary(counts) { first, _ in first }
        }
    }

    package func openPlaces() async throws(StoreFailure) -> [OpenPlace] {
        try await reader.read { connection in
            try connection(Orders.openByPlace).all { row in
                OpenPlace(
                    provider: ProviderID(row.text(0)), scope: row.text(1), operation: try row.word(2),
                    count: Int(row.integer(3)))
            }
        }
    }

    package func openOrders(at provider: ProviderID) async throws(StoreFailure) -> [OrderID] {
        try await reader.read { connection in
            try connection(Orders.openAtProvider).all({ $0.text(provider.text) }) { try $0.orderID(0) }
        }
    }
}
