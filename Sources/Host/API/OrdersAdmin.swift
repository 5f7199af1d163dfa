package import Router

/// Payments, payouts, refunds and transfers of all apps, for the command line.
package struct OrdersAdmin: Sendable {
    private let reader: OrderReader

    package init(store: any Store, view: OrderView) {
        reader = OrderReader(store: store, view: view)
    }

    package func register(in routes: inout RouteTable) {
        for kind in [OrderKind.payment, .payout, .refund, .transfer] {
            routes.open("GET", "/\(kind.rawValue)s") { request throws(Problem) in
                try await reader.listOfAll(request.query, kind)
            }
        }
        routes.open("GET", "/orders/{id}") { request throws(Problem) in
            let name = request.parameters["id"] ?? ""
            guard let kind = OrderID(name)?.kind, let aggregate = try await reader.aggregate(name, kind) else {
                throw Problem(
                    .notFound,
                    "there is no order with this id; `payrouter payments list`, `payouts list`, `refunds list` and `transfers list` show "
                        + "them"
                )
            }
            return .json(bytes: try await reader.whole(aggregate))
        }
    }
}
