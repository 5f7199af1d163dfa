package import Router

/// When orders are due.
extension Orders {
    static let due = Statement(
        """
        SELECT id FROM orders WHERE due_at IS NOT NULL AND due_lane = $1 AND due_at <= $2
        ORDER BY due_at, id LIMIT $3
        """)

    static let nextDue = Statement("SELECT min(due_at) FROM orders WHERE due_at IS NOT NULL AND due_lane = $1")
}

extension SQLiteStore {
    /// A row whose id cannot be read stops nobody else's timer; the full check finds it.
    package func due(_ queue: TimerQueue, before moment: Moment, limit: Int) async throws(StoreFailure) -> [OrderID] {
        try await reader.read { connection in
            let found: [OrderID?] = try connection(Orders.due).all({
                $0.text(queue.text)
                $0.integer(moment.milliseconds)
                $0.integer(Int64(max(0, limit)))
            }) { try? $0.orderID(0) }
            return found.compactMap(\.self)
        }
    }

    package func nextDue(_ queue: TimerQueue) async throws(StoreFailure) -> Moment? {
        try await reader.read { connection in
            try connection(Orders.nextDue).first({ $0.text(queue.text) }) { $0.optionalMoment(0) } ?? nil
        }
    }
}
