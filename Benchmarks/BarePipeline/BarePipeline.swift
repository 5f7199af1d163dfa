import CurlTransport
import Foundation
import GRDBSQLite
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Router

/// What the router is made of and nothing of the router.
///
/// Reads a JSON body, makes it durable, makes one call on a fresh connection, makes the answer durable, answers. No
/// routing, no attempts, no events, no keys.
///
/// `./bench` measures it in the same run, because it says how fast this machine can be at best with these parts.
@main
struct BarePipeline: HTTPResponder {
    let writer: Writer
    let transport: CurlTransport
    let operatorURL: String
    /// A card as its operator has it: two calls over kept connections.
    let callsTwice: Bool

    struct Order: Codable {
        var amount: Int64
        var currency: String
        var channel: String
    }

    /// Arguments: port, address of the operator, database file; then `--two-calls`, or `--ca` and whom to trust.
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count >= 4, let port = Int(arguments[1]) else {
            print("bare-pipeline PORT OPERATOR_URL DATABASE [--two-calls | --ca FILE]")
            return
        }
        var configuration = CurlConfiguration()
        if arguments.count == 6, arguments[4] == "--ca" { configuration.authorities = .bundle(path: arguments[5]) }
        let responder = BarePipeline(
            writer: Writer(path: arguments[3]), transport: try CurlTransport(configuration), operatorURL: arguments[2],
            callsTwice: arguments.count == 5 && arguments[4] == "--two-calls")
        let logger = Logger(label: "bare") { _ in SwiftLogNoOpLogHandler() }
        let application = Application(
            responder: responder, configuration: .init(address: .hostname("127.0.0.1", port: port)), logger: logger)
        try await application.run()
    }

    func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
        guard request.method == .post else { return Response(status: .ok) }
        let buffer = try await request.body.collect(upTo: 262_144)
        let order = try JSONDecoder().decode(Order.self, from: Data(buffer.readableBytesView))
        guard let name = HTTPField.Name("Idempotency-Key"), let key = request.headers[name] else {
            return Response(status: .badRequest)
        }
        let body = try JSONEncoder().encode(order)
        let text = String(decoding: body, as: UTF8.self)
        await writer.write(.insert, key: key, text)
        let money = WireRequest(
            .post, operatorURL + "/tmoney-middleware/debit", headers: [.init("Content-Type", "application/json")],
            body: Array(body))
        let terms = SendTerms(
            limits: WireLimits(), scope: ConnectionScope(owner: "bare", credential: ""), mayReuseConnection: false,
            gate: SendGate { true })
        let report = callsTwice ? await twice(body) : await transport.send(money, terms: terms)
        guard case .success(let reply) = report.result else { return Response(status: .badGateway) }
        await writer.write(.update, key: key, String(decoding: reply.body, as: UTF8.self))
        return Response(status: .created, body: .init(byteBuffer: ByteBuffer(bytes: body)))
    }

    private func twice(_ body: Data) async -> TransmissionReport {
        var report = await call("/v1/payment_intents", body)
        if case .success = report.result { report = await call("/v1/payment_intents/pi_bench/confirm", body) }
        return report
    }

    private func call(_ path: String, _ body: Data) async -> TransmissionReport {
        let request = WireRequest(
            .post, operatorURL + path, headers: [.init("Content-Type", "application/json")], body: Array(body))
        let terms = SendTerms(
            limits: WireLimits(), scope: ConnectionScope(owner: "bare", credential: ""), mayReuseConnection: true,
            gate: SendGate { true })
        return await transport.send(request, terms: terms)
    }
}
