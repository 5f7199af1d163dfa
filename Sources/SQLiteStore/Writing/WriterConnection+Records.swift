import Router

/// The rows beside a payment.
extension WriterConnection {
    func binding(_ key: Binding.Key) throws -> Binding? {
        try self(Bindings.get).first({ Bindings.bind(key, &$0) }, { try Bindings.binding(key, $0) })
    }

    /// - Returns: `false`, and nothing written, if the key is taken.
    func insert(_ binding: Binding) throws(SQLiteFault) -> Bool {
        let inserted = try self(Bindings.insert).run {
            Bindings.bind(binding.key, &$0)
            $0.blob(binding.fingerprint)
            $0.text(binding.order.text)
            $0.text(binding.requestID.text)
            $0.integer(Int64(binding.status))
            $0.integer(binding.createdAt.milliseconds)
        }
        return inserted == 1
    }

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
            $0.blob(bytes.settledAs)
        }
    }

    func update(_ attempt: Attempt, _ bytes: EncodedUnit.AttemptBytes, of order: OrderID) throws(SQLiteFault) {
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
            $0.blob(bytes.settledAs)
            $0.text(order.text)
            $0.text(attempt.id.text)
        }
        guard changed == 1 else { throw SQLiteFault(code: 19, message: "constraint failed: attempts.missing") }
    }

    private func bindMutable(_ attempt: Attempt, _ bytes: EncodedUnit.AttemptBytes, _ binder: inout Binder) {
        binder.integer(attempt.epoch)
        binder.text(attempt.state.rawValue)
        binder.integer(attempt.openSince?.milliseconds)
        binder.blob(bytes.record)
        binder.blob(bytes.secret)
    }

    /// Evidence lies beside its payment's other evidence, in the order of commits.
    func insert(_ evidence: Evidence, _ sealed: [UInt8]?, _ number: Int, of order: Order) throws(SQLiteFault) {
        try self(Appended.insertEvidence).run {
            $0.text(order.id.text)
            $0.text(evidence.attempt.text)
            $0.text(evidence.source.rawValue)
            $0.text(evidence.strength.rawValue)
            $0.text(evidence.claim)
            $0.text(evidence.detail)
            $0.integer(evidence.statedMinorUnits)
            $0.text(evidence.statedCurrency)
            $0.text(evidence.operatorReference)
            $0.integer(evidence.httpStatus.map(Int64.init))
            $0.integer(evidence.at.milliseconds)
            $0.blob(sealed)
            $0.integer(order.version)
            $0.integer(Int64(number))
        }
    }

    func insert(_ posting: Posting) throws(SQLiteFault) {
        try self(Appended.insertPosting).run {
            $0.text(posting.movement.text)
            $0.text(posting.kind)
            $0.integer(Int64(posting.sequence))
            $0.text(posting.account)
            $0.text(posting.side.rawValue)
            $0.integer(posting.amount.minorUnits)
            $0.text(posting.amount.currency.code)
            $0.integer(posting.at.milliseconds)
        }
    }

    func insert(_ discrepancy: Discrepancy) throws(SQLiteFault) {
        try self(Appended.insertDiscrepancy).run {
            $0.text(discrepancy.order.text)
            $0.text(discrepancy.attempt.text)
            $0.text(discrepancy.kind.rawValue)
            $0.integer(discrepancy.claimedMinorUnits)
            $0.text(discrepancy.claimedCurrency)
            $0.text(discrepancy.recordedState.rawValue)
            $0.integer(discrepancy.at.milliseconds)
        }
    }

    func insert(_ event: Event, _ sealed: [UInt8]) throws(SQLiteFault) {
        try self(Events.insert).run {
            $0.text(event.id.text)
            $0.text(event.app.text)
            $0.text(event.environment.rawValue)
            $0.text(event.order.text)
            $0.integer(event.sequence)
            $0.text(event.type)
            $0.integer(event.at.milliseconds)
            $0.blob(sealed)
        }
    }

    func settle(_ id: InboxID, _ state: InboxMessage.State) throws(SQLiteFault) {
        try self(Inbox.settle).run {
            Inbox.bind(state, &$0)
            $0.text(id.text)
        }
    }
}
