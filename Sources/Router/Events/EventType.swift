/// What an event tells of which kind of order: `payment.succeeded`, `refund.created`.
package struct EventType: Sendable, Hashable, CustomStringConvertible {
    package enum Occasion: Sendable, Hashable {
        case created
        /// The public state became this one.
        case status(OrderStatus)
        /// Money of a payment was given back by a refund of ours.
        case refunded
        /// The operator told it without being asked.
        case notice(OperatorNotice.Kind)
        /// Evidence contradicts what is final.
        case discrepancy
        /// People have ended a review.
        case reviewResolved
        /// The payment has paid its bill; the event is the bill's.
        case billPaid

        var name: String {
            switch self {
            case .created: "created"
            case .status(let status): status.rawValue
            case .refunded: "refunded"
            case .notice(let kind): kind.rawValue
            case .discrepancy: "discrepancy"
            case .reviewResolved: "review_resolved"
            case .billPaid: "paid"
            }
        }
    }

    package var kind: OrderKind
    package var occasion: Occasion

    package init(_ kind: OrderKind, _ occasion: Occasion) {
        self.kind = kind
        self.occasion = occasion
    }

    /// As apps read it.
    package var description: String {
        occasion == .billPaid ? Self.billPaid : "\(kind.rawValue).\(occasion.name)"
    }

    /// What is told of a bill; its order is the payment that has paid it.
    package static let billPaid = "bill.paid"

    /// Every type there is, in the order in which they are documented.
    package static let all: [EventType] = {
        let states = OrderKind.allCases.flatMap { kind in
            ([.created] + kind.facts.statuses.map(Occasion.status) + (kind == .payment ? ofPayments : [])).map {
                EventType(kind, $0)
            }
        }
        return states
            + OrderKind.allCases.flatMap { [EventType($0, .discrepancy), EventType($0, .reviewResolved)] }
            + [EventType(.payment, .billPaid)]
    }()

    private static let ofPayments: [Occasion] = [.refunded] + OperatorNotice.Kind.allCases.map(Occasion.notice)
}
