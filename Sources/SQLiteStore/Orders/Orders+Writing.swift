import Router

/// How an order becomes rows.
extension WriterConnection {
    /// Writes a new order with what is fixed about it.
    func insert(_ encoded: EncodedUnit) throws {
        let order = encoded.unit.order
        try self(Orders.insertBody).run {
            $0.blob(encoded.body)
            $0.blob(encoded.secretBody)
        }
        let body = lastRowNumber
        try self(Orders.insert).run {
            $0.text(order.id.text)
            $0.text(order.app.text)
            $0.text(order.environment.rawValue)
            $0.text(order.idempotencyKey)
            $0.text(order.requestID.text)
            $0.integer(order.createdAt.milliseconds)
            $0.text(order.request.reference)
            $0.blob(encoded.phone)
            $0.text(order.movement.text)
            $0.integer(body)
            $0.text(order.parent?.text)
            $0.text(order.request.repeatOf?.text)
            bindMutable(encoded, &$0)
        }
        try insertMovement(of: order)
    }

    /// - Returns: `false`, and nothing written, if the stored version is another one.
    func update(_ encoded: EncodedUnit, expected: Int64) throws -> Bool {
        let order = encoded.unit.order
        let changed = try self(Orders.update).run {
            bindMutable(encoded, &$0)
            $0.text(order.id.text)
            $0.integer(expected)
        }
        guard changed == 1 else { return false }
        try changeMovement(of: order, holdsInstead: encoded.unit.holdsInstead)
        if order.request.repeatOf != nil, !order.keepsRepeatOf {
            try self(Orders.giveRepeatBack).run { $0.text(order.id.text) }
        }
        return true
    }

    private func bindMutable(_ encoded: EncodedUnit, _ binder: inout Binder) {
        let order = encoded.unit.order
        binder.integer(order.version)
        binder.text(order.status.rawValue)
        binder.text(order.chosen?.provider.text)
        binder.text(order.chosen?.channel.text)
        binder.text(order.due?.queue.text)
        binder.integer(order.due?.at.milliseconds)
        binder.integer(order.eventCount)
        binder.integer(order.updatedAt.milliseconds)
        binder.blob(encoded.state)
        binder.blob(encoded.secretState)
        binder.text(order.review?.reason.rawValue)
    }
}
