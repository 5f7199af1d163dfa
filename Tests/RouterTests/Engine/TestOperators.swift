import Router
import RouterTestKit
import Synchronization

/// What an operator does with one money request.
indirect enum Act: Sendable {
    /// Executes and says so.
    case succeed
    /// Executes, and states this amount.
    case state(Int64)
    /// Accepts; a person or `decide` ends it.
    case accept
    case refuse(RefusalReason, definitive: Bool = true)
    /// The answer is lost on the way.
    case lose(executes: Bool)
    /// The connection fails before the gate.
    case unsent(TransportFailure.Kind)
    case reply(Int, String)
    /// Something happens after the request arrived and before the operator acts.
    case first(@Sendable (_ reference: String) async -> Void, Act)
    /// Something happens before the gate.
    case beforeGate(@Sendable () async -> Void, Act)
}

/// All operators and the wire to them: keeps their books, and plays a script.
///
/// A test says what each does; the simulation's operator decides by its seed, keeps its contract, and its books
/// judge: a book that a script can write into could not.
final class TestOperators: Transport {
    enum Entry: Sendable, Hashable { case executed, open, refused(RefusalReason, definitive: Bool) }

    private struct State {
        var acts: [String: [Act]] = [:]
        var asks: [String: [Result<WireReply, TransportFailure>]] = [:]
        var books: [String: Entry] = [:]
        var executions: [String: Int] = [:]
        var amounts: [String: Int64] = [:]
        var requests: [WireRequest] = []
        var questions: [WireRequest] = []
        var logins = 0
        var hanging: String?
        /// Questions whose URL contains this are answered so much later.
        var slow: (part: String, seconds: Int64)?
        /// Until when nothing finds room.
        var exhaustedUntil = Moment.start
        var decidesByItself: (@Sendable () -> Act)?
    }

    private let stage: Stage
    private let state = Mutex(State())

    init(_ stage: Stage) { self.stage = stage }

    // MARK: Script and books

    /// The next money requests to a provider are treated like this; afterwards they are settled.
    func script(_ provider: String, _ acts: Act...) { state.withLock { $0.acts[provider, default: []] += acts } }
    /// The next questions whose URL ends in `suffix` are answered like this; afterwards from the books.
    func answer(_ suffix: String, _ replies: Result<WireReply, TransportFailure>...) { answer(suffix, replies) }
    func answer(_ suffix: String, _ replies: [Result<WireReply, TransportFailure>]) {
        state.withLock { $0.asks[suffix, default: []] += replies }
    }
    /// Questions whose URL contains a text are answered so many seconds later.
    func slow(_ part: String, seconds: Int64) { state.withLock { $0.slow = (part, seconds) } }
    /// Questions whose URL contains a text are never answered: they end a quarter of a minute later, as a timeout.
    func hang(_ part: String?) { state.withLock { $0.hanging = part } }
    /// How many questions contained a text.
    func asked(_ part: String) -> Int { questions.count { $0.url.contains(part) } }
    /// Acts for requests without a script.
    func improvise(_ act: @escaping @Sendable () -> Act) { state.withLock { $0.decidesByItself = act } }

    /// From now on, and for so many seconds, there is no room for any exchange.
    func exhaust(seconds: Int64) {
        let end = stage.now + seconds
        state.withLock { $0.exhaustedUntil = end }
    }

    var isExhausted: Bool { stage.now < state.withLock { $0.exhaustedUntil } }

    /// The money requests that arrived.
    var requests: [WireRequest] { state.withLock { $0.requests } }
    var questions: [WireRequest] { state.withLock { $0.questions } }
    var logins: Int { state.withLock { $0.logins } }
    /// How often each reference was executed.
    var executions: [String: Int] { state.withLock { $0.executions } }
    var references: [String] { requests.compactMap(Self.reference) }

    /// What is accepted and not decided yet.
    var openEntries: [String: Entry] { state.withLock { $0.books.filter { $0.value == .open } } }

    func decide(_ reference: String, _ entry: Entry) {
        state.withLock { state in
            if entry == .executed, state.books[reference] != .executed { state.executions[reference, default: 0] += 1 }
            state.books[reference] = entry
        }
    }

    /// Decides what nobody has decided yet.
    ///
    /// - Returns: Whether it was still open.
    func decideOnce(_ reference: String, _ entry: Entry) -> Bool {
        state.withLock { state in
            guard [nil, .open].contains(state.books[reference]) else { return false }
            if entry == .executed { state.executions[reference, default: 0] += 1 }
            state.books[reference] = entry
            return true
        }
    }

    static func reference(_ request: WireRequest) -> String? {
        (try? StrictJSON.parse(request.body))?["reference"]?.stringValue
    }

    // MARK: Transport

    func send(_ request: WireRequest, terms: SendTerms) async -> TransmissionReport {
        await stage.sleep(milliseconds: 20)
        guard !isExhausted else { return await perform(.unsent(.exhausted), request, terms) }
        let act = state.withLock { state -> Act in
            if let act = state.acts[terms.scope.owner]?.first {
                state.acts[terms.scope.owner]?.removeFirst()
                return act
            }
            return state.decidesByItself?() ?? .succeed
        }
        return await perform(act, request, terms)
    }

    private func perform(_ act: Act, _ request: WireRequest, _ terms: SendTerms) async -> TransmissionReport {
        switch act {
        case .unsent(let kind):
            terms.gate.shut()
            return TransmissionReport(gateOpened: false, result: .failure(TransportFailure(kind)))
        case .beforeGate(let body, let then):
            await body()
            return await perform(then, request, terms)
        default: break
        }
        guard terms.gate.tryOpen() else {
            return TransmissionReport(gateOpened: false, result: .failure(TransportFailure(.gateRefused)))
        }
        let reference = Self.reference(request) ?? "?"
        state.withLock { state in
            state.requests.append(request)
            state.amounts[reference] = (try? StrictJSON.parse(request.body))?["amount"]?.integerValue
        }
        return TransmissionReport(gateOpened: true, result: await arrived(act, reference, request))
    }

    private func arrived(
        _ act: Act, _ reference: String, _ request: WireRequest
    ) async -> Result<WireReply, TransportFailure> {
        var act = act
        while case .first(let body, let then) = act {
            await body(reference)
            act = then
        }
        await stage.sleep(milliseconds: 30)
        switch act {
        case .succeed:
            decide(reference, .executed)
            return .success(status(of: reference, request))
        case .state(let units):
            decide(reference, .executed)
            return .success(.json(#"{"result":"succeeded","amount":\#(units)}"#))
        case .accept:
            decide(reference, .open)
            return .success(status(of: reference, request))
        case .refuse(let reason, let definitive):
            decide(reference, .refused(reason, definitive: definitive))
            return .success(status(of: reference, request))
        case .lose(let executes):
            if executes { decide(reference, .executed) }
            return .failure(TransportFailure(.timeout))
        case .reply(let status, let body): return .success(WireReply(status: status, body: Array(body.utf8)))
        case .unsent, .first, .beforeGate: return .failure(TransportFailure(.other))
        }
    }

    func ask(_ request: WireRequest, terms: AskTerms) async -> Result<WireReply, TransportFailure> {
        await stage.sleep(milliseconds: 10)
        guard !isExhausted else { return .failure(TransportFailure(.exhausted)) }
        let scripted = state.withLock { state -> Result<WireReply, TransportFailure>? in
            state.questions.append(request)
            let keys = state.asks.keys.sorted().filter { state.asks[$0]?.isEmpty == false }
            guard let key = keys.first(where: { request.url.hasSuffix($0) || request.url.contains($0 + "/") }) else {
                return nil
            }
            return state.asks[key]?.removeFirst()
        }
        if let part = state.withLock({ $0.hanging }), request.url.contains(part) {
            await stage.sleep(seconds: 15)
            return .failure(TransportFailure(.timeout))
        }
        if let slow = state.withLock({ $0.slow }), request.url.contains(slow.part) {
            await stage.sleep(seconds: slow.seconds)
        }
        if let scripted { return scripted }
        if request.url.hasSuffix("/login") {
            let number = state.withLock { state in
                state.logins += 1
                return state.logins
            }
            return .success(WireReply(status: 200, body: Array("token-\(number)".utf8)))
        }
        if let cut = request.url.firstRange(of: "/withdraw/") {
            return .success(withdraw(String(request.url[cut.upperBound...])))
        }
        guard let cut = request.url.firstRange(of: "/status/") else { return .success(WireReply(status: 200)) }
        return .success(status(of: String(request.url[cut.upperBound...]), nil))
    }

    private func status(of reference: String, _ request: WireRequest?) -> WireReply {
        let amount = state.withLock { $0.amounts[reference] ?? 5_000 }
        return switch state.withLock({ $0.books[reference] }) {
        case nil: WireReply(status: 404)
        case .executed:
            .json(
                #"{"result":"succeeded","reference":"\#(reference)","amount":\#(amount),"currency":"XOF","id":"op-\#(reference)"}"#
            )
        case .open: .json(#"{"result":"pending"}"#)
        case .refused(let reason, let definitive):
            .json(#"{"result":"refused","reason":"\#(reason.rawValue)","definitive":\#(definitive)}"#)
        }
    }
}

extension WireReply {
    static func json(_ text: String, status: Int = 200) -> WireReply {
        WireReply(status: status, body: Array(text.utf8))
    }
}
