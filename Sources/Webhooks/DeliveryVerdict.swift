package import Router

/// What follows from one attempt to deliver (rule WH-2).
package enum DeliveryVerdict: Sendable, Hashable {
    /// A 2xx answer, and nothing else.
    case delivered
    /// Tried again by the schedule. Redirects are failures; they are never followed.
    case failed
    /// 429, 502, 503, 504: like a failure, and the endpoint is left alone for a while, at most an hour.
    case slowDown(retryAfterSeconds: Int64?)
    /// 410: the endpoint does not want anything any more. The event stays and can be replayed.
    case disableEndpoint
    /// The router stopped meanwhile; says nothing about the endpoint.
    case interrupted
    /// This machine had no room for it: nothing was tried, so nothing is counted.
    case notNow

    /// The verdict in one word, for metrics.
    package var name: String {
        switch self {
        case .delivered: "delivered"
        case .failed: "failed"
        case .slowDown: "slow_down"
        case .disableEndpoint: "gone"
        case .interrupted: "interrupted"
        case .notNow: "not_now"
        }
    }
}

/// The verdict about an attempt with what its delivery log shows.
package struct DeliveryOutcome: Sendable, Hashable {
    package var verdict: DeliveryVerdict
    /// The answer's status, if there was an answer.
    package var status: Int?
    /// One line for the endpoint's owner.
    package var detail: String

    package init(_ verdict: DeliveryVerdict, status: Int? = nil, detail: String) {
        self.verdict = verdict
        self.status = status
        self.detail = detail
    }

    /// Judges what the wire brought.
    package init(_ result: Result<WireReply, TransportFailure>, at now: Moment) {
        switch result {
        case .success(let reply):
            let retryAfter = reply.headers.filter { $0.name.lowercased() == "retry-after" }.map(\.value)
            self.init(
                status: reply.status, retryAfter: retryAfter, excerpt: AnswerExcerpt.text(reply.body), at: now)
        case .failure(let failure):
            if let status = failure.status {
                // The status was read; only the rest of the answer was too long to be of interest.
                self.init(status: status, retryAfter: [], excerpt: "", at: now)
            } else {
                let verdict: DeliveryVerdict =
                    switch failure.kind {
                    case .cancelled: .interrupted
                    case .exhausted: .notNow
                    default: .failed
                    }
                self.init(verdict, detail: Self.text(failure.kind))
            }
        }
    }

    private init(status: Int, retryAfter: [String], excerpt: String, at now: Moment) {
        let said = excerpt.isEmpty ? "HTTP \(status)" : "HTTP \(status): \(excerpt)"
        switch status {
        case 200..<300: self.init(.delivered, status: status, detail: "HTTP \(status)")
        case 300..<400:
            self.init(.failed, status: status, detail: "HTTP \(status): redirects are not followed")
        case 410: self.init(.disableEndpoint, status: status, detail: "HTTP 410: the endpoint is gone")
        case 429, 502, 503, 504:
            let asked = RetryAfter.seconds(retryAfter, now: now)
            let wait = asked.map { min($0, DeliverySchedule.longestRetryAfter) }
            let cut = asked == wait ? "" : "; Retry-After is cut to \(DeliverySchedule.longestRetryAfter) s"
            self.init(.slowDown(retryAfterSeconds: wait), status: status, detail: said + cut)
        default: self.init(.failed, status: status, detail: said)
        }
    }

    /// Fixed texts: what libcurl says could tell about our network.
    private static func text(_ kind: TransportFailure.Kind) -> String {
        switch kind {
        case .addressForbidden: "the address is not a public one"
        case .nameLookup: "the host's name could not be resolved"
        case .connect: "no connection could be made"
        case .tls: "the TLS handshake or the certificate failed"
        case .timeout: "no complete answer in time"
        case .connectionLost: "the connection broke before the answer was complete"
        case .malformedReply: "the answer is not proper HTTP"
        case .oversized: "the answer is too large; answer with a short body or none"
        case .invalidRequest: "the address cannot be used"
        case .cancelled: "the router stopped before an answer came"
        case .exhausted: "the router had no room for another connection; nothing was sent"
        case .gateRefused, .other: "the attempt failed"
        }
    }
}
