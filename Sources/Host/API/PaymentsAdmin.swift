package import Router

/// Payments of all apps, for the command line.
package struct PaymentsAdmin: Sendable {
    private let reader: PaymentReader

    package init(store: any Store, publicURL: String) {
        reader = PaymentReader(store: store, view: OrderView(publicURL: publicURL))
    }

    package func register(in routes: inout RouteTable) {
        routes.add("GET", "/payments", .open) { request, _ throws(Problem) in
            try await reader.list(request.query, app: nil, environment: nil)
        }
        routes.add("GET", "/payments/{id}", .open) { request, _ throws(Problem) in
            guard let file = try await reader.file(request.parameters["id"]) else {
                throw Problem(.notFound, "there is no such payment; `payrouter payments list` shows them")
            }
            return .json(bytes: try await reader.whole(file))
        }
    }
}
