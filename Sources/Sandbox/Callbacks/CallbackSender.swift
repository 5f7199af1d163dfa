import Logging
import Synchronization

/// Sends callbacks and tries again until the partner acknowledges them or patience ends.
final class CallbackSender: Sendable {
    private struct State: Sendable {
        var waiting: [String: Outgoing] = [:]
        weak var recorder: Recorder?
    }

    private let state = Mutex(State())
    private let stage: Stage
    private let send: SandboxCallbackSender
    private let logger: Logger

    /// Makes a sender that has nothing to send yet.
    init(stage: Stage, send: @escaping SandboxCallbackSender, logger: Logger) {
        self.stage = stage
        self.send = send
        self.logger = logger
    }

    /// Tells the sender where to record deliveries.
    ///
    /// Must be called before anything is due.
    func report(to recorder: Recorder) { state.withLock { $0.recorder = recorder } }

    /// Takes what a step wants sent, and sends it when it is due.
    func schedule(_ line: JournalLine) {
        restore(line)
        for outgoing in line.callbacks ?? [] { arm(outgoing) }
    }

    /// Takes what a step of an earlier run wanted sent; ``armAll()`` sends what is left in the end.
    func restore(_ line: JournalLine) {
        guard line.callbacks != nil || line.settled != nil else { return }
        state.withLock { state in
            for outgoing in line.callbacks ?? [] { state.waiting[outgoing.id] = outgoing }
            for id in line.settled ?? [] { state.waiting[id] = nil }
        }
    }

    /// Sends everything that waits, when it is due.
    func armAll() {
        for outgoing in state.withLock({ Array($0.waiting.values) }) { arm(outgoing) }
    }

    private func arm(_ outgoing: Outgoing) {
        stage.at(outgoing.due) { [weak self] in await self?.deliver(outgoing) }
    }

    private func deliver(_ outgoing: Outgoing) async {
        guard let recorder = state.withLock({ $0.recorder }) else { return }
        if let callback = Self.callback(for: outgoing, recorder.registrations, now: stage.now) {
            let reply = await send(callback)
            if let reply, SimulatedOperators.named(outgoing.sender)?.acknowledges(reply) == true {
                return record(JournalLine(settled: [outgoing.id]))
            }
        }
        guard outgoing.failures < outgoing.waits.count else {
            logger.warning("A callback was never acknowledged", metadata: ["operator": "\(outgoing.sender)"])
            return record(JournalLine(settled: [outgoing.id]))
        }
        var next = outgoing
        next.due = stage.now + outgoing.waits[outgoing.failures]
        next.failures += 1
        record(JournalLine(callbacks: [next]))
    }

    private func record(_ line: JournalLine) {
        guard !stage.isStopped, let recorder = state.withLock({ $0.recorder }) else { return }
        do {
            try recorder.commit(line)
        } catch {
            logger.error("A delivery could not be recorded", metadata: ["error": "\(error)"])
        }
    }

    private static func callback(
        for outgoing: Outgoing, _ registrations: Registrations, now: Int64
    ) -> SandboxCallback? {
        let registration = outgoing.account.flatMap { registrations.find(outgoing.sender, $0) }
        guard let url = outgoing.url ?? registration?.callbackURL else { return nil }
        let body = Array(outgoing.body.utf8)
        var headers: [SandboxCallback.Header] = []
        if !body.isEmpty {
            headers.append(.init(name: "Content-Type", value: outgoing.contentType ?? "application/json"))
        }
        headers +=
            SimulatedOperators.named(outgoing.sender)?
            .callbackHeaders(for: body, registration: registration, now: now) ?? []
        return SandboxCallback(sender: outgoing.sender, method: outgoing.method, url: url, headers: headers, body: body)
    }
}

/// A callback on its way: what to send and when to try next.
///
/// Kept in the journal until it is settled.
struct Outgoing: Codable, Sendable {
    /// Names this delivery; copies of one notification have different ids here.
    var id: String
    var sender: SandboxOperator
    /// Send to the address registered for this account; `nil` if ``url`` is set.
    var account: String?
    /// Send to this address.
    var url: String?
    var method: String
    var body: String = ""
    /// The body's type; JSON if there is none.
    var contentType: String?
    /// How many tries have failed.
    var failures = 0
    /// When to try next, in milliseconds since 1970.
    var due: Int64

    /// One notification as often as asked: two copies of several leave at the same time, a third a little later.
    func copies(_ style: CallbackStyle) -> [Outgoing] {
        switch style {
        case .never: return []
        case .once: return [self]
        case .threeTimes:
            return (1...3).map { number in
                var copy = self
                copy.id = "\(id)#\(number)"
                copy.due = number == 3 ? due + 200 : due
                return copy
            }
        }
    }

    /// Waits between tries, in milliseconds; after the last one the operator gives up.
    var waits: [Int64] { SimulatedOperators.named(sender)?.callbackWaits ?? [] }
}
