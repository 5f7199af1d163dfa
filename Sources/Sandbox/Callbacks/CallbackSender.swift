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
