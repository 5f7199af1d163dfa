/// Which orders a list shows.
///
/// All conditions hold together; the apps and the environment always count.
package struct OrderQuery: Sendable, Hashable {
    /// Payments, unless said otherwise; `nil` for every kind.
    package var kind: OrderKind? = .payment
    /// Only orders that belong to this payment.
    package var parent: OrderID?
    /// Only orders of these apps; `nil` for all apps.
    package var apps: Set<AppID>?
    package var environment: PayEnvironment?
    package var status: OrderStatus?
    package var review: ReviewFilter?
    /// Whether a payment is found by the review of its capture or release, too.
    package var findsByDecision = false
    package var channel: PaymentChannel?
    package var provider: ProviderID?
    package var reference: String?
    package var phone: MSISDN?
    package var amount: Money?
    package var idempotencyKey: String?
    /// The HTTP request that made the order, which was within half a minute before the order.
    package var requestID: RequestID?
    /// Our reference of one of its attempts, at whichever provider.
    package var attemptReference: String?
    /// The operator's reference of one of its attempts, at whichever provider.
    package var operatorReference: String?
    /// Something that its app was told of it.
    package var event: EventID?
    /// All of them must hold; each app has values of its own.
    ///
    /// An order that is not indexed yet is not found.
    package var metadata: [MetadataTerm] = []
    package var createdFrom: Moment?
    package var createdBefore: Moment?
    /// Only orders older than this one.
    package var after: OrderID?
    /// Only orders newer than this one.
    package var before: OrderID?
    package var limit: Int
    /// About how many orders may be looked at where none of the conditions leads to those that fit; `nil` for as many as
    /// there are.
    package var mostRows: Int?

    /// Which open reviews a list shows.
    package enum ReviewFilter: Sendable, Hashable {
        case any
        case reason(Review.Reason)

        package func matches(_ review: Review.Reason?) -> Bool {
            switch self {
            case .any: review != nil
            case .reason(let reason): review == reason
            }
        }
    }

    /// The one app whose orders are listed; `nil` for all apps, and for several.
    package var app: AppID? {
        get { apps?.count == 1 ? apps?.first : nil }
        set { apps = newValue.map { [$0] } }
    }

    /// Whether it asks for the page next to an order, on the newer side.
    package var isReversed: Bool { before != nil && after == nil }

    package init(app: AppID?, environment: PayEnvironment?, limit: Int = 20) {
        self.environment = environment
        self.limit = limit
        self.app = app
    }
}

/// One page of a list.
package struct OrderPage: Sendable, Hashable {
    /// Newest first.
    package var orders: [Order]
    /// How far it was looked, where that was not to the end because of ``OrderQuery/mostRows``: the page behind it begins
    /// there, on the side to which the query went.
    package var lookedTo: OrderID?

    package init(orders: [Order], lookedTo: OrderID? = nil) {
        self.orders = orders
        self.lookedTo = lookedTo
    }
}

extension OrderStore {
    /// The orders of one page.
    package func list(_ query: OrderQuery) async throws(StoreFailure) -> [Order] { try await page(query).orders }
}
