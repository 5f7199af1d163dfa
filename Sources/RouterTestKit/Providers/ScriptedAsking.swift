public import Router

/// Answers questions from a function, for tests of providers.
public struct ScriptedAsking: Asking {
    private let answer: @Sendable (WireRequest) -> WireReply?

    /// The function gives each answer; `nil` stands for a lost connection.
    public init(answer: @escaping @Sendable (WireRequest) -> WireReply?) { self.answer = answer }

    /// What the function says; a lost connection where it says nothing.
    public func ask(_ request: WireRequest) async throws(AskFailure) -> WireReply {
        guard let reply = answer(request) else { throw .wire(TransportFailure(.connectionLost)) }
        return reply
    }
}
