import Router

/// One thing that happened to an order.
struct TrailEntry: Sendable, Hashable {
    let at: Moment
    let what: What

    enum What: Sendable, Hashable {
        case accepted(Initiator, RequestID)
        case shopAccepted
        case cancelWished
        case attempt(AttemptID, ProviderID, AttemptState, cause: String)
        /// Bytes were handed to the wire.
        case sent(AttemptID, ProviderID, Transmission)
        case observed(TrailEvidence)
        /// A notification that anybody can have sent; it proves nothing.
        case hinted(TrailCallback)
        case contradicted(Discrepancy)
        case noticed(Notice)
        case booked(Posting)
        case told(EventID, type: String)
        case signed(Review.Signature)
        /// A step whose record is damaged.
        case unreadable
    }
}

/// One observation about an attempt.
struct TrailEvidence: Sendable, Hashable {
    let attempt: AttemptID
    let source: Evidence.Source
    let strength: Evidence.Strength
    let claim: String
    let detail: String
    let stated: Money?
    let operatorReference: String?
    let httpStatus: Int?
    /// The operator's bytes, as far as they may be shown; `nil` if none were kept.
    let raw: RedactedBody?

    init(_ evidence: Evidence, _ redaction: Redaction) {
        attempt = evidence.attempt
        source = evidence.source
        strength = evidence.strength
        claim = evidence.claim
        detail = redaction.text(evidence.detail)
        stated = evidence.stated
        operatorReference = evidence.operatorReference
        httpStatus = evidence.httpStatus
        // People's own words are no operator's message.
        raw =
            evidence.raw.isEmpty
            ? nil
            : evidence.source == .person
                ? RedactedBody(form: .text, lines: redaction.lines(evidence.raw)) : redaction.body(evidence.raw)
    }
}

/// A notification as it came in, as far as it may be shown.
struct TrailCallback: Sendable, Hashable {
    let attempt: AttemptID
    let trust: InboxMessage.Trust
    let method: String?
    let peer: String?
    let headers: [WireRequest.Header]
    let query: RedactedBody?
    let body: RedactedBody?

    init(_ message: InboxMessage, about attempt: AttemptID, _ redaction: Redaction) {
        self.attempt = attempt
        trust = message.trust
        method = message.callback?.method
        peer = message.callback?.peer
        headers = (message.callback?.headers ?? []).map(redaction.header)
        query = message.callback.flatMap { $0.query.isEmpty ? nil : redaction.body(Array($0.query.utf8)) }
        body = message.callback.flatMap { $0.body.isEmpty ? nil : redaction.body($0.body) }
    }
}
