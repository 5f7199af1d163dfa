package import Router

/// Statements that find events.
extension Events {
    /// The unit that an event of an app belongs to, if there is one: the last whose first event is not after it.
    static let unit = Statement(
        """
        SELECT \(columns) FROM units u \(order)
        WHERE u.app = $1 AND u.environment = $2 AND u.event_id <= $3 ORDER BY u.event_id DESC LIMIT 1
        """)

    /// The same without its order: its number and its first event.
    static let place = Statement(
        """
        SELECT n, event_id FROM units WHERE app = $1 AND environment = $2 AND event_id <= $3
        ORDER BY event_id DESC LIMIT 1
        """)

    static let ofOrder = Statement(
        Units.chain(columns)
            + """
             \(order) WHERE u.event_id IS NOT NULL AND u.app = $2 AND u.environment = $3
                AND ($4 IS NULL OR instr(u.types, $4) > 0)
            ORDER BY u.first_event DESC
            """)

    /// A page of units that tell of something; `$3` is nothing, or the event whose unit comes first.
    static let page = Statement(
        """
        SELECT \(columns) FROM units u \(order)
        WHERE u.app = $1 AND u.environment = $2 AND u.event_id <= coalesce($3, x'FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF')
            AND u.event_id IS NOT NULL AND ($4 IS NULL OR instr(u.types, $4) > 0)
        ORDER BY u.event_id DESC
        """)
}

extension SQLiteStore {
    package func events(
        app: AppID, environment: PayEnvironment, order: OrderID?, type: String?, after: EventID?, limit: Int
    ) async throws(StoreFailure) -> [Event] {
        let sealer = sealer
        return try await reader.read { connection in
            guard limit > 0 else { return [] }
            if let order {
                let all = try connection(Events.ofOrder).all({ binder in
                    binder.text(order.text)
                    binder.text(app.text)
                    binder.text(environment.rawValue)
                    binder.text(type)
                }) { try Events.events($0, sealer).reversed().map(\.event) }
                return Self.page(all.flatMap(\.self).filter { type == nil || $0.type == type }, after, limit)
            }
            var found: [Event] = []
            try connection(Events.page).each({ binder in
                binder.text(app.text)
                binder.text(environment.rawValue)
                binder.blob(after?.bytes)
                binder.text(type)
            }) { row in
                for (_, event) in try Events.events(row, sealer).reversed() {
                    guard type == nil || event.type == type else { continue }
                    if let after, event.id.text >= after.text { continue }
                    found.append(event)
                    if found.count == limit { return false }
                }
                return true
            }
            return found
        }
    }

    /// A page of one order's events, which go by number: identifiers of older releases are random within a millisecond.
    private static func page(_ events: [Event], _ after: EventID?, _ limit: Int) -> [Event] {
        guard let after else { return Array(events.prefix(limit)) }
        let rest =
            events.firstIndex { $0.id == after }.map { events[($0 + 1)...] }
            ?? events.filter { $0.id.text < after.text }[...]
        return Array(rest.prefix(limit))
    }

    package func event(
        _ id: EventID, app: AppID, environment: PayEnvironment
    ) async throws(StoreFailure) -> Event? {
        let sealer = sealer
        return try await reader.read { connection in
            let events = try connection(Events.unit).first({
                $0.text(app.text)
                $0.text(environment.rawValue)
                $0.blob(id.bytes)
            }) { try Events.events($0, sealer) }
            return events?.first { $0.event.id == id }?.event
        }
    }
}
