/// What a caller can ask for; each kind of order has a prefix of its own in its ``OrderID``.
public enum OrderKind: String, Sendable, Hashable, CaseIterable {
    /// Money in.
    case payment
    /// Money out.
    case payout
    /// Money back, for a payment.
    case refund
    /// Collects money that a payment holds.
    case capture
    /// Releases money that a payment holds.
    case void
    /// Money from one wallet to another, of ours or of operators.
    case transfer
}

extension OrderKind {
    /// In what kinds of orders differ, one line each: whoever adds a kind begins here.
    package struct Facts: Sendable {
        /// The prefix of its identifiers, without the underscore.
        package var prefix: StaticString
        /// Where callers find an order of the kind, without its identifier; `nil` where they find it in its payment.
        package var path: String?
        /// What it asks of operators, unless its request says otherwise.
        package var operation: MoneyOperation
        /// The counter of its kind in `/metrics`.
        package var metric: String
        /// Whether such an order belongs to a payment.
        package var hasParent: Bool
        /// The public states that its events tell of.
        package var statuses: [OrderStatus]
    }

    /// The kind's line of the table.
    package var facts: Facts {
        switch self {
        case .payment:
            Facts(
                prefix: "pay", path: "/v1/payments", operation: .collect, metric: "payrouter_payments_total",
                hasParent: false, statuses: OrderStatus.allCases)
        case .payout:
            Facts(
                prefix: "po", path: "/v1/payouts", operation: .payout, metric: "payrouter_payouts_total",
                hasParent: false, statuses: Self.oneStep)
        case .refund:
            Facts(
                prefix: "re", path: "/v1/refunds", operation: .refund, metric: "payrouter_refunds_total",
                hasParent: true, statuses: Self.oneStep)
        case .capture:
            Facts(
                prefix: "cap", path: nil, operation: .capture, metric: "payrouter_captures_total",
                hasParent: true, statuses: Self.oneStep)
        case .void:
            Facts(
                prefix: "void", path: nil, operation: .void, metric: "payrouter_voids_total",
                hasParent: true, statuses: Self.oneStep)
        case .transfer:
            // Its legs are orders of their own; it asks operators for nothing itself.
            Facts(
                prefix: "tr", path: "/v1/transfers", operation: .payout, metric: "payrouter_transfers_total",
                hasParent: false,
                statuses: [.processing, .awaitingCustomer, .succeeded, .failed, .cancelled, .underReview])
        }
    }

    /// The states of an order that asks no payer for anything.
    private static let oneStep: [OrderStatus] = [.processing, .succeeded, .failed, .underReview]

    /// The prefix of its identifiers, without the underscore.
    public var prefix: String { "\(facts.prefix)" }
    /// Whether such an order belongs to a payment.
    public var hasParent: Bool { facts.hasParent }
    /// The name under which idempotency keys are bound and references derived; it never changes.
    package var createOperation: String { "\(rawValue).create" }

    private static let byPrefix = Dictionary(uniqueKeysWithValues: allCases.map { ($0.prefix, $0) })

    init?(prefix: Substring) {
        guard let kind = Self.byPrefix[String(prefix)] else { return nil }
        self = kind
    }
}
