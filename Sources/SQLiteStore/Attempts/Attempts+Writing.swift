import Router

/// How an attempt becomes a row.
extension WriterConnection {
    func insert(_ attempt: Attempt, _ bytes: EncodedUnit.AttemptBytes, of order: Order) throws(SQLiteFault) {
        try self(Attempts.insert).run {
            $0.text(order.id.text)
            $0.text(attempt.id.text)
            $0.text(order.movement.text)
            $0.integer(Int64(attempt.ordinal))
            $0.text(attempt.provider.text)
            $0.text(attempt.channel.text)
            $0.text(attempt.scope)
            $0.text(attempt.reference)
            $0.integer(attempt.amount.minorUnits)
            $0.text(attempt.amount.currency.code)
            $0.integer(attempt.createdAt.milliseconds)
            bindMutable(attempt, bytes, &$0)
            $0.integer(attempt.state.isLive ? 1 : 0)
            $0.text(attempt.operatorReference)
            $0.blob(bytes.promptLock)
            $0.blob(bytes.provenAs)
        }
    }

    /// Changes an attempt that its order has; its unit is refused otherwise.
    func update(_ attempt: Attempt, _ bytes: EncodedUnit.AttemptBytes, of order: OrderID) throws {
        if attempt.state.isLive, attempt.operatorReference == nil, attempt.promptLock == nil {
            let changed = try self(Attempts.updatePlain).run {
                bindMutable(attempt, bytes, &$0)
                $0.text(order.text)
                $0.text(attempt.id.text)
            }
            if changed == 1 { return }
        }
        let changed = try self(Attempts.update).run {
            bindMutable(attempt, bytes, &$0)
            $0.integer(attempt.state.isLive ? 1 : 0)
            $0.text(attempt.operatorReference)
            $0.blob(bytes.promptLock)
            $0.blob(bytes.provenAs)
            $0.text(order.text)
            $0.text(attempt.id.text)
        }
        guard changed == 1 else { throw Refused(conflict: .constraint(.missingAttempt)) }
    }

    private func bindMutable(_ attempt: Attempt, _ bytes: EncodedUnit.AttemptBytes, _ binder: inout Binder) {
        binder.integer(attempt.epoch)
        binder.text(attempt.state.rawValue)
        binder.integer(attempt.openSince?.milliseconds)
        binder.blob(bytes.record)
        binder.blob(bytes.secret)
    }
}
