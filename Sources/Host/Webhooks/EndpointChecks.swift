import Router
import Webhooks

/// What holds for a webhook endpoint, whether it comes through the API or from the console.
enum EndpointChecks {
    /// An address as it is kept.
    ///
    /// - Throws: A ``Problem`` that says why nothing is sent there.
    static func url(_ text: String, _ addresses: AddressPolicy) throws(Problem) -> String {
        do throws(WebhookTarget.Fault) {
            return try WebhookTarget(text, policy: addresses).url
        } catch {
            throw Problem(
                .invalidWebhookURL, error.text,
                errors: [JSONIssue(pointer: "/url", code: "invalid_url", detail: error.text)])
        }
    }

    /// A new endpoint, and its secret, which is shown once.
    static func fresh(
        of app: AppID, _ environment: PayEnvironment, url: String, types: [String], at now: Moment,
        _ random: any RandomSource
    ) -> (endpoint: WebhookEndpoint, secret: Secret) {
        let secret = WebhookSecret.make(from: random)
        let endpoint = WebhookEndpoint(
            id: WebhookEndpointID(at: now, from: random), app: app, environment: environment, url: url, types: types,
            secrets: [secret], isEnabled: true, createdAt: now)
        return (endpoint, secret)
    }

    /// What is said where an app has as many as it may have.
    static let tooMany = Problem(
        .limitReached, "an app has at most \(WebhookEndpointsAPI.limit) webhook endpoints; delete one first")
}

extension WebhookEndpoint {
    /// Gives it another address or other types; at another address nothing has failed yet.
    mutating func change(url: String?, types: [String]?) {
        if let types { self.types = types }
        if let url, url != self.url {
            self.url = url
            failingSince = nil
        }
    }
}
