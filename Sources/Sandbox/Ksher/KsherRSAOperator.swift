import Synchronization
import WebText

extension SandboxOperator {
    /// Ksher's gateway interface with RSA signatures (docs/protocols/ksher.md, 3); THB.
    public static let ksherRSA = SandboxOperator(named: "ksher-rsa")
}

/// Ksher's gateway interface: forms in, JSON envelopes out, both signed.
final class KsherRSAOperator: SimulatedOperator {
    static let name = SandboxOperator.ksherRSA
    static let about = "Ksher (RSA) at `/ksher-rsa`; its payment pages have buttons."
    static let scenarios = SandboxScenario.ksherRSA
    /// Twelve tries over 29 hours, shortened.
    static let callbackWaits: [Int64] = [1_000, 2_000, 2_000, 10_000]

    let tools: OperatorTools
    let book: KsherBook
    /// Nonces that were used: each counts once, as the operator demands.
    private let nonces = Mutex<Set<String>>([])

    init(_ tools: OperatorTools) {
        self.tools = tools
        book = KsherBook(tools, .ksherRSA) { order in Self.notification(of: order, tools) }
    }

    /// The reply must be exactly this JSON (3.9).
    static func acknowledges(_ reply: SandboxCallbackReply) -> Bool {
        (200..<300).contains(reply.status) && reply.body == Array(#"{"result":"SUCCESS","msg":"OK"}"#.utf8)
    }

    static let routes = RouteTable<KsherRSAOperator, SandboxRequest>([
        .init(nil, "/pay/{reference}") { one, request, values in
            try KsherPage.answer(values[0], request, one.book, one.tools, path: "/ksher-rsa/pay")
        }
    ])

    /// The calls; each takes the fields of its form, whose signature is right.
    static let calls = RouteTable<KsherRSAOperator, [String: String]>([
        .init("POST", "/api/gateway_pay", .open) { one, fields, _ in try await one.open("redirect", fields) },
        .init("POST", "/KsherPay/native_pay", .open) { one, fields, _ in try await one.open("cscanb", fields) },
        .init("POST", "/KsherPay/quick_pay", .collect) { one, fields, _ in try await one.open("bscanc", fields) },
        .init("POST", "/api/gateway_order_query", .check) { one, fields, _ in try one.query(fields, isPage: true) },
        .init("POST", "/KsherPay/order_query", .check) { one, fields, _ in try one.query(fields, isPage: false) },
        .init("POST", "/KsherPay/order_refund", .refund) { one, fields, _ in try await one.refund(fields) },
        .init("POST", "/KsherPay/refund_query", .check) { one, fields, _ in try one.refunds(fields) },
        .init("POST", "/KsherPay/merchant_info") { _, _, _ in
            envelope([("account_type", "Test"), ("mch_id", "30000"), ("nonce_str", .text(Identifiers.token(32)))])
        },
    ])

    func operation(of request: SandboxRequest) -> SandboxOperation? { Self.calls.operation(of: request) }

    func answer(_ request: SandboxRequest) async throws -> Answer {
        if let answer = try await Self.routes.answer(request, with: request, by: self) { return answer }
        guard request.method == "POST" else { return .notFound }
        guard let text = String(validating: request.body, as: UTF8.self), let pairs = FormText.pairs(text) else {
            return Self.failed("the body is no form")
        }
        let fields = Dictionary(pairs.map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last })
        if let wrong = wrong(fields, pairs.count) { return Self.failed(wrong) }
        return try await Self.calls.answer(request, with: fields, by: self) ?? .notFound
    }

    func restore(_ line: JournalLine) { book.restore(line) }
    func armAll() { book.armAll() }

    /// What is wrong with the credentials of a call; `nil` if nothing is.
    private func wrong(_ fields: [String: String], _ count: Int) -> String? {
        guard fields.count == count else { return "a field stands twice" }
        guard fields["appid"] == SandboxCredentials.ksherAppID else { return "appid" }
        guard let nonce = fields["nonce_str"], (1...32).contains(nonce.utf8.count) else { return "nonce_str" }
        guard let time = fields["time_stamp"], time.utf8.count == 14, Int64(time) != nil else { return "time_stamp" }
        guard let signature = fields["sign"],
            KsherKeys.verifies(signature, Self.text(fields.filter { $0.key != "sign" }))
        else { return "sign" }
        guard nonces.withLock({ $0.insert(nonce).inserted }) else { return "nonce_str was used" }
        return nil
    }

    /// What is signed: `key=value`, sorted, without anything between them (3.2).
    private static func text(_ fields: [String: String]) -> String {
        fields.map { "\($0.key)=\($0.value)" }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.joined()
    }

    /// A call that failed; nothing else is said about the order.
    static func failed(_ why: String) -> Answer {
        .json(["code": 2, "status_code": "", "status_msg": "", "msg": .text(why), "data": [:], "version": "3.0.0"])
    }

    /// A signed envelope.
    static func envelope(_ data: [(String, JSONValue)], isForged: Bool = false) -> Answer {
        .json(signed(data, isForged: isForged))
    }

    private static func signed(_ data: [(String, JSONValue)], isForged: Bool) -> JSONValue {
        let lines = data.map { name, value -> String in
            switch value {
            case .text(let text): "\(name)=\(text)"
            case .number(let number): "\(name)=\(number)"
            default: "\(name)=\(value.string)"
            }
        }
        let text = lines.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.joined()
        return [
            "code": 0, "status_code": "", "status_msg": "", "msg": "ok",
            "sign": .text(KsherKeys.sign(text, isForged: isForged)), "version": "3.0.0",
            "data": .object(data.map { JSONValue.Member(name: $0.0, value: $0.1) }),
        ]
    }

    /// Only successes are notified (3.9).
    private static func notification(of order: KsherOrder, _ tools: OperatorTools) -> [Outgoing] {
        guard order.state == .paid, order.refunds.isEmpty, let url = order.notifyURL else { return [] }
        let body = signed(sale(order, now: tools.stage.now), isForged: order.isForged)
        return [
            Outgoing(
                id: "ksher-rsa-\(order.reference)", sender: .ksherRSA, url: url, method: "POST", body: body.string,
                contentType: "text/plain;charset=utf-8", due: tools.stage.now)
        ]
    }

    /// An order's data (3.7); empty until it is paid.
    ///
    /// A refused charge is answered with FAIL (3.6), which would mean that the question failed later.
    static func sale(_ order: KsherOrder, now: Int64, charging: Bool = false) -> [(String, JSONValue)] {
        let isPaid = order.state == .paid
        let result =
            switch order.state(now: now) {
            case .open: order.flow == "bscanc" ? "NOTSURE" : "NOTPAY"
            case .paid: order.refunds.isEmpty ? "SUCCESS" : "REFUND"
            case .failed: charging ? "FAIL" : "PAYERROR"
            case .closed: "CLOSED"
            }
        let code: String =
            switch order.state(now: now) {
            case .open where order.flow == "bscanc": "PAYMENT_IN_PROCESS"
            case .failed: order.hasTooLittle ? "INSUFFICIENT_BALANCE" : "PAYMENT_DECLINED"
            default: ""
            }
        return [
            ("appid", .text(SandboxCredentials.ksherAppID)), ("result", .text(result)), ("err_code", .text(code)),
            ("mch_order_no", .text(order.reference)), ("channel", .text(order.wallet)), ("fee_type", "THB"),
            ("total_fee", .number(isPaid ? order.toldAmount : order.amount)),
            ("ksher_order_no", .text(isPaid ? order.gatewayID : "")),
            ("pay_mch_order_no", .text(isPaid ? order.paymentID : "")),
            ("time_end", .text(isPaid ? Timestamps.plain(now) : "")), ("nonce_str", .text(Identifiers.token(32))),
        ]
    }
}
