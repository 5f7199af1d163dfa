import Router
import Synchronization

/// An operator with books of its own.
///
/// It keeps its contract, whatever the network does, and nobody can tell it what to do: its books are what a life is judged
/// by. The operators of the engine's tests are told what to do by a script.
final class SimulatedOperator: Sendable {
    enum Truth: Sendable { case open, executed, refused }

    struct Record: Sendable {
        var minorUnits: Int64
        var truth: Truth
        var recordedAt: Moment
        /// What its payer typed, where he began it in the operator's own menu.
        var typed: String?
    }

    private struct State: Sendable {
        var records: [String: Record] = [:]
        var executions: [(reference: String, minorUnits: Int64)] = []
        var received: [String: [[UInt8]]] = [:]
        var broken: Set<String> = []
    }

    let id: ProviderID
    let contract: ProviderContract
    private let world: World
    private let state = Mutex(State())
    private let callBack: Mutex<(@Sendable (InboundCallback) -> Void)?> = Mutex(nil)

    init(id: ProviderID, contract: ProviderContract, world: World) {
        self.id = id
        self.contract = contract
        self.world = world
    }

    func onCallback(_ body: @escaping @Sendable (InboundCallback) -> Void) { callBack.withLock { $0 = body } }

    /// What was really executed.
    var executions: [(reference: String, minorUnits: Int64)] { state.withLock { $0.executions } }

    /// Every request it received, by reference.
    var received: [String: [[UInt8]]] { state.withLock { $0.received } }

    /// Takes a request for money.
    ///
    /// - Parameters:
    ///   - body: What is asked.
    ///   - mayBreak: Whether a refusal may be broken later: the payer pays all the same.
    /// - Returns: The status and body it would answer.
    func receive(_ body: [UInt8], mayBreak: Bool) -> (Int, JSONValue) {
        let order = (try? StrictJSON.parse(body)) ?? .null
        let reference = order["reference"]?.stringValue ?? ""
        let units = order["amount"]?.integerValue ?? 0
        let known = state.withLock { state -> Record? in
            state.received[reference, default: []].append(body)
            return state.records[reference]
        }
        if let known {
            // A strong key answers again; without one a duplicate would be a new order, so nobody may send one.
            return contract.keyIsStrong ? (200, answer(known, reference)) : (409, ["state": "duplicate"])
        }
        let choice = world.roll { $0.below(10) }
        let record = Record(minorUnits: units, truth: choice == 0 ? .refused : .open, recordedAt: world.now)
        state.withLock { $0.records[reference] = record }
        switch choice {
        case 0:
            tell(reference)
            // Only where its word can be heard: nobody asks again about what was refused.
            if mayBreak, contract.callback == .signed, world.roll({ $0.chance(0.5) }) { breakRefusal(reference) }
        case 1...3: execute(reference)
        default: askPayer(reference)
        }
        // It never promised that a 401 comes before it executes.
        if world.fault(0.05) { return (401, ["state": "unauthorized"]) }
        return (200, answer(state.withLock { $0.records[reference] } ?? record, reference))
    }

    /// Executes what it refused, and says so until somebody acknowledges.
    private func breakRefusal(_ reference: String) {
        world.after(world.roll { $0.milliseconds(20_000...60_000) }) { [self] in
            let units = state.withLock { state -> Int64? in
                guard let record = state.records[reference], record.truth == .refused else { return nil }
                state.records[reference]?.truth = .executed
                state.executions.append((reference, record.minorUnits))
                state.broken.insert(reference)
                return record.minorUnits
            }
            guard units != nil, let record = state.withLock({ $0.records[reference] }) else { return }
            world.log("\(id) executes \(reference), which it refused")
            let callback = InboundCallback(
                method: "POST", headers: [WireRequest.Header("signature", "good")],
                body: answer(record, reference).serialized())
            callBack.withLock { $0 }?(callback)
        }
    }

    /// What it executed although it had refused it.
    var broken: Set<String> { state.withLock { $0.broken } }

    /// The payer decides on the phone: yes, no, or never.
    private func askPayer(_ reference: String) {
        let (choice, wait) = world.roll { ($0.below(8), $0.milliseconds(200...20_000)) }
        world.after(wait) { [self] in
            switch choice {
            case 0: decide(reference, .refused)
            case 1: world.after(contract.promptLifetimeSeconds * 1_000) { self.decide(reference, .refused) }
            default: execute(reference)
            }
        }
    }

    private func decide(_ reference: String, _ truth: Truth) {
        state.withLock { state in
            guard state.records[reference]?.truth == .open else { return }
            state.records[reference]?.truth = truth
        }
        tell(reference)
    }

    private func execute(_ reference: String) {
        state.withLock { state in
            guard let record = state.records[reference], record.truth == .open else { return }
            state.records[reference]?.truth = .executed
            state.executions.append((reference, record.minorUnits))
        }
        world.log("\(id) executes \(reference)")
        tell(reference)
    }

    /// A notification: perhaps late, perhaps twice, perhaps never.
    private func tell(_ reference: String) {
        let (copies, isSigned) = world.roll { ($0.below(3), contract.callback == .signed && $0.chance(0.9)) }
        guard let record = state.withLock({ $0.records[reference] }) else { return }
        for _ in 0..<copies {
            let wait = world.roll { $0.milliseconds(0...8_000) }
            let body = answer(record, reference).serialized()
            let headers = isSigned ? [WireRequest.Header("signature", "good")] : []
            let callback = InboundCallback(method: "POST", headers: headers, body: body)
            world.after(wait) { [self] in callBack.withLock { $0 }?(callback) }
        }
    }

    /// A payer pays from the operator's own menu: money moves at once, and the operator tells until somebody acknowledges.
    func dial(_ reference: String, _ minorUnits: Int64, typed: String) {
        let record = Record(minorUnits: minorUnits, truth: .executed, recordedAt: world.now, typed: typed)
        state.withLock { state in
            state.records[reference] = record
            state.executions.append((reference, minorUnits))
        }
        world.log("\(id) executes \(reference), which nobody asked for")
        let callback = InboundCallback(
            method: "POST", headers: [WireRequest.Header("signature", "good")],
            body: answer(record, reference).serialized())
        for _ in 0..<world.roll({ 1 + $0.below(2) }) { callBack.withLock { $0 }?(callback) }
    }

    /// Opens a page, once for each reference; whoever has its link may pay on it.
    func open(_ reference: String, _ minorUnits: Int64) -> (Int, JSONValue) {
        state.withLock { state in
            guard state.records[reference] == nil else { return }
            state.records[reference] = Record(minorUnits: minorUnits, truth: .open, recordedAt: world.now)
        }
        return (200, ["state": "open"])
    }

    /// Ends a page on which nobody has paid.
    func withdraw(_ reference: String) -> (Int, JSONValue) {
        let truth = state.withLock { state -> Truth? in
            let before = state.records[reference]?.truth
            if before == .open { state.records[reference]?.truth = .refused }
            return before
        }
        world.log("\(id) is asked to end \(reference): \(truth.map { "\($0)" } ?? "unknown")")
        return truth == .open ? (200, ["state": "withdrawn"]) : (409, ["state": "over"])
    }

    /// A payer pays on a page, if it is still there.
    ///
    /// - Returns: Whether that moved money.
    func pay(_ reference: String) -> Bool {
        let isOpen = state.withLock { $0.records[reference]?.truth == .open }
        execute(reference)
        return isOpen
    }

    /// Says what it knows; nothing within its visibility lag.
    func status(_ reference: String) -> (Int, JSONValue) {
        guard let record = state.withLock({ $0.records[reference] }) else { return (404, ["state": "absent"]) }
        let age = world.now.milliseconds(since: record.recordedAt)
        let isHidden = age < contract.visibilityLagSeconds * 1_000 && world.roll { $0.chance(0.5) }
        return isHidden ? (404, ["state": "absent"]) : (200, answer(record, reference))
    }

    private func answer(_ record: Record, _ reference: String) -> JSONValue {
        let state =
            switch record.truth {
            case .open: "open"
            case .executed: "executed"
            case .refused: "refused"
            }
        let answer: JSONValue = [
            "state": .string(state), "reference": .string(reference), "amount": JSONValue(record.minorUnits),
            "currency": "XOF", "typed": JSONValue(record.typed),
        ]
        return answer.withoutNulls
    }
}
