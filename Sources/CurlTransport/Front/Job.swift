import Router

/// One exchange as it is handed from a caller's task to the driver thread.
struct Job: Sendable {
    /// What is at stake.
    enum Purpose: Sendable {
        case money(gate: SendGate, mayReuse: Bool)
        case question
    }

    let request: WireRequest
    let purpose: Purpose
    let limits: WireLimits
    let scope: ScopeKey
    let withdrawal: Withdrawal
    let answer: CheckedContinuation<TransmissionReport, Never>
    let startedAt = Monotonic.now()

    /// Gives the caller its answer.
    ///
    /// Must be called exactly once.
    func finish(_ result: Result<WireReply, TransportFailure>, curlCode: Int32) {
        let microseconds = Int64((Monotonic.now() &- startedAt) / 1000)
        answer.resume(returning: purpose.report(result, curlCode: curlCode, microseconds: microseconds))
    }
}

extension Job.Purpose {
    /// The report of an exchange that is over; shuts the gate, so that its answer is the last word.
    func report(
        _ result: Result<WireReply, TransportFailure>, curlCode: Int32, microseconds: Int64
    ) -> TransmissionReport {
        TransmissionReport(
            gateOpened: !mayBeWithdrawn(), result: result, curlCode: curlCode, durationMicroseconds: microseconds)
    }

    /// The report of an exchange that was never begun.
    func unsent(_ failure: TransportFailure) -> TransmissionReport {
        report(.failure(failure), curlCode: 0, microseconds: 0)
    }

    /// Whether the exchange may be ended early.
    ///
    /// For money this shuts the gate: `true` means it is certain never to open.
    func mayBeWithdrawn() -> Bool {
        switch self {
        case .money(let gate, _): gate.shut()
        case .question: true
        }
    }
}

extension TransportFailure {
    static let shuttingDown = TransportFailure(.cancelled, "the transport is shutting down")
    static let withdrawn = TransportFailure(.cancelled, "the caller withdrew the exchange")
}
