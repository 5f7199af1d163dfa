import Synchronization

/// Every message that came, as everybody's phone and mailbox in one; the newest ``most`` are kept.
///
/// Kept in the journal: a phone does not forget an SMS because the sandbox was killed.
final class MessageInbox: Sendable {
    /// How many messages there are at most.
    static let most = 1_000

    private struct State: Sendable {
        /// Oldest first.
        var messages: [SandboxMessage] = []
        /// The number of the newest one that ever was.
        var last: Int64 = 0
    }

    private let recorder: Recorder
    private let state = Mutex(State())

    init(_ recorder: Recorder) { self.recorder = recorder }

    /// The messages, newest first; those for one number or address, or all.
    func list(to recipient: String? = nil) -> [SandboxMessage] {
        state.withLock { $0.messages }.reversed().filter { recipient == nil || $0.to == recipient }
    }

    /// Takes a message; it is on file when this returns.
    func put(_ asked: MessageRequest, at now: Int64) throws -> SandboxMessage {
        try state.withLock { state in
            let message = SandboxMessage(
                number: state.last + 1, id: asked.id, to: asked.to, kind: asked.kind, subject: asked.subject,
                text: asked.text, receivedAt: now)
            try recorder.commit(JournalLine(message: message))
            Self.take(message, &state)
            return message
        }
    }

    /// Forgets every message.
    func empty() throws {
        try state.withLock { state in
            try recorder.commit(JournalLine(emptiesInbox: true))
            state.messages = []
        }
    }

    func restore(_ line: JournalLine) {
        state.withLock { state in
            if line.emptiesInbox == true { state.messages = [] }
            if let message = line.message { Self.take(message, &state) }
        }
    }

    private static func take(_ message: SandboxMessage, _ state: inout State) {
        state.messages.append(message)
        state.last = max(state.last, message.number)
        if state.messages.count > most { state.messages.removeFirst(state.messages.count - most) }
    }
}
