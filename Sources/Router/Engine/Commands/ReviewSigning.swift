import Crypto
import WebText

/// People's findings (W12).
final class ReviewSigning: EnginePart {
    let context: EngineContext
    private let committer: Committer
    private let joiner: ObservationJoiner
    private let runner: AttemptRunner

    init(_ context: EngineContext, _ committer: Committer, _ joiner: ObservationJoiner, _ runner: AttemptRunner) {
        self.context = context
        self.committer = committer
        self.joiner = joiner
        self.runner = runner
    }

    /// Signs what was found about the attempt behind an order's review; see ``Engine/sign(_:_:person:counts:)``.
    func sign(
        _ id: OrderID, _ finding: Review.Finding, person: String, counts: (Review.Signature) -> Bool
    ) async -> Engine.SignResult {
        for _ in 0..<Committer.tries {
            let stored: OrderAggregate
            let digest: String
            do throws(StoreFailure) {
                guard let read = try await store.orderAggregate(id) else { return .notFound }
                stored = read
                digest = Self.digest(try await store.evidence(id))
                if try await isAnothers(finding, stored) { return .referenceTaken(stored) }
            } catch { return .unavailable }
            let now = time.now
            var aggregate = stored
            let signature = Review.Signature(finding: finding, person: person, at: now, evidenceDigest: digest)
            let signing: OrderAggregate.Signing
            switch joiner.join(signature, counts: counts, &aggregate, at: now) {
            case .failure(let refusal): return .refused(stored, refusal)
            case .success(let done): signing = done
            }
            if signing == .resolved { committer.conclude(&aggregate, at: now) }
            switch await committer.commit(aggregate) {
            case .done(let committed):
                record(
                    .signed(
                        order: id, person: person, finding: finding.verdict.name, isResolved: signing == .resolved))
                runner.advanceInBackground(committed)
                return .signed(committed, signing)
            case .conflict(.constraint(.proof)): return .referenceTaken(stored)
            case .conflict: continue
            case .failed: return .unavailable
            }
        }
        return .unavailable
    }

    /// Whether the operator's reference of a finding proves another order, already at the first signature.
    private func isAnothers(_ finding: Review.Finding, _ aggregate: OrderAggregate) async throws(StoreFailure) -> Bool {
        guard finding.verdict == .executed, let reference = finding.operatorReference,
            let provider = aggregate.reviewedAttempt?.provider,
            let owner = try await store.order(provider: provider, operatorReference: reference),
            owner != aggregate.order.id,
            let other = try await store.orderAggregate(owner)
        else { return false }
        // A refund may be named like its payment: only the same sort of operation is another proof.
        return other.operation == aggregate.operation
            && other.attempts.contains {
                $0.provider == provider && $0.operatorReference == reference && $0.state == .succeeded
            }
    }

    /// Names what a person saw: every observation, in order.
    private static func digest(_ evidence: [Evidence]) -> String {
        var hash = SHA256()
        for item in evidence {
            let line = [
                item.attempt.text, item.source.rawValue, item.strength.rawValue, item.claim, item.detail,
                item.operatorReference ?? "", item.at.description,
            ]
            hash.update(data: Array((line.joined(separator: "\u{1F}") + "\n").utf8))
        }
        return Hex.text(hash.finalize())
    }
}

extension Engine {
    /// What became of a signature.
    package enum SignResult: Sendable {
        case signed(OrderAggregate, OrderAggregate.Signing)
        case refused(OrderAggregate, OrderAggregate.SigningRefusal)
        /// The operator's reference proves another attempt already.
        case referenceTaken(OrderAggregate)
        case notFound
        case unavailable
    }
}
