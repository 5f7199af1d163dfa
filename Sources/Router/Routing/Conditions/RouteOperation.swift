/// What an order would have a provider do, as rules name it.
package enum RouteOperation: String, Sendable, Hashable, CaseIterable {
    case collect, authorize, payout
    /// A refund that is paid out, because the provider that took the money gives none back.
    case refund

    /// What is asked of a provider.
    package var operation: MoneyOperation {
        switch self {
        case .collect: .collect
        case .authorize: .authorize
        case .payout, .refund: .payout
        }
    }

    /// Payments, whether at once or held for a later capture.
    package static let payments: [RouteOperation] = [.collect, .authorize]
    /// Money that goes out.
    package static let payouts: [RouteOperation] = [.payout, .refund]
}

extension RouteFacts {
    /// What the order is to rules.
    package var routeOperation: RouteOperation {
        switch operation {
        case .authorize: .authorize
        case .payout: isRefund ? .refund : .payout
        case .collect, .capture, .void, .refund: .collect
        }
    }
}
