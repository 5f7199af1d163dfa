import Router
import Testing

@testable import Host

/// What is refused while the router has more to do than it can.
@Suite("Admission") struct AdmissionTests {
    private struct Silent: RequestObserver {
        func answered(
            _ request: APIRequest, template: String, caller: Caller?, status: Int, elapsed: Duration
        ) {}
    }

    private static let routes: RouteTable = {
        var routes = RouteTable()
        let answer: RouteTable.OpenHandler = { _ in .empty(200) }
        routes.open("POST", "/orders", work: .create, answer)
        routes.open("GET", "/orders", work: .list, answer)
        routes.open("GET", "/orders/{id}", answer)
        routes.open("POST", "/orders/{id}/confirm", answer)
        return routes
    }()

    private func status(_ method: String, _ path: String, isFull: Bool) async -> APIResponse {
        let keys = KeyRing(.fresh(MasterKey.random().key), store: NoApps(), time: HostClock())
        let dispatcher = Dispatcher(
            routes: Self.routes, keys: keys, publicURL: "", observer: Silent(), isFull: { isFull })
        return await dispatcher.respond(
            to: APIRequest(
                method: method, path: path, headers: [], body: [],
                id: RequestID(at: Moment(milliseconds: 0), from: SystemRandom())))
    }

    @Test
    func `new orders and lists wait; what is under way, single things and health do not`() async {
        for (method, path) in [("POST", "/orders"), ("GET", "/orders"), ("HEAD", "/orders")] {
            let refused = await status(method, path, isFull: true)
            #expect(refused.status == 503)
            #expect(refused.headers.contains { $0.name == "retry-after" })
            #expect(await status(method, path, isFull: false).status == 200)
        }
        for (method, path) in [("GET", "/orders/1"), ("POST", "/orders/1/confirm")] {
            #expect(await status(method, path, isFull: true).status == 200)
        }
    }

    @Test
    func `every call that makes an order may be refused before it is accepted, and every list`() async throws {
        let makes = Set([
            "POST /v1/payments", "POST /v1/payouts", "POST /v1/payments/{id}/refunds",
            "POST /v1/payments/{id}/capture", "POST /checkout", "POST /v1/transfers", "POST /v1/wallets",
            "POST /v1/bills", "POST /bill/{code}", "POST /v1/wallet/transfers", "POST /v1/wallet/cash_outs",
            "POST /v1/wallet/top_ups", "POST /v1/wallet/bill_payments", "POST /v1/wallet/bills", "POST /wallet/send",
            "POST /wallet/cashout", "POST /wallet/topup", "POST /wallet/bill/{code}/pay", "POST /wallet/bills/new",
            "POST /v1/wallet/wallets", "POST /wallet/biller/{provider}", "POST /shop/{key}", "POST /w/{id}",
        ])
        let table = try await publicRoutes()
        let found = Set(table.entries.filter { $0.work == .create }.map { "\($0.method) \($0.template)" })
        #expect(found == makes)
        for entry in table.entries where entry.method == "GET" && entry.template.hasPrefix("/v1/") {
            let isList = [
                "payments", "payouts", "refunds", "events", "reviews", "transfers", "wallets", "history", "accounts",
                "postings", "bills",
            ].contains {
                entry.template.hasSuffix("/\($0)")
            }
            #expect((entry.work == .list) == isList, "\(entry.template)")
        }
    }
}
