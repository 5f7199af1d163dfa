import Router
import Webhooks

/// Gives endpoints new signing secrets; the ones before go on signing beside them for a while.
struct SecretRotation: Sendable {
    let register: EndpointRegister
    let time: any TimeSource
    let random: any RandomSource
    /// Writes the endpoint together with something else; `nil` for the store alone.
    var writing: EndpointRegister.Writing?

    /// Rotates the secret of an endpoint.
    ///
    /// - Parameters:
    ///   - endpoint: As it was read.
    ///   - overlapSeconds: How long the old secret goes on signing; `nil` for the usual time.
    /// - Returns: The endpoint as it is now, and the new secret, which is shown once.
    /// - Throws: A ``Problem`` for an overlap out of bounds, or if too many secrets sign already.
    func rotate(
        _ endpoint: WebhookEndpoint, overlapSeconds: Int64?
    ) async throws(Problem) -> (endpoint: WebhookEndpoint, secret: Secret) {
        let overlap = overlapSeconds ?? WebhookEndpointsAPI.usualOverlap
        guard (0...WebhookEndpointsAPI.longestOverlap).contains(overlap) else {
            let what = "expected 0 to \(WebhookEndpointsAPI.longestOverlap) seconds"
            throw Problem(
                .invalidRequest, "/overlap_seconds: \(what)",
                errors: [JSONIssue(pointer: "/overlap_seconds", code: "invalid_value", detail: what)])
        }
        let now = time.now
        guard overlap == 0 || endpoint.secretsInForce(at: now).count < WebhookEndpoint.mostSecrets else {
            throw Problem(
                .limitReached,
                "\(WebhookEndpoint.mostSecrets) secrets sign already; wait until old ones end, or end them all with "
                    + "overlap_seconds 0")
        }
        let secret = WebhookSecret.make(from: random)
        let changed = try await WebhookEndpointsAPI.guarded { () async throws(StoreFailure) in
            try await register.change(endpoint.id, writing: writing) { endpoint in
                endpoint.rotate(to: secret, overlapSeconds: overlap, at: now)
                return true
            }
        }
        guard let changed else { throw WebhookEndpointsAPI.unknownEndpoint }
        return (changed, secret)
    }
}
