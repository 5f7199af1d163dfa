import Crypto
import Synchronization
import WebText

extension CardOperator {
    /// What became of a call at the idempotency layer.
    private enum Verdict: Sendable {
        case refused(CardRefusal)
        case replayed(IdempotencyRecord)
        case ran(CardOutcome)
    }

    /// Runs a POST under its idempotency key (docs/protocols/card.md, 5.1): a known key replays, a busy one
    /// conflicts, a key with other parameters is an error; refusals that precede the work are not stored.
    func run(
        _ call: CardCall, _ work: (inout CardState, CardCall) throws -> CardOutcome
    ) async throws -> Answer {
        if let key = call.key, key.utf8.count > 255 || key.isEmpty {
            throw CardRefusal(
                type: "idempotency_error", message: "Idempotency-Key: 1 to 255 characters.")
        }
        switch try state.withLock({ try verdict(&$0, call, work) }) {
        case .refused(let refusal):
            var answer = dressed(.json(refusal.json, status: refusal.status), call.request, call.requestID)
            if refusal.code == "idempotency_key_in_use" { answer.set("Stripe-Should-Retry", "true") }
            return answer
        case .replayed(let record):
            let answer = Answer(status: record.status, body: Array(record.body.utf8))
            var replay = dressed(answer, call.request, call.requestID)
            replay.set("Original-Request", record.requestID)
            replay.set("Idempotent-Replayed", "true")
            return replay
        case .ran(let outcome):
            return try await leave(outcome, call)
        }
    }

    private func verdict(
        _ state: inout CardState, _ call: CardCall, _ work: (inout CardState, CardCall) throws -> CardOutcome
    ) throws -> Verdict {
        let fingerprint = call.fingerprint
        if let key = call.key {
            switch state.look(up: key, fingerprint, now: call.now, window: window) {
            case .free: break
            case .stored(let record): return .replayed(record)
            case .busy:
                return .refused(
                    CardRefusal(
                        status: 409, type: "idempotency_error", code: "idempotency_key_in_use",
                        message: "There is currently another in-progress request using this Idempotent Key."))
            case .foreign:
                return .refused(
                    CardRefusal(
                        type: "idempotency_error",
                        message: "Keys for idempotent requests can only be used with the same parameters they were "
                            + "first used with."))
            }
        }
        var outcome: CardOutcome
        do {
            outcome = try work(&state, call)
        } catch let refusal as CardRefusal {
            guard refusal.isStored else { return .refused(refusal) }
            outcome = CardOutcome(status: refusal.status, body: refusal.json)
        }
        if let key = call.key, outcome.isStored {
            if case .hung = outcome.answer {
                state.busy[key] = fingerprint
            } else {
                outcome.line.key = record(of: outcome, key, call)
            }
        }
        if outcome.changesAnything {
            try tools.recorder.commit(outcome.line)
            state.apply(outcome.line)
        }
        return .ran(outcome)
    }

    private func record(of outcome: CardOutcome, _ key: String, _ call: CardCall) -> IdempotencyRecord {
        IdempotencyRecord(
            key: key, fingerprint: call.fingerprint, status: outcome.status, body: outcome.body.string,
            requestID: call.requestID, storedAt: tools.stage.now)
    }

    private func leave(_ outcome: CardOutcome, _ call: CardCall) async throws -> Answer {
        if let intent = outcome.line.intent { arm(intent) }
        if let charge = outcome.line.charge { arm(charge) }
        for refund in outcome.line.kept(CardRefund.self, as: "refund", of: .card) { arm(refund) }
        for session in outcome.line.kept(CardSession.self, as: "session", of: .card) { arm(session) }
        var truth = dressed(.json(outcome.body, status: outcome.status), call.request, call.requestID)
        if call.key != nil { truth.set("Original-Request", call.requestID) }
        switch outcome.answer {
        case .truthful: return truth
        case .serverError:
            truth.set("Stripe-Should-Retry", "true")
            return truth
        case .delayed(let wait): return await tools.stage.pause(wait) ? truth : .dropped
        case .dropped: return .dropped
        case .truncated: return truth.truncated
        case .page: return .gatewayPage
        case .hung(let wait):
            guard await tools.stage.pause(wait), let key = call.key else { return .dropped }
            try state.withLock { state in
                let line = JournalLine(key: record(of: outcome, key, call))
                try tools.recorder.commit(line)
                state.apply(line)
                state.busy[key] = nil
            }
            return .dropped
        }
    }

    /// Adds the headers that every answer carries (docs/protocols/card.md, 1.2).
    func dressed(_ answer: Answer, _ request: SandboxRequest, _ requestID: String) -> Answer {
        var answer = answer
        answer.set("Request-Id", requestID)
        answer.set("Stripe-Version", request.header("Stripe-Version") ?? Self.version)
        answer.set("Stripe-Should-Retry", "false")
        if request.method == "POST", let key = request.header("Idempotency-Key") { answer.set("Idempotency-Key", key) }
        return answer
    }
}

extension Answer {
    /// Sets a header, replacing an earlier value.
    mutating func set(_ name: String, _ value: String) {
        headers.removeAll { $0.name == name }
        headers.append(Header(name: name, value: value))
    }
}

/// Signs events (docs/protocols/card.md, 6.1).
enum CardSignature {
    /// The value of `Stripe-Signature`.
    ///
    /// Signs the exact bytes that are sent. The endpoint's secret, as ASCII text with its prefix, is the key; the time
    /// of signing is in seconds since 1970.
    static func header(body: [UInt8], secret: String, seconds: Int64) -> String {
        let signed = Array("\(seconds).".utf8) + body
        let code = HMAC<SHA256>.authenticationCode(for: signed, using: SymmetricKey(data: Array(secret.utf8)))
        return "t=\(seconds),v1=\(Hex.text(code))"
    }
}
