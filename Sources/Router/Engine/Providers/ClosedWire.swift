import Synchronization

/// A wire that carries nothing: shows whether a preparation needs to ask.
final class ClosedWire: Asking {
    private let asked = Atomic(false)

    /// Whether a question was refused; what was prepared without its answer must not be used.
    var wasAsked: Bool { asked.load(ordering: .relaxed) }

    func ask(_ request: WireRequest) async throws(AskFailure) -> WireReply {
        asked.store(true, ordering: .relaxed)
        throw .wire(TransportFailure(.gateRefused, "nothing is asked here"))
    }
}
