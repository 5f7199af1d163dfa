import Foundation
import Sandbox
import Synchronization

/// Stands in for the partner's callback address: keeps what arrives and answers as told.
final class CallbackBin: Sendable {
    /// One arrival.
    struct Arrival: Sendable {
        var at: Int64
        var callback: SandboxCallback

        /// The body as a JSON object.
        var json: JSON { JSON(Data(callback.body)) }
        func header(_ name: String) -> String? { callback.headers.first { $0.name == name }?.value }
    }

    private let stored = Mutex<[Arrival]>([])
    private let replies = Mutex<[SandboxCallbackReply?]>([])
    private let clock: ManualClock

    init(clock: ManualClock) { self.clock = clock }

    /// Everything that arrived.
    var arrivals: [Arrival] { stored.withLock { $0 } }

    /// The good acknowledgement of every operator.
    static let acknowledgement = SandboxCallbackReply(status: 200, body: Array(#"{"code":"2001","message":"ok"}"#.utf8))

    /// Answers the next callbacks like this; `nil` is a lost connection.
    ///
    /// Later ones are acknowledged.
    func answerNext(_ next: [SandboxCallbackReply?]) { replies.withLock { $0 = next } }

    /// Takes one callback.
    func receive(_ callback: SandboxCallback) -> SandboxCallbackReply? {
        stored.withLock { $0.append(Arrival(at: clock.now, callback: callback)) }
        return replies.withLock { $0.isEmpty ? Self.acknowledgement : $0.removeFirst() }
    }
}
