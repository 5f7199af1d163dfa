import Router

/// Which of a list's conditions leads to its orders: the one that leaves the fewest to look at, by the index that it has.
///
/// Every index ends with the order's identifier, so what it leads to comes in the order of lists and is never sorted.
enum ListDriver: Sendable, Hashable {
    /// A value of metadata.
    case metadata
    /// Conditions that few orders meet at all, looked up first.
    case narrow
    /// The reason of a review.
    case review
    case phone
    /// An app's order number.
    case reference
    /// An app's orders in a status that most are not in.
    case status
    /// An app's orders.
    case app
    /// All orders.
    case all

    init(_ query: OrderQuery) {
        let hasPlace = query.app != nil && query.environment != nil
        if !query.metadata.isEmpty {
            self = .metadata
        } else if query.leadsToFew {
            self = .narrow
        } else if query.review != nil {
            self = .review
        } else if query.phone != nil {
            self = .phone
        } else if query.reference != nil, hasPlace {
            self = .reference
        } else if query.status.map(Orders.isRare) == true, hasPlace {
            self = .status
        } else {
            self = query.app == nil ? .all : .app
        }
    }

    /// What a query reads from.
    var source: String {
        switch self {
        // None is looked at that is not shown or refused by another filter.
        case .metadata: "order_metadata x CROSS JOIN orders o ON o.id = x.order_id"
        case .review: "orders o INDEXED BY orders_review"
        case .phone: "orders o INDEXED BY orders_phone"
        case .reference: "orders o INDEXED BY orders_reference"
        case .narrow, .status, .app, .all: "orders o"
        }
    }

    /// Where the order's identifier stands; a plus keeps SQLite from walking through a time where the few that fit are at
    /// hand.
    var id: String {
        switch self {
        case .metadata: "x.order_id"
        case .narrow: "+o.id"
        case .review, .phone, .reference, .status, .app, .all: "o.id"
        }
    }

    /// What the order of the list is read from.
    var sorting: String { self == .metadata ? "x.order_id" : "o.id" }

    /// Whether app and environment are part of the way.
    var usesPlace: Bool {
        switch self {
        case .reference, .status, .app, .all: true
        case .metadata, .narrow, .review, .phone: false
        }
    }

    /// Whether each order on the way has to be looked at, because the query asks for more than leads to it.
    func looksAtEach(_ query: OrderQuery) -> Bool {
        var rest = query
        (rest.kind, rest.createdFrom, rest.createdBefore, rest.after, rest.before) = (nil, nil, nil, nil, nil)
        (rest.limit, rest.mostRows, rest.findsByDecision) = (0, nil, false)
        switch self {
        case .narrow: return false
        case .metadata: rest.metadata = Array(query.metadata.dropFirst())
        case .review: rest.review = nil
        case .phone: rest.phone = nil
        case .reference: rest.reference = nil
        case .status: rest.status = nil
        case .app, .all: break
        }
        if usesPlace || self == .metadata { rest.apps = nil }
        if usesPlace, self != .all { rest.environment = nil }
        return rest != OrderQuery(app: nil, environment: nil, limit: 0).withoutKind
    }
}

extension OrderQuery {
    /// Whether a condition holds for few orders only, which are looked up by it.
    fileprivate var leadsToFew: Bool {
        hasNames || (review != nil && findsByDecision)
    }

    private var hasNames: Bool {
        parent != nil || attemptReference != nil || operatorReference != nil || event != nil || idempotencyKey != nil
    }

    /// Whether its orders lie in one stretch of an index: an app's of one kind, as apps list them.
    var isOneStretch: Bool { kind != nil && app != nil && environment != nil && !isOfAnyReason }

    /// Whether its orders lie in one stretch for each reason of a review.
    var isOfAnyReason: Bool { review == .any && ListDriver(self) == .review }

    fileprivate var withoutKind: OrderQuery {
        var query = self
        query.kind = nil
        return query
    }
}

extension Orders {
    /// Whether a status is in the index by status.
    static func isRare(_ status: OrderStatus) -> Bool { [.failed, .cancelled, .underReview].contains(status) }
}
