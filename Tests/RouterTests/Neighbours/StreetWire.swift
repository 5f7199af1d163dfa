import Router
import RouterTestKit
import Synchronization

/// The wire to many operators, of whom one may not answer one kind of call.
final class StreetWire: Transport {
    enum Call: String, Sendable, CaseIterable { case send, check, balance, login, party }

    /// A kind of call to an operator.
    struct Place: Sendable, Hashable {
        var owner: String
        var call: Call
    }

    private struct State {
        var sent: [String: Int] = [:]
        var executed: Set<String> = []
        var asked: [Place: Int] = [:]
        var underWay: [Place: Int] = [:]
        var most: [Place: Int] = [:]
    }

    private let stage: Stage
    private let hanging: Place?
    private let state = Mutex(State())

    init(_ stage: Stage, hanging: Place?) { (self.stage, self.hanging) = (stage, hanging) }

    /// How many calls of a kind were made to an operator.
    func asked(_ owner: String, _ call: Call) -> Int {
        state.withLock { $0.asked[Place(owner: owner, call: call)] ?? 0 }
    }

    /// The most calls of a kind that were under way to an operator at once.
    func most(_ owner: String, _ call: Call) -> Int { state.withLock { $0.most[Place(owner: owner, call: call)] ?? 0 } }

    func send(_ request: WireRequest, terms: SendTerms) async -> TransmissionReport {
        await stage.sleep(milliseconds: 20)
        guard terms.gate.tryOpen() else {
            return TransmissionReport(gateOpened: false, result: .failure(TransportFailure(.gateRefused)))
        }
        let owner = terms.scope.owner
        let reference = TestOperators.reference(request) ?? "?"
        let number = state.withLock { state in
            state.executed.insert(reference)
            state.sent[owner, default: 0] += 1
            return state.sent[owner] ?? 0
        }
        guard await isAnswered(Place(owner: owner, call: .send), seconds: 30) else {
            return TransmissionReport(gateOpened: true, result: .failure(TransportFailure(.timeout)))
        }
        await stage.sleep(milliseconds: 30 + Int64(number % 7))
        // Every third answer is lost, so that there is something to check.
        guard number % 3 > 0 else {
            return TransmissionReport(gateOpened: true, result: .failure(TransportFailure(.connectionLost)))
        }
        return TransmissionReport(gateOpened: true, result: .success(.json(#"{"result":"succeeded"}"#)))
    }

    func ask(_ request: WireRequest, terms: AskTerms) async -> Result<WireReply, TransportFailure> {
        await stage.sleep(milliseconds: 10)
        let name = request.url.split(separator: "/").last.map(String.init) ?? ""
        let call = Call(rawValue: name) ?? .check
        guard await isAnswered(Place(owner: terms.scope.owner, call: call), seconds: 15) else {
            return .failure(TransportFailure(.timeout))
        }
        switch call {
        case .login: return .success(WireReply(status: 200, body: Array("token".utf8)))
        case .balance: return .success(.json(#"{"available":1000000}"#))
        case .party: return .success(WireReply(status: 200))
        case .check, .send:
            let isExecuted = state.withLock { $0.executed.contains(name) }
            return .success(isExecuted ? .json(#"{"result":"succeeded"}"#) : WireReply(status: 404))
        }
    }

    /// Counts a call, and lets it take until its time limit if it hangs.
    private func isAnswered(_ place: Place, seconds: Int64) async -> Bool {
        state.withLock { state in
            state.asked[place, default: 0] += 1
            let underWay = state.underWay[place, default: 0] + 1
            state.underWay[place] = underWay
            state.most[place] = max(state.most[place] ?? 0, underWay)
        }
        defer { state.withLock { $0.underWay[place, default: 1] -= 1 } }
        guard place == hanging else { return true }
        await stage.sleep(seconds: seconds)
        return false
    }
}
