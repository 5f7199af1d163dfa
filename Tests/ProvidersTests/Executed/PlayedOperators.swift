import Router
import Synchronization
import Testing
import WebText

@testable import Providers

/// The operators of one configuration: they take everything, until they are told how to answer the next money requests.
final class PlayedOperators: Transport {
    private struct State: Sendable {
        var reply: (@Sendable (String) -> WireReply)?
        var sends: [WireRequest] = []
        var isSilent = false
        /// Whether the amount is only held.
        var isHeld = false
        /// Our reference of the page, code or charge.
        var reference = ""
    }

    private let name: String
    private let state = Mutex(State())

    init(_ configuration: String) { name = configuration }

    /// The money requests since ``answer(with:)``.
    var sends: [WireRequest] { state.withLock { $0.sends } }

    func answer(with reply: @escaping @Sendable (_ reference: String) -> WireReply) {
        state.withLock { state in
            state.reply = reply
            state.sends = []
        }
    }

    /// From now on no question is answered, but logins are.
    func fallSilent() { state.withLock { $0.isSilent = true } }

    func send(_ request: WireRequest, terms: SendTerms) async -> TransmissionReport {
        guard terms.gate.tryOpen() else {
            return TransmissionReport(gateOpened: false, result: .failure(TransportFailure(.gateRefused)))
        }
        let reference = Self.reference(request)
        let reply = state.withLock { state in
            state.sends.append(request)
            if state.reply == nil { state.reference = reference }
            return state.reply
        }
        return TransmissionReport(gateOpened: true, result: .success(reply?(reference) ?? taken(request, reference)))
    }

    func ask(_ request: WireRequest, terms: AskTerms) async -> Result<WireReply, TransportFailure> {
        if let login = Self.login(request) { return .success(login) }
        let isSilent = state.withLock { state in
            if request.method == .post, let reference = Self.opened(request) {
                state.reference = reference
                state.isHeld = ["pre_authorization", "capture_method=manual"].contains { request.bodyText.contains($0) }
            }
            return state.isSilent
        }
        return isSilent ? .failure(TransportFailure(.timeout)) : .success(told(request))
    }

    // MARK: What the operators say

    private static func json(_ body: JSONValue, status: Int = 200) -> WireReply {
        WireReply(status: status, body: body.serialized())
    }

    private static func login(_ request: WireRequest) -> WireReply? {
        if request.url.hasSuffix("/token/") { return json(["access_token": "t", "expires_in": 3_600]) }
        if request.url.contains("/token?") { return json(["key": "t"]) }
        return request.url.hasSuffix("/login") ? json(["statut": ["code": "2000"], "data": ["token": "t"]]) : nil
    }

    /// Our reference in a money request, wherever the kind writes it.
    private static func reference(_ request: WireRequest) -> String {
        let names = ["idRequete", "mrchrefid", "identifier", "reference", "externalId", "merchant_order_id"]
        if let body = JSONValue(objectIn: request.body) {
            return names.lazy.compactMap { body[$0]?.stringValue }.first ?? ""
        }
        let fields = FormText.fields(request.bodyText) ?? [:]
        return fields["mch_order_no"] ?? fields["metadata[reference]"] ?? ""
    }

    /// The reference under which a page, a code or an intent is opened.
    private static func opened(_ request: WireRequest) -> String? {
        let isOpening = ["/generate_payment", "/orders", "/gateway_pay", "/native_pay", "/payment_intents"]
            .contains { request.url.hasSuffix($0) }
        guard isOpening else { return nil }
        let tracking = JSONValue(objectIn: request.body)?["developer_tracking_id"]?.stringValue
        return tracking ?? reference(request)
    }

    private var reference: String { state.withLock { $0.reference } }

    /// The answer to a money request that is executed.
    private func taken(_ request: WireRequest, _ reference: String) -> WireReply {
        switch name {
        case "card intents":
            let isHeld = state.withLock { $0.isHeld }
            return Self.json([
                "object": "payment_intent", "id": "pi_123", "currency": "usd",
                "status": isHeld ? "requires_capture" : "succeeded", "amount_received": 5_000,
                "amount_capturable": 5_000,
            ])
        case "card charges":
            return Self.json([
                "object": "charge", "id": "ch_123", "currency": "usd", "amount": 5_000, "status": "succeeded",
                "paid": true, "captured": .bool(!request.bodyText.contains("capture=false")),
            ])
        case "ksher barcode":
            return KsherSample.reply(
                "/api/v1/bscanc/orders", KsherSample.order("Paid", ["merchant_order_id": .string(reference)]))
        case "ksher-rsa barcode":
            return KsherKeys.reply([
                "result": "SUCCESS", "mch_order_no": .string(reference), "total_fee": 15_050, "fee_type": "THB",
            ])
        default: return WireReply(status: 202)
        }
    }

    /// The answer to a question.
    private func told(_ request: WireRequest) -> WireReply {
        switch name {
        case "flouci page", "flouci page 1":
            if request.method == .post {
                return Self.json(["result": ["payment_id": "abcdef", "link": "https://flouci.com/pay/abcdef"]])
            }
            let status = state.withLock { $0.isHeld } ? "PREAUTH_SUCCESS" : "SUCCESS"
            return Self.json(["success": true, "result": ["status": .string(status), "amount": 1_250]])
        case "card intents":
            return Self.json([
                "object": "payment_intent", "id": "pi_123", "amount": 5_000, "currency": "usd",
            ])
        case "mtn-momo":
            return Self.json(["status": "SUCCESSFUL", "amount": "5000", "currency": "XAF"])
        case "ksher redirect": return ksher(request, "redirect", ["reference": "https://gateway.ksher.com/ua?o=1"])
        case "ksher qr": return ksher(request, "cscanb", ["reserved1": "data:image/png;base64,iVBORw0KGgo="])
        case "ksher-rsa redirect" where request.url.hasSuffix("/gateway_pay"):
            return KsherKeys.reply(["pay_content": "https://gateway.ksher.com/ua?order_uuid=1&lang=en"])
        case "ksher-rsa qr" where request.url.hasSuffix("/native_pay"):
            return KsherKeys.reply([
                "result": "SUCCESS", "mch_order_no": .string(reference), "code_url": "000201010212",
                "total_fee": 15_050,
            ])
        case "ksher-rsa redirect", "ksher-rsa qr":
            return KsherKeys.reply([
                "result": "SUCCESS", "mch_order_no": .string(reference), "total_fee": 15_050, "fee_type": "THB",
                "channel": "truemoney", "pay_mch_order_no": "2303031613445796",
            ])
        default: return WireReply(status: 404)
        }
    }

    private func ksher(
        _ request: WireRequest, _ flow: String, _ page: KeyValuePairs<String, JSONValue>
    ) -> WireReply {
        let root = "/api/v1/\(flow)/orders"
        guard request.method == .get else {
            var order = KsherSample.order("Available", page).objectValue ?? JSONObject()
            order["merchant_order_id"] = .string(reference)
            return KsherSample.reply(root, .object(order))
        }
        return KsherSample.reply(
            root + "/" + reference, KsherSample.order("Paid", ["merchant_order_id": .string(reference)]))
    }
}
