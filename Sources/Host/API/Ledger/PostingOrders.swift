import Router

/// What is told of an order beside its postings; the whole of it would be kept for every line of a list.
struct PostedOrder {
    var id: OrderID
    var environment: PayEnvironment
    var app: AppID
    var transfer: OrderID?
    /// Who began it.
    var initiator: Initiator
    /// The bill that it pays.
    var bill: BillID?
    /// The wallet that its app collects into, which people know by the app's name.
    var linkedWallet: WalletID?
    var description: String?
    /// Whether it pays a biller by an account number there.
    var paysBiller: Bool
    /// The operator's channel at its other end, and the number there; billers know their customers by account numbers.
    var channel: PaymentChannel?
    var phone: MSISDN?

    init(_ order: Order) {
        id = order.id
        app = order.app
        initiator = order.begunBy
        bill = order.request.bill
        linkedWallet = order.linkedWallet
        channel = order.chosen?.channel ?? order.request.transfer?.to.channel
        paysBiller = order.request.billAccount != nil
        phone = paysBiller ? nil : order.request.transfer?.recipient.phone ?? order.customer.phone
        environment = order.environment
        transfer = order.transfer
        description = order.request.description
    }
}

/// Finds the orders that postings were made for: a movement is named like its order, but for the kind.
struct PostingOrders {
    private let store: any Store
    private var known: [MovementID: PostedOrder?] = [:]

    init(store: any Store) { self.store = store }

    /// The order of a posting; `nil` for orders of older releases, whose movements have names of their own.
    mutating func order(of posting: Posting) async throws(StoreFailure) -> PostedOrder? {
        if let found = known[posting.movement] { return found }
        var order: PostedOrder?
        for kind in Self.kinds(PostingTemplate(rawValue: posting.kind)) {
            guard let id = OrderID(posting.movement, kind),
                let found = try await store.orderAggregate(id)?.order, found.movement == posting.movement
            else { continue }
            order = PostedOrder(found)
            break
        }
        known[posting.movement] = .some(order)
        return order
    }

    /// The kinds of orders that write a posting, the likeliest first.
    private static func kinds(_ template: PostingTemplate?) -> [OrderKind] {
        switch template {
        case .collect, .topUp, .walletPayment: [.payment]
        case .capture: [.capture]
        case .payout, .cashOut: [.payout]
        case .refund: [.refund]
        case .transfer, .fee: [.transfer, .payment, .payout]
        case .adjustment: [.transfer]
        case nil: OrderKind.allCases
        }
    }
}

extension OrderID {
    /// The order of a kind whose lines in the ledger have this name.
    init?(_ movement: MovementID, _ kind: OrderKind) {
        self.init(kind.prefix + "_" + movement.text.drop { $0 != "_" }.dropFirst(), kind)
    }
}
