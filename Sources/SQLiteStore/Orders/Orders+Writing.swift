import Router

/// Where an order stands, as a step that changes it has to find it.
struct StoredStanding {
    static let get = Statement("SELECT version, last_unit, event_count, outcome, purpose FROM orders WHERE id = $1")

    let version: Int64
    let lastUnit: Int64
    let eventCount: Int64
    let outcome: String
    let purpose: String

    init(_ row: StatementRow) {
        (version, lastUnit, eventCount) = (row.integer(0), row.integer(1), row.integer(2))
        (outcome, purpose) = (row.text(3), row.text(4))
    }

    /// Why a unit cannot follow; `nil` if it can.
    func conflict(_ unit: UnitOfWork, expected: Int64) -> Conflict? {
        guard version == expected else { return .version }
        if let first = unit.events.first, first.sequence <= eventCount { return .constraint(.eventNumber) }
        let isOpen = outcome == OrderOutcome.open.rawValue
        let keepsEnd = outcome == unit.order.outcome.rawValue && purpose == unit.order.purpose.rawValue
        return isOpen || keepsEnd ? nil : .constraint(.end)
    }
}

/// How an order becomes rows.
extension WriterConnection {
    /// Writes a new order with its first unit.
    func insert(_ encoded: EncodedUnit) throws {
        let order = encoded.unit.order
        let number = takeUnitNumber()
        let place = try self.number(of: Place(encoded.unit))
        try self(Orders.insert).run {
            $0.text(order.id.text)
            $0.text(order.app.text)
            $0.text(order.environment.rawValue)
            $0.text(order.idempotencyKey)
            $0.text(order.requestID.text)
            $0.integer(order.createdAt.milliseconds)
            $0.text(order.request.reference)
            $0.blob(encoded.phone)
            $0.text(order.movement == MovementID(of: order.id) ? nil : order.movement.text)
            $0.text(order.parent?.text)
            $0.text(order.request.repeatOf?.text)
            $0.integer(order.amount.minorUnits)
            $0.text(order.amount.currency.code)
            $0.integer(number)
            bindMutable(order, unit: number, place, &$0)
        }
        try insert(encoded, number: number, previous: nil)
    }

    /// Writes the next unit of an order.
    ///
    /// - Returns: Why it cannot, with nothing written.
    func update(_ encoded: EncodedUnit, expected: Int64) throws -> Conflict? {
        let order = encoded.unit.order
        let stored = try self(StoredStanding.get).first({ $0.text(order.id.text) }) { StoredStanding($0) }
        guard let stored else { return .version }
        if let conflict = stored.conflict(encoded.unit, expected: expected) { return conflict }
        let number = takeUnitNumber()
        let place = try self.number(of: Place(encoded.unit))
        try self(Orders.update).run {
            bindMutable(order, unit: number, place, &$0)
            $0.text(order.id.text)
            $0.integer(expected)
        }
        if order.request.repeatOf != nil, !order.keepsRepeatOf {
            try self(Orders.giveRepeatBack).run { $0.text(order.id.text) }
        }
        try insert(encoded, number: number, previous: stored.lastUnit)
        return nil
    }

    private func bindMutable(_ order: Order, unit: Int64, _ place: Int64?, _ binder: inout Binder) {
        binder.integer(unit)
        binder.integer(order.version)
        binder.text(order.purpose.rawValue)
        binder.text(order.outcome.rawValue)
        binder.text(order.status.rawValue)
        binder.text(order.review?.reason.rawValue)
        binder.text(order.chosen?.provider.text)
        binder.text(order.chosen?.channel.text)
        binder.text(order.due?.queue.text)
        binder.integer(order.due?.at.milliseconds)
        binder.integer(order.eventCount)
        binder.integer(order.updatedAt.milliseconds)
        binder.integer(place)
    }
}
