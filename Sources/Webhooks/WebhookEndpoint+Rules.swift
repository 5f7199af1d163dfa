package import Router

extension WebhookEndpoint {
    /// An endpoint failing everything for so long is disabled (rule WH-5), in milliseconds.
    package static let longestFailing: Int64 = 5 * 86_400_000

    /// How many secrets may be in force at once: each is a signature in the header of every delivery.
    package static let mostSecrets = 5

    /// The secrets to sign with, newest first.
    package func secretsInForce(at now: Moment) -> [Secret] {
        Array(secrets.prefix(1)) + oldSecrets(at: now).map(\.secret)
    }

    /// The older secrets that still sign, newest first, and until when.
    private func oldSecrets(at now: Moment) -> [(secret: Secret, until: Moment)] {
        secrets.dropFirst().enumerated().compactMap { index, secret in
            let until = index < oldSecretsExpiries.count ? oldSecretsExpiries[index] : oldSecretsExpireAt
            return until.flatMap { now < $0 ? (secret, $0) : nil }
        }
    }

    /// Puts a new secret first; the ones before stay in force for a while: none longer than the overlap, and none longer
    /// than an earlier rotation promised.
    package mutating func rotate(to secret: Secret, overlapSeconds: Int64, at now: Moment) {
        let end = now.adding(seconds: max(0, overlapSeconds))
        let before = secrets.prefix(1).map { (secret: $0, until: end) }
        let kept = (before + oldSecrets(at: now).map { (secret: $0.secret, until: min($0.until, end)) })
            .filter { now < $0.until }.prefix(Self.mostSecrets - 1)
        secrets = [secret] + kept.map(\.secret)
        oldSecretsExpiries = kept.map(\.until)
        oldSecretsExpireAt = oldSecretsExpiries.max()
    }

    /// Takes the outcome of a delivery into account.
    ///
    /// - Returns: Whether anything changed.
    package mutating func record(_ verdict: DeliveryVerdict, at now: Moment) -> Bool {
        switch verdict {
        case .interrupted, .notNow: return false
        case .delivered:
            guard failingSince != nil else { return false }
            failingSince = nil
            return true
        case .disableEndpoint:
            guard isEnabled else { return false }
            failingSince = failingSince ?? now
            disable("the endpoint answered 410 Gone")
            return true
        case .failed, .slowDown:
            guard let since = failingSince else {
                failingSince = now
                return true
            }
            guard isEnabled, now.milliseconds(since: since) >= Self.longestFailing else { return false }
            disable("nothing could be delivered for 5 days")
            return true
        }
    }

    /// Enables the endpoint again; failures count from the beginning.
    package mutating func enable() {
        isEnabled = true
        disabledReason = nil
        failingSince = nil
    }

    private mutating func disable(_ reason: String) {
        isEnabled = false
        disabledReason = reason
    }
}
