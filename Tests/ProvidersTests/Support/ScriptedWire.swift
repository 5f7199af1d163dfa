import Router
import Synchronization
import Testing

/// Answers questions from a script, in order, and keeps what was asked.
final class ScriptedWire: Asking {
    private struct State {
        var script: [Result<WireReply, AskFailure>]
        var questions: [WireRequest] = []
    }

    private let state: Mutex<State>

    init(_ script: [Result<WireReply, AskFailure>] = []) {
        state = Mutex(State(script: script))
    }

    convenience init(_ reply: WireReply) { self.init([.success(reply)]) }

    convenience init(status: Int = 200, _ body: JSONValue) {
        self.init(WireReply(status: status, body: body.serialized()))
    }

    convenience init(_ failure: AskFailure) { self.init([.failure(failure)]) }

    var questions: [WireRequest] { state.withLock { $0.questions } }

    func ask(_ request: WireRequest) async throws(AskFailure) -> WireReply {
        let next: Result<WireReply, AskFailure>? = state.withLock { state in
            state.questions.append(request)
            return state.script.isEmpty ? nil : state.script.removeFirst()
        }
        guard let next else {
            Issue.record("a question beyond the script: \(request.url)")
            throw .wire(TransportFailure(.other))
        }
        return try next.get()
    }

    /// The ways a question can stay without a reply.
    static let failures: [AskFailure] = [
        .wire(TransportFailure(.timeout)), .wire(TransportFailure(.connect)), .loginRefused(providerCode: "4001"),
        .loginUnreadable,
    ]
}
