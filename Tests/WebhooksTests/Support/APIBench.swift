import Router
import RouterTestKit
import Webhooks

@testable import Host

/// The webhook calls without a server: a request and its caller in, status and JSON out.
struct APIBench {
    let bench = SenderBench()
    let routes: RouteTable
    let admin: RouteTable
    private let random = SeededRandom(7)

    static let caller = Caller(app: Sample.app, environment: .sandbox, role: .secret)
    static let otherApp = Caller(app: Sample.otherApp, environment: .sandbox, role: .secret)
    static let otherEnvironment = Caller(app: Sample.app, environment: .production, role: .secret)

    init() {
        var routes = RouteTable()
        WebhookEndpointsAPI(
            store: bench.store, time: bench.clock, random: random, addresses: .publicOnly, sender: bench.sender
        ).register(in: &routes)
        self.routes = routes
        var admin = RouteTable()
        let sender = bench.sender
        WebhooksAdmin(
            store: bench.store, bills: MemoryStore(), body: sender.body, register: sender.register, time: bench.clock,
            random: random, onRedeliver: { sender.forget($0) }
        ).register(in: &admin)
        self.admin = admin
    }

    struct Reply {
        var status: Int
        var json: JSONValue
        var headers: [(name: String, value: String)]
    }

    /// Calls as an app.
    func call(_ method: String, _ target: String, _ body: String? = nil, as caller: Caller = caller) async -> Reply {
        await Self.call(routes, method, "/v1/webhook_endpoints" + target, body, caller)
    }

    /// Calls as the command line.
    func asAdmin(_ method: String, _ target: String, _ body: String? = nil) async -> Reply {
        await Self.call(admin, method, "/webhooks/endpoints" + target, body, nil)
    }

    private static func call(
        _ routes: RouteTable, _ method: String, _ target: String, _ body: String?, _ caller: Caller?
    ) async -> Reply {
        let parts = target.split(separator: "?", maxSplits: 1)
        var request = APIRequest(
            method: method, path: String(parts[0]), query: parts.count > 1 ? String(parts[1]) : "",
            headers: body == nil ? [] : [("content-type", "application/json")], body: Array((body ?? "").utf8),
            id: RequestID(known: "req_01JD3K0000RRRRRRRRRRRRRRRR"))
        guard case .found(let entry, let parameters) = routes.match(method: method, path: request.path) else {
            return Reply(status: 0, json: .null, headers: [])
        }
        request.parameters = parameters
        let response: APIResponse
        do throws(Problem) {
            response = try await entry.handler(request, caller)
        } catch {
            response = error.response(request: request.id, publicURL: "https://pay.example")
        }
        let json = (try? StrictJSON.parse(response.body)) ?? .null
        return Reply(status: response.status, json: json, headers: response.headers)
    }
}
