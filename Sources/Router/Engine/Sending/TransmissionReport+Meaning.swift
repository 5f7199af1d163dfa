/// What a report says of the operator, of us, and for the records.
extension TransmissionReport {
    /// A complete answer below 500 says that the operator works, whatever it said.
    var isOperatorHealthy: Bool {
        guard case .success(let reply) = result else { return false }
        return reply.status < 500 && reply.status != 429
    }

    /// Whether we ourselves held the request back: it says nothing about the operator.
    var reachedNobody: Bool {
        guard !gateOpened, case .failure(let failure) = result else { return false }
        return [.gateRefused, .cancelled, .invalidRequest, .exhausted].contains(failure.kind)
    }

    /// Whether its gate, asked, did not open.
    var wasRefusedAtGate: Bool {
        guard !gateOpened, case .failure(let failure) = result else { return false }
        return failure.kind == .gateRefused
    }

    /// The same proof that nothing left, with the reason why it could not in time.
    var forWantOfRoom: TransmissionReport {
        var report = self
        report.result = .failure(TransportFailure(.exhausted, "there was no room until it was too late to leave"))
        return report
    }

    var outcomeName: String {
        switch result {
        case .success(let reply): String(reply.status)
        case .failure(let failure): gateOpened ? failure.kind.rawValue : "not_sent_\(failure.kind.rawValue)"
        }
    }
}
