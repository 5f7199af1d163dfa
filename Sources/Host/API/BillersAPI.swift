package import Router

/// `/v1/billers`: who can be paid by an account number, and what is owed there.
package struct BillersAPI: Sendable {
    let billers: Billers

    package init(engine: Engine, limits: RequestLimits? = nil) {
        billers = Billers(engine: engine, limits: limits)
    }

    package func register(in routes: inout RouteTable) {
        routes.secret("GET", "/v1/billers") { request, caller throws(Problem) in
            _ = try QueryParameters(request.query, allowed: [])
            return .json(billers.list(caller.environment, caller.app))
        }
        routes.secret("POST", "/v1/billers/{provider}/look_up") { request, caller throws(Problem) in
            try await billers.lookUp(request, caller.environment, caller.app)
        }
    }
}
