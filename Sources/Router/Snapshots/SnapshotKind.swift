/// What kind of order a snapshot counts.
package enum SnapshotKind: String, Sendable, Hashable, Comparable, CaseIterable {
    case payment, payout, refund, capture, void, transfer
    /// An order of a transfer, whatever its own kind: what it collects is nobody's sale.
    case leg

    /// The kind of an order, by its id and that of the order it belongs to.
    package init(_ order: OrderID, parent: OrderID?) {
        if parent?.kind == .transfer {
            self = .leg
            return
        }
        switch order.kind {
        case .payment: self = .payment
        case .payout: self = .payout
        case .refund: self = .refund
        case .capture: self = .capture
        case .void: self = .void
        case .transfer: self = .transfer
        }
    }

    package static func < (left: SnapshotKind, right: SnapshotKind) -> Bool { left.rawValue < right.rawValue }
}
