/// One intended flow of value in one direction.
package struct Movement: Sendable, Hashable {
    package typealias Kind = MoneyOperation

    package enum State: String, Sendable, Hashable, CaseIterable {
        /// Work goes on, or somebody has to decide.
        case open
        case succeeded, failed, cancelled

        package var isFinal: Bool { self != .open }
    }

    package let id: MovementID
    package let kind: Kind
    package let amount: Money
    package private(set) var state: State

    package init(id: MovementID, kind: Kind, amount: Money, state: State = .open) {
        self.id = id
        self.kind = kind
        self.amount = amount
        self.state = state
    }

    /// Closes an open movement; a closed one never changes.
    ///
    /// - Returns: `false` if it was closed already.
    package mutating func close(_ end: State) -> Bool {
        guard state == .open, end.isFinal else { return false }
        state = end
        return true
    }
}
