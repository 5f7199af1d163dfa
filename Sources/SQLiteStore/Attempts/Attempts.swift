import Router

/// Statements of attempts: what they are found by, and what no two of them may share.
///
/// What else is known of them lies in their order's units.
enum Attempts {
    static let insert = Statement(
        """
        INSERT INTO attempts (order_id, id, provider, scope, reference, amount, currency, created_at, state, open_since,
            live, operator_reference, prompt_lock, proof)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        """)

    /// For attempts that were live without an operator's reference or prompt lock, and still are: touches no index but
    /// that of what is under way.
    static let updatePlain = Statement(
        """
        UPDATE attempts SET state = $1, open_since = $2
        WHERE order_id = $3 AND live = 1 AND id = $4 AND operator_reference IS NULL AND prompt_lock IS NULL
        """)

    static let update = Statement(
        """
        UPDATE attempts SET state = $1, open_since = $2, live = $3, operator_reference = $4, prompt_lock = $5,
            proof = coalesce($6, proof)
        WHERE provider = $7 AND reference = $8 AND scope = $9 AND order_id = $10 AND id = $11
        """)
}

/// How an attempt becomes a row.
extension WriterConnection {
    func insert(_ attempt: Attempt, _ hashes: EncodedUnit.AttemptHashes, of order: Order) throws(SQLiteFault) {
        try self(Attempts.insert).run {
            $0.text(order.id.text)
            $0.text(attempt.id.text)
            $0.text(attempt.provider.text)
            $0.text(attempt.scope)
            $0.text(attempt.reference)
            $0.integer(attempt.amount.minorUnits)
            $0.text(attempt.amount.currency.code)
            $0.integer(attempt.createdAt.milliseconds)
            $0.text(attempt.state.rawValue)
            $0.integer(attempt.openSince?.milliseconds)
            $0.integer(attempt.state.isLive ? 1 : 0)
            $0.text(attempt.operatorReference)
            $0.blob(hashes.promptLock)
            $0.blob(hashes.proof)
        }
    }

    /// Changes an attempt that its order has; its unit is refused otherwise.
    func update(_ attempt: Attempt, _ hashes: EncodedUnit.AttemptHashes, of order: OrderID) throws {
        if attempt.state.isLive, attempt.operatorReference == nil, hashes.promptLock == nil, hashes.proof == nil {
            let changed = try self(Attempts.updatePlain).run {
                $0.text(attempt.state.rawValue)
                $0.integer(attempt.openSince?.milliseconds)
                $0.text(order.text)
                $0.text(attempt.id.text)
            }
            if changed == 1 { return }
        }
        let changed = try self(Attempts.update).run {
            $0.text(attempt.state.rawValue)
            $0.integer(attempt.openSince?.milliseconds)
            $0.integer(attempt.state.isLive ? 1 : 0)
            $0.text(attempt.operatorReference)
            $0.blob(hashes.promptLock)
            $0.blob(hashes.proof)
            $0.text(attempt.provider.text)
            $0.text(attempt.reference)
            $0.text(attempt.scope)
            $0.text(order.text)
            $0.text(attempt.id.text)
        }
        guard changed == 1 else { throw Refused(conflict: .constraint(.missingAttempt)) }
    }
}
