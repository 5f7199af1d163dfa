import Router

/// What the status of an HTTP gateway's answer means.
struct GatewayAnswer: Sendable {
    /// Statuses that say that it took the message.
    var accepted: Set<Int>
    /// Statuses that say that it never will.
    var refused: Set<Int>
    /// Who answers, as the subject of a sentence.
    var name: String

    /// Judges what the wire brought; of an answer only its status counts.
    func delivery(_ result: Result<WireReply, TransportFailure>) -> MessageDelivery {
        switch result {
        case .success(let reply): return delivery(reply.status)
        case .failure(let failure):
            // The status was read; only the rest of the answer was of no use.
            if let status = failure.status { return delivery(status) }
            return .failed("no answer of \(name): \(failure)")
        }
    }

    private func delivery(_ status: Int) -> MessageDelivery {
        if accepted.contains(status) { return .accepted }
        if refused.contains(status) { return .refused("\(name) answered \(status)") }
        switch status {
        case 401, 403: return .failed("\(name) answered \(status): it refuses our login; check what proves it")
        case 300..<400: return .failed("\(name) answered \(status): redirects are not followed; name its real address")
        default: return .failed("\(name) answered \(status)")
        }
    }
}
