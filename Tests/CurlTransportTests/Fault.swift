import RawServer
import Router
import Testing

/// One way for an operator to misbehave, and what must come of it.
struct Fault: Sendable, CustomTestStringConvertible {
    enum Expectation: Sendable {
        case failure([TransportFailure.Kind])
        case reply(Int)
        /// The network decides which.
        case replyOr(Int, [TransportFailure.Kind])
    }

    let name: String
    let expect: Expectation
    var limits = Line.patient
    /// The script runs after the whole request was read, unless it wants the head only.
    var readsBody = true
    let act: @Sendable (Peer) -> Void

    var testDescription: String { name }

    init(
        _ name: String, _ expect: Expectation, limits: WireLimits = Line.patient, readsBody: Bool = true,
        act: @escaping @Sendable (Peer) -> Void
    ) {
        self.name = name
        self.expect = expect
        self.limits = limits
        self.readsBody = readsBody
        self.act = act
    }

    /// A fault that is a text, after which the connection is closed in order.
    static func says(_ name: String, _ text: String, _ expect: Expectation) -> Fault {
        Fault(name, expect) { $0.write(text) }
    }

    /// A fault that is a text, after which the server says nothing more and keeps the connection open.
    static func saysAndStays(_ name: String, _ text: String, _ expect: Expectation) -> Fault {
        Fault(name, expect) { peer in
            peer.write(text)
            peer.waitForEnd()
        }
    }

    func isMet(by seen: Seen) -> Bool {
        switch (expect, seen.result) {
        case (.failure(let kinds), .failure(let failure)): kinds.contains(failure.kind)
        case (.reply(let status), .success(let reply)): reply.status == status
        case (.replyOr(let status, _), .success(let reply)): reply.status == status
        case (.replyOr(_, let kinds), .failure(let failure)): kinds.contains(failure.kind)
        default: false
        }
    }
}
