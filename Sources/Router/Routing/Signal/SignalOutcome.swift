/// What an attempt tells about the operator that it was made at.
package enum SignalOutcome: Sendable, Hashable {
    /// The operator did what was asked.
    case success
    /// It was not done, and that lies with the operator or with whoever runs the router: another provider may do better.
    case failure(Fault)
    /// Nobody can say yet.
    case unknown
    /// It was not done for a reason of the payer's or the caller's; any other operator would have refused as well.
    ///
    /// Counts as volume and for nothing else: in mobile money most refusals are the payer's.
    case payerRefusal

    /// Whose fault a failure is.
    package enum Fault: String, Sendable, Hashable, CaseIterable {
        case `operator`, platform
    }
}

extension SignalOutcome {
    /// What an attempt counts for as it is.
    ///
    /// Pure. Only a transport's proof of a fault on the other side makes an unsent attempt count: what was never sent
    /// because of ourselves, or for a reason that is not on record, says nothing.
    ///
    /// - Parameters:
    ///   - state: Where the attempt stands.
    ///   - reason: Why it died, once it did.
    ///   - unsent: What kept it from being sent, as the transport saw it.
    /// - Returns: `nil` if it says nothing about the operator, or nothing yet.
    package static func of(
        _ state: AttemptState, reason: RefusalReason? = nil, unsent: TransportFailure.Kind? = nil
    ) -> SignalOutcome? {
        switch state {
        // Under way, or given up by ourselves before anything was sent.
        case .prepared, .sending, .pending, .withdrawn: nil
        case .succeeded: .success
        // People decide, and until then nobody can say.
        case .unknown, .conflict: .unknown
        // The operator ended its page because the payer had left it, or at our wish: it did what was asked.
        case .voided: .payerRefusal
        case .notExecuted: .failure(.operator)
        case .rejected: reason.map(refusal) ?? .payerRefusal
        case .notSent: notSent(reason, unsent)
        }
    }

    private static func refusal(_ reason: RefusalReason) -> SignalOutcome {
        switch reason.blame {
        case .operator: .failure(.operator)
        case .platform: .failure(.platform)
        case .payer, .merchant: .payerRefusal
        }
    }

    private static func notSent(_ reason: RefusalReason?, _ unsent: TransportFailure.Kind?) -> SignalOutcome? {
        switch reason {
        // No room on this machine is nothing of any operator's.
        case .capacityExhausted: return nil
        case .notSent, nil: break
        // What was asked for the preparation was refused: a login, a token, a session.
        case .some(let reason): return refusal(reason)
        }
        switch unsent {
        case nil, .gateRefused, .cancelled, .invalidRequest, .exhausted, .other: return nil
        case .addressForbidden: return .failure(.platform)
        case .nameLookup, .connect, .tls, .timeout, .connectionLost, .malformedReply, .oversized:
            return .failure(.operator)
        }
    }
}
