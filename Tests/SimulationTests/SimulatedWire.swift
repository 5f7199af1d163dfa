import Router
import Synchronization

/// The network between the router and the operators: it loses, delays, and lies about the weather, but it never shows
/// an operator one transmission twice.
final class SimulatedWire: Transport {
    private let world: World
    private let operators: [ProviderID: SimulatedOperator]
    /// Called at the moment bytes leave, before anything else: for the auditors.
    private let onSend: @Sendable (_ reference: String) -> Void
    /// Called when a send found no room, and when one that did has failed otherwise since.
    private let onRoom: @Sendable (_ reference: String, _ hasFound: Bool) -> Void
    /// A planted mistake: what finds no room looks like a connection that an operator did not take.
    private let hidesExhaustion: Bool
    /// How likely the router's machine has no room left when something is to be sent.
    private let lackOfRoom: Double

    init(
        world: World, operators: [SimulatedOperator], hidesExhaustion: Bool = false, lackOfRoom: Double,
        onSend: @escaping @Sendable (String) -> Void, onRoom: @escaping @Sendable (String, Bool) -> Void
    ) {
        self.hidesExhaustion = hidesExhaustion
        self.lackOfRoom = lackOfRoom
        self.onRoom = onRoom
        self.world = world
        self.operators = Dictionary(uniqueKeysWithValues: operators.map { ($0.id, $0) })
        self.onSend = onSend
    }

    var isExhausted: Bool { world.isExhausted && !hidesExhaustion }

    private func pause(_ range: ClosedRange<Int>) async {
        let wait = world.roll { $0.milliseconds(range) }
        await withUnsafeContinuation { continuation in world.after(wait) { continuation.resume() } }
    }

    private func party(_ request: WireRequest) -> SimulatedOperator? {
        let host = request.url.split(separator: "/")[1]
        return operators[ProviderID(String(host))]
    }

    func send(_ request: WireRequest, terms: SendTerms) async -> TransmissionReport {
        guard let party = party(request) else {
            return TransmissionReport(gateOpened: false, result: .failure(TransportFailure(.nameLookup)))
        }
        await pause(1...50)
        if world.fault(lackOfRoom) {
            // Some last longer than a payment may take.
            world.exhaust(milliseconds: world.roll { $0.milliseconds($0.chance(0.5) ? 41_000...90_000 : 500...25_000) })
        }
        if world.isExhausted {
            terms.gate.shut()
            onRoom((try? StrictJSON.parse(request.body))?["reference"]?.stringValue ?? "", false)
            return TransmissionReport(
                gateOpened: false, result: .failure(TransportFailure(hidesExhaustion ? .connect : .exhausted)))
        }
        if world.fault(0.1) {
            terms.gate.shut()
            onRoom((try? StrictJSON.parse(request.body))?["reference"]?.stringValue ?? "", true)
            return TransmissionReport(gateOpened: false, result: .failure(TransportFailure(.connect)))
        }
        // The router may be held up for long between W3 and the gate.
        if world.fault(0.05) { await pause(5_000...30_000) }
        guard terms.gate.tryOpen() else {
            return TransmissionReport(gateOpened: false, result: .failure(TransportFailure(.gateRefused)))
        }
        let reference = (try? StrictJSON.parse(request.body))?["reference"]?.stringValue ?? ""
        onSend(reference)
        world.log("sent \(reference)")
        switch world.roll({ $0.below(10) }) {
        case 0 where world.faultsOn:
            // Lost on the way there.
            await pause(100...5_000)
            return TransmissionReport(gateOpened: true, result: .failure(TransportFailure(.timeout)))
        case 1 where world.faultsOn:
            // Arrives late, after the router gave up.
            let wait = world.roll { $0.milliseconds(5_000...15_000) }
            world.after(wait) { _ = party.receive(request.body, mayBreak: !request.url.hasSuffix("/refund")) }
            await pause(4_000...5_000)
            return TransmissionReport(gateOpened: true, result: .failure(TransportFailure(.timeout)))
        default:
            await pause(5...400)
            let (status, body) = party.receive(request.body, mayBreak: !request.url.hasSuffix("/refund"))
            return await answer(status, body)
        }
    }

    private func answer(_ status: Int, _ body: JSONValue) async -> TransmissionReport {
        await pause(5...400)
        let fault = world.roll { $0.below(12) }
        let result: Result<WireReply, TransportFailure> =
            switch (fault, world.faultsOn) {
            case (0, true): .failure(TransportFailure(.connectionLost))
            case (1, true): .success(WireReply(status: 500, body: Array("<html>".utf8)))
            case (2, true): .success(WireReply(status: 200, body: Array("<html>".utf8)))
            case (3, true): .success(WireReply(status: 503, body: body.serialized()))
            default: .success(WireReply(status: status, body: body.serialized()))
            }
        return TransmissionReport(gateOpened: true, result: result)
    }

    /// What was done is done, whether its answer arrives or not.
    private func answered(_ answer: (Int, JSONValue)) async -> Result<WireReply, TransportFailure> {
        await pause(1...3_000)
        if world.fault(0.3) { return .failure(TransportFailure(.timeout)) }
        return .success(WireReply(status: answer.0, body: answer.1.serialized()))
    }

    func ask(_ request: WireRequest, terms: AskTerms) async -> Result<WireReply, TransportFailure> {
        await pause(1...200)
        if world.isExhausted { return .failure(TransportFailure(hidesExhaustion ? .connect : .exhausted)) }
        guard let party = party(request) else { return .failure(TransportFailure(.nameLookup)) }
        if world.fault(0.15) { return .failure(TransportFailure(.timeout)) }
        if world.fault(0.05) { return .success(WireReply(status: 502, body: Array("<html>".utf8))) }
        let parts = request.url.split(separator: "/")
        if parts.count == 4, parts[2] == "withdraw" { return await answered(party.withdraw(String(parts[3]))) }
        if parts.count == 5, parts[2] == "open" {
            return await answered(party.open(String(parts[4]), Int64(parts[3]) ?? 0))
        }
        guard let reference = request.url.split(separator: "/").last, request.url.contains("/status/") else {
            return .success(WireReply(status: 200, body: Array("{}".utf8)))
        }
        let (status, body) = party.status(String(reference))
        return .success(WireReply(status: status, body: body.serialized()))
    }
}
