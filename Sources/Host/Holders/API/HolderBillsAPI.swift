import Router

/// `/v1/wallet/bills`: bills that a holder has made, or was sent.
struct HolderBillsAPI: Sendable {
    let desk: HolderDesk

    private var view: BillView { BillView(publicURL: desk.engine.settings.publicURL) }

    func register(in routes: inout RouteTable) {
        routes.holder("GET", "/v1/wallet/bills", work: .list) { request, account throws(Problem) in
            try await list(request, account)
        }
        routes.holder("GET", "/v1/wallet/bills/{code}") { request, account throws(Problem) in
            let bill = try await desk.bill(code: request.parameters["code"] ?? "", at: "")
            return .json(try await shown(bill, to: account))
        }
        routes.holder("DELETE", "/v1/wallet/bills/{code}") { request, account throws(Problem) in
            let bill = try await desk.bill(code: request.parameters["code"] ?? "", at: "")
            return .json(view.json(try await desk.delete(bill, account)))
        }
    }

    /// Which side of a bill the holder is on.
    enum Side: String, CaseIterable { case issued, received }

    private func list(_ request: APIRequest, _ account: Account) async throws(Problem) -> APIResponse {
        let query = try QueryParameters(request.query, allowed: ["side", "state", "limit", "after"])
        let side = try query.choice("side", Side.self) ?? .issued
        let limit = try query.limit()
        var wanted = BillQuery(environment: desk.settings.environment, limit: limit + 1)
        switch side {
        case .issued: wanted.issuer = account.id
        case .received: wanted.recipient = account.id
        }
        wanted.state = try query.choice("state", Bill.State.self)
        wanted.after = try query.value("after", Cursor.expected) { Cursor.read($0) }
        let asked = wanted
        let found = try await desk.stored { () async throws(StoreFailure) in try await desk.store.bills(asked) }
        var data: [JSONValue] = []
        for bill in found.prefix(limit) { data.append(try await shown(bill, to: account)) }
        let hasMore = found.count > limit
        return .json([
            "object": "list", "data": .array(data), "has_more": .bool(hasMore),
            "next_cursor": hasMore ? JSONValue(found.prefix(limit).last.map { Cursor.text($0.id.text) }) : .null,
        ])
    }

    /// All of it to its issuer; to everybody else what its payer needs.
    private func shown(_ bill: Bill, to account: Account) async throws(Problem) -> JSONValue {
        guard bill.issuer != account.id else { return view.json(bill) }
        return view.payersJSON(bill, from: try await desk.issuer(of: bill))
    }
}

extension HolderDesk {
    /// Takes a bill back; only its issuer may.
    func delete(_ bill: Bill, _ account: Account) async throws(Problem) -> Bill {
        guard bill.issuer == account.id else {
            throw Problem(.forbidden, "the bill is somebody else's: only its issuer takes it back")
        }
        let refusal = try await changed { () async throws(StoreFailure) in try await store.delete(bill.id, at: now) }
        let known = try await stored { () async throws(StoreFailure) in try await store.bill(bill.id) } ?? bill
        if let refusal { throw BillAnswers.problem(refusal, known) }
        return known
    }
}
