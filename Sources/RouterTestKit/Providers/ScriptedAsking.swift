public import Router

/// Answers questions from a function, for tests of providers.
public struct ScriptedAsking: Asking {
    private let answer: @Sendable (WireRequest) -> WireReply?

    /// Makes a wire that answers by a function; `nil` stands for a lost connection.
    public init(answer: @escaping @Sendable (WireRequest) -> WireReply?) { self.answer = answer }

    /// Asks the function.
    public func ask(_ request: WireRequest) async throws(AskFailure) -> WireReply {
        guard let reply = answer(request) else { throw .wire(TransportFailure(.connectionLost)) }
        return reply
    }
}
