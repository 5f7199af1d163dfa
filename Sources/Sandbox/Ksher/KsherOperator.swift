import Crypto
import FoundationEssentials
import Pages
import WebText

extension SandboxOperator {
    /// Ksher's REST interface with a token (docs/protocols/ksher.md, 2); THB.
    public static let ksher = SandboxOperator(named: "ksher")
}

/// Ksher's REST interface: orders for a page, a QR code or a barcode; every request and every answer is signed.
final class KsherOperator: SimulatedOperator {
    static let name = SandboxOperator.ksher
    static let about = "Ksher (REST) at `/ksher`; its payment pages have buttons."
    static let scenarios = SandboxScenario.ksher
    static let accounts = [
        SandboxAccountRule(
            kind: "ksher", operator: .ksher, account: .secret("token"), addressSetting: "webhook_url")
    ]
    /// Every five seconds, six times, shortened.
    static let callbackWaits: [Int64] = [1_000, 1_000, 1_000, 1_000, 1_000]

    let tools: OperatorTools
    let book: KsherBook

    init(_ tools: OperatorTools) {
        self.tools = tools
        book = KsherBook(tools, .ksher) { order in Self.notification(of: order, tools) }
    }

    static let routes = RouteTable<KsherOperator, SandboxRequest>([
        .init(nil, "/pay/{reference}") { one, request, values in
            try KsherPage.answer(values[0], request, one.book, one.tools, path: "/ksher/pay")
        }
    ])

    /// A call whose signature is right.
    struct Call: Sendable {
        var request: SandboxRequest
        /// What was signed.
        var fields: [String: String]
    }

    static let calls = RouteTable<KsherOperator, Call>(
        overlookingSlashes: true,
        [
            .init("GET", "/api/v1/finance/settlements/*/**") { one, call, _ in
                let parts = call.request.path.split(separator: "/").dropFirst(4).map(String.init)
                return one.finance(parts, call.fields, call.request)
            },
            .init("POST", "/api/v1/redirect/orders", .open) { one, call, _ in
                try await one.create("redirect", call.fields, call.request)
            },
            .init("POST", "/api/v1/cscanb/orders", .open) { one, call, _ in
                try await one.create("cscanb", call.fields, call.request)
            },
            .init("POST", "/api/v1/bscanc/orders", .collect) { one, call, _ in
                try await one.create("bscanc", call.fields, call.request)
            },
            .init("GET", "/api/v1/*/orders/*", .check) { one, call, values in
                try one.query(values[0], values[1], call.fields, call.request)
            },
            .init("PUT", "/api/v1/*/orders/*", .refund) { one, call, values in
                try await one.refund(values[0], values[1], call.fields, call.request)
            },
            .init("DELETE", "/api/v1/*/orders/*", .void) { one, call, values in
                try one.cancel(values[0], values[1], call.fields, call.request)
            },
        ])

    func operation(of request: SandboxRequest) -> SandboxOperation? { Self.calls.operation(of: request) }

    func answer(_ request: SandboxRequest) async throws -> Answer {
        if let answer = try await Self.routes.answer(request, with: request, by: self) { return answer }
        guard request.path.hasPrefix("/api/v1/") else { return .notFound }
        guard let fields = Self.fields(request) else { return Self.refusal(400, "Bad Request") }
        guard let signature = fields["signature"], fields["timestamp"]?.isEmpty == false,
            signature == Self.sign(request.path, fields.filter { $0.key != "signature" })
        else { return Self.refusal(401, "Unauthorized") }
        let call = Call(request: request, fields: fields)
        return try await Self.calls.answer(request, with: call, by: self) ?? Self.refusal(404, "Not Found")
    }

    func restore(_ line: JournalLine) { book.restore(line) }
    func armAll() { book.armAll() }

    /// The parameters as they are signed: of a question the query, of everything else the JSON body; a cancel comes
    /// with either, because the vendor's own clients differ.
    private static func fields(_ request: SandboxRequest) -> [String: String]? {
        guard request.method != "GET", request.method != "DELETE" || request.query.isEmpty else {
            return Dictionary(request.query.map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last })
        }
        let body = try? JSONDecoder().decode([String: FlatValue].self, from: Data(request.body))
        return body?.mapValues(\.text)
    }

    /// A text or an integer; nothing else has a spelling that both sides agree on.
    private struct FlatValue: Decodable {
        var text: String

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                self.text = text
            } else {
                text = String(try container.decode(Int64.self))
            }
        }
    }

    /// HMAC-SHA256 over the prefix and the sorted fields, in upper-case digits (2.5).
    static func sign(
        _ prefix: String, _ fields: [String: String], token: String = SandboxCredentials.ksherToken
    ) -> String {
        let text =
            prefix
            + fields.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            .map { $0.key + $0.value }.joined()
        let code = HMAC<SHA256>.authenticationCode(
            for: Array(text.utf8), using: SymmetricKey(data: Array(token.utf8)))
        return Hex.text(code).uppercased()
    }

    /// GET with the signature over the registered address and the query (2.6).
    private static func notification(of order: KsherOrder, _ tools: OperatorTools) -> [Outgoing] {
        guard let registration = tools.recorder.registrations.find(.ksher, SandboxCredentials.ksherToken) else {
            return []
        }
        let message =
            order.refunds.isEmpty
            ? [.paid: "Order Paid", .failed: "Order Closed", .closed: "Order Closed"][order.state] ?? "Order Timeout"
            : "Order Refunded"
        let fields = ["type": "Order", "instance": order.reference, "code": "StatusChange", "message": message]
        let signature = sign(registration.callbackURL, fields)
        let url = Links.adding(
            [
                "type": "Order", "instance": order.reference, "code": "StatusChange", "message": message,
                "signature": signature,
            ], to: registration.callbackURL)
        return [
            Outgoing(
                id: "ksher-\(order.reference)-\(order.refunds.count)", sender: .ksher, url: url, method: "GET",
                due: tools.stage.now)
        ]
    }

    /// An error in the documented shape; it carries no signature (2.4).
    static func refusal(_ status: Int, _ name: String) -> Answer {
        .json(
            [
                "code": .number(Int64(status)), "name": .text(name),
                "description": .text(SandboxPage.paragraph.rendered(text: name)),
            ], status: status)
    }
}
