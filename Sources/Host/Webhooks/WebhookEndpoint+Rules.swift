package import Router

extension WebhookEndpoint {
    /// An endpoint failing everything for so long is disabled (rule WH-5), in milliseconds.
    package static let longestFailing: Int64 = 5 * 86_400_000

    /// The secrets to sign with, newest first.
    package func secretsInForce(at now: Moment) -> [Secret] {
        let isRotating = oldSecretsExpireAt.map { now < $0 } ?? false
        return isRotating ? secrets : Array(secrets.prefix(1))
    }

    /// Puts a new secret first; the one before stays in force for a while.
    package mutating func rotate(to secret: Secret, overlapSeconds: Int64, at now: Moment) {
        let isOverlapping = overlapSeconds > 0
        secrets = [secret] + (isOverlapping ? Array(secrets.prefix(1)) : [])
        oldSecretsExpireAt = isOverlapping ? now.adding(seconds: overlapSeconds) : nil
    }

    /// Takes the outcome of a delivery into account.
    ///
    /// - Returns: Whether anything changed.
    package mutating func note(_ verdict: DeliveryVerdict, at now: Moment) -> Bool {
        switch verdict {
        case .interrupted: return false
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
