import Router

/// Whether what is stored of one order agrees with itself: its units, what columns say of them, its attempts' rows, its
/// place under its order number.
///
/// It counts what it has seen, so that units and attempts that no order names come out at the end.
struct OrderCheck {
    let connection: ReadConnection
    let sealer: Sealer
    private var seen: (units: Int64, attempts: Int64) = (0, 0)

    init(connection: ReadConnection, sealer: Sealer) { (self.connection, self.sealer) = (connection, sealer) }

    private static let columns = Statement(
        """
        SELECT version, status, outcome, purpose, provider, channel, event_count, updated_at, review, amount, currency,
            phone, (SELECT provider FROM places WHERE n = place), (SELECT scope FROM places WHERE n = place),
            (SELECT operation FROM places WHERE n = place), place IS NULL
        FROM orders WHERE id = $1
        """)

    private static let units = Statement(
        Units.chain("u.n, u.order_id, u.previous, u.first_event, u.types, u.sealed") + " ORDER BY u.n DESC")

    private static let counts = Statement("SELECT (SELECT count(*) FROM units), (SELECT count(*) FROM attempts)")

    private static let attempt = Statement(
        """
        SELECT id, order_id, amount, currency, state, live, open_since, operator_reference, prompt_lock
        FROM attempts WHERE provider = $1 AND reference = $2 AND scope = $3
        """)

    /// What is there beside everything that was looked at.
    var leftOver: [String] {
        get throws {
            let counts = try connection(Self.counts).first { ($0.integer(0), $0.integer(1)) } ?? (0, 0)
            return (counts.0 == seen.units ? [] : ["units that no order leads to: \(counts.0 - seen.units)"])
                + (counts.1 == seen.attempts ? [] : ["attempts that no order knows: \(counts.1 - seen.attempts)"])
        }
    }

    /// What is wrong, one line each.
    ///
    /// - Throws: If something of it cannot be read.
    mutating func faults(of id: String) throws -> [String] {
        guard
            let aggregate = try connection(Orders.get).first(
                { $0.text(id) }, { try Orders.aggregate($0, sealer) })
        else { throw RecordFault("a unit is missing") }
        var faults: [String] = []
        if try !columnsAgree(aggregate) { faults.append("an order is not indexed as its record says: \(id)") }
        if try !isListed(aggregate.order) { faults.append("an open order is not listed under its order number: \(id)") }
        for attempt in aggregate.attempts where try !agrees(attempt, of: id) {
            faults.append("an attempt is not indexed as its record says: \(attempt.id)")
        }
        seen.attempts += Int64(aggregate.attempts.count)
        if try !unitsAgree(aggregate.order) { faults.append("events are not numbered 1 to n: \(id)") }
        return faults
    }

    private func columnsAgree(_ aggregate: OrderAggregate) throws -> Bool {
        let (order, live) = (aggregate.order, aggregate.liveAttempt)
        return try connection(Self.columns).first({ $0.text(order.id.text) }) { row in
            row.integer(0) == order.version && row.text(1) == order.status.rawValue
                && row.text(2) == order.outcome.rawValue && row.text(3) == order.purpose.rawValue
                && row.optionalText(4) == order.chosen?.provider.text
                && row.optionalText(5) == order.chosen?.channel.text && row.integer(6) == order.eventCount
                && row.integer(7) == order.updatedAt.milliseconds
                && row.optionalText(8) == order.review?.reason.rawValue && row.integer(9) == order.amount.minorUnits
                && row.text(10) == order.amount.currency.code
                && row.optionalBlob(11) == order.request.customer.phone.map { sealer.blindIndex($0.e164) }
                && row.optionalText(12) == live?.provider.text && row.optionalText(13) == live?.scope
                && (row.integer(15) != 0) == (live == nil)
                && row.optionalText(14) == live.map { _ in order.purpose.rawValue }
        } ?? false
    }

    private func agrees(_ attempt: Attempt, of order: String) throws -> Bool {
        try connection(Self.attempt).first({
            $0.text(attempt.provider.text)
            $0.text(attempt.reference)
            $0.text(attempt.scope)
        }) { row in
            row.text(0) == attempt.id.text && row.text(1) == order && row.integer(2) == attempt.amount.minorUnits
                && row.text(3) == attempt.amount.currency.code && row.text(4) == attempt.state.rawValue
                && (row.integer(5) == 1) == attempt.state.isLive
                && row.optionalInteger(6) == attempt.openSince?.milliseconds
                && row.optionalText(7) == attempt.operatorReference
                && row.optionalBlob(8) == attempt.activePromptLock.map { sealer.blindIndex($0) }
        } ?? false
    }

    /// Every unit opens, belongs to the order and is reached from its last one; their events are numbered on.
    private mutating func unitsAgree(_ order: Order) throws -> Bool {
        var next = order.eventCount
        let agree = try connection(Self.units).all({ $0.text(order.id.text) }) { row in
            _ = try Units.record(row.blob(5), sealer).evidence()
            let count = Int64(row.text(4).split(separator: " ").count)
            next -= count
            return row.text(1) == order.id.text && (row.optionalInteger(3) ?? next + 1) == next + 1
        }
        seen.units += Int64(agree.count)
        return agree.allSatisfy(\.self) && next == 0
    }

    /// Whether an open order keeps others of its order number out.
    private func isListed(_ order: Order) throws -> Bool {
        guard !order.status.isFinal, let lock = order.lock else { return true }
        let stored = try connection(Claims.get).first({ $0.blob(sealer.blindIndex(lock.text)) }) {
            try Claims.claim($0)
        }
        return stored?.orders.contains(order.id) == true
    }
}
