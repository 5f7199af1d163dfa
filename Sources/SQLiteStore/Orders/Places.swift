import Router

/// Where orders wait for an operator: provider, scope and operation of their live attempt, each combination with a number.
///
/// With the number beside its timer, a start counts what is open from one index, however many orders are.
struct Place: Sendable, Hashable {
    let provider: String
    let scope: String
    let operation: String

    static let get = Statement("SELECT n FROM places WHERE provider = $1 AND scope = $2 AND operation = $3")

    static let insert = Statement(
        "INSERT INTO places (provider, scope, operation) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")

    init(provider: String, scope: String, operation: String) {
        self.provider = provider
        self.scope = scope
        self.operation = operation
    }

    /// Where an order waits after a step; `nil` if none of its attempts is live.
    init?(_ unit: UnitOfWork) {
        guard let live = unit.attempts.last(where: \.state.isLive) else { return nil }
        self.init(provider: live.provider.text, scope: live.scope, operation: unit.order.purpose.rawValue)
    }

    /// Its number, which it is given if it has none.
    func number(_ statement: (Statement) throws -> PreparedStatement) throws -> Int64? {
        if let known = try find(statement(Self.get)) { return known }
        _ = try statement(Self.insert).run(bind)
        return try find(statement(Self.get))
    }

    private func find(_ statement: PreparedStatement) throws -> Int64? { try statement.first(bind) { $0.integer(0) } }

    private func bind(_ binder: inout Binder) {
        binder.text(provider)
        binder.text(scope)
        binder.text(operation)
    }
}

extension WriterConnection {
    /// The number of a place; there are few, and they are remembered until a group is undone.
    func number(of place: Place?) throws -> Int64? {
        guard let place else { return nil }
        if let known = places[place] { return known }
        let number = try place.number { try self($0) }
        places[place] = number
        return number
    }
}
