package import Router

/// Statements by which everything since a moment is sent again.
extension Deliveries {
    /// What an app was told in a time, in the order of the events.
    static let told = Statement(
        """
        SELECT n, event_id, types FROM units
        WHERE app = $1 AND environment = $2 AND event_id IS NOT NULL AND event_id >= $3
        ORDER BY event_id LIMIT $4
        """)

    static let dueAgain = Statement(
        """
        INSERT INTO deliveries (endpoint, event, state, due_at, tries) VALUES ($1, $2, 'pending', $3, $4)
        ON CONFLICT (endpoint, event) DO UPDATE SET state = 'pending', due_at = excluded.due_at
        """)

    static let waiting = Statement(
        "SELECT count(*) FROM deliveries WHERE state = 'pending' AND endpoint = $1 AND due_at = $2")
}

extension SQLiteStore {
    package func replay(
        _ endpoint: WebhookEndpointID, since moment: Moment, after: EventID?, limit: Int, at now: Moment
    ) async throws(StoreFailure) -> ReplayedEvents {
        guard let target = try await self.endpoint(endpoint), limit > 0 else {
            return ReplayedEvents(count: 0, last: nil)
        }
        let first = after?.before(Int(Events.room)) ?? EventID.first(at: moment)
        return try await write { connection in
            let units = try connection(Deliveries.told).all({
                $0.text(target.app.text)
                $0.text(target.environment.rawValue)
                $0.blob(first.bytes)
                $0.integer(Int64(limit) + Events.room)
            }) { row in
                (number: row.integer(0), first: try EventID(stored: row.blob(1)), types: row.text(2))
            }
            let noTries = WebhookCoding.tries([] as [Delivery.Try])
            var made = ReplayedEvents(count: 0, last: after)
            for unit in units {
                for (index, type) in unit.types.split(separator: " ").enumerated() {
                    let event = unit.first.advanced(by: index)
                    guard after.map({ $0.text < event.text }) ?? true else { continue }
                    guard made.count < limit else { return made }
                    made.last = event
                    guard target.types.isEmpty || target.types.contains(String(type)) else { continue }
                    made.count += 1
                    try connection(Deliveries.dueAgain).run {
                        $0.text(endpoint.text)
                        $0.integer(Events.number(unit.number, index))
                        $0.integer(now.milliseconds)
                        $0.blob(noTries)
                    }
                }
            }
            if units.count < limit + Int(Events.room) { made.last = nil }
            return made
        }
    }

    package func waiting(_ endpoint: WebhookEndpointID, since moment: Moment) async throws(StoreFailure) -> Int {
        try await reader.read { connection in
            try connection(Deliveries.waiting).first({
                $0.text(endpoint.text)
                $0.integer(moment.milliseconds)
            }) { Int($0.integer(0)) } ?? 0
        }
    }
}
