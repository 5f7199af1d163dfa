import Router

/// Statements of movements: what an order's money moves for, and whether it did.
enum Movements {
    static let insert = Statement(
        "INSERT INTO movements (id, order_id, kind, amount, currency, state) VALUES ($1, $2, $3, $4, $5, $6)")

    /// Only while nothing was ever tried.
    static let hold = Statement("UPDATE movements SET kind = 'authorize' WHERE id = $1 AND state = 'open'")

    static let amount = Statement("SELECT amount, currency FROM movements WHERE id = $1")

    static let close = Statement("UPDATE movements SET state = $1 WHERE id = $2 AND state = 'open'")
}

extension WriterConnection {
    func insertMovement(of order: Order) throws(SQLiteFault) {
        try self(Movements.insert).run {
            $0.text(order.movement.text)
            $0.text(order.id.text)
            $0.text(order.purpose.rawValue)
            $0.integer(order.amount.minorUnits)
            $0.text(order.amount.currency.code)
            $0.text(order.outcome.rawValue)
        }
    }

    /// A movement leaves "open" once and never changes again.
    func changeMovement(of order: Order, holdsInstead: Bool) throws(SQLiteFault) {
        if holdsInstead { try self(Movements.hold).run { $0.text(order.movement.text) } }
        guard order.outcome.isFinal else { return }
        try self(Movements.close).run {
            $0.text(order.outcome.rawValue)
            $0.text(order.movement.text)
        }
    }
}
