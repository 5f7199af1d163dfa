package import Router
import Synchronization

/// Operators that answer at once, in this process: what a payment costs without a wire.
///
/// They answer what the operators of `./bench` answer (`Benchmarks/bench/operators.py`), each card payment under an id of its
/// own.
package final class ScriptedOperators: Transport {
    /// What the operator knows a card payment by.
    package struct Intent: Sendable {
        /// The operator's own id.
        package var id: String
        /// Our reference, as the payment's metadata carry it.
        package var reference: String
    }

    private let made = Mutex<[Intent]>([])

    /// Operators that nobody has asked anything yet.
    package init() {}

    /// The card payments that were opened, oldest first.
    package var intents: [Intent] { made.withLock { $0 } }

    /// Takes a money request through its gate and accepts it.
    package func send(_ request: WireRequest, terms: SendTerms) async -> TransmissionReport {
        guard terms.gate.tryOpen() else {
            return TransmissionReport(gateOpened: false, result: .failure(TransportFailure(.gateRefused)))
        }
        let parts = request.url.split(separator: "/")
        let answer =
            parts.last == "confirm"
            ? Self.intent(String(parts.dropLast().last ?? ""), "processing")
            : #"{"code":"2000","message":"accepted"}"#
        return TransmissionReport(gateOpened: true, result: .success(Self.reply(answer)))
    }

    /// Answers a login, or opens a card payment.
    package func ask(_ request: WireRequest, terms: AskTerms) async -> Result<WireReply, TransportFailure> {
        guard request.url.hasSuffix("/v1/payment_intents") else {
            return .success(Self.reply(#"{"statut":{"code":"2000"},"data":{"token":"bench"}}"#))
        }
        let id = made.withLock { made in
            let id = "pi_bench\(made.count)"
            made.append(Intent(id: id, reference: Self.reference(in: request.body)))
            return id
        }
        return .success(Self.reply(Self.intent(id, "requires_confirmation")))
    }

    private static func reply(_ text: String) -> WireReply {
        WireReply(status: 200, headers: [.init("content-type", "application/json")], body: Array(text.utf8))
    }

    /// A card payment of the one amount that is asked for here.
    private static func intent(_ id: String, _ status: String) -> String {
        #"{"id":"\#(id)","object":"payment_intent","amount":5000,"currency":"usd","status":"\#(status)","livemode":false}"#
    }

    /// The reference in a form's `metadata[reference]`.
    private static func reference(in form: [UInt8]) -> String {
        let fields = String(decoding: form, as: UTF8.self).split(separator: "&")
        let field = fields.first { $0.hasPrefix("metadata%5Breference%5D=") || $0.hasPrefix("metadata[reference]=") }
        return field?.split(separator: "=").last.map(String.init) ?? ""
    }
}
