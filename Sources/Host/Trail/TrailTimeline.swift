import Router

/// Puts what happened to an order into the order in which it happened.
struct TrailTimeline {
    private let redaction: Redaction
    private var unordered: [TrailEntry] = []

    init(_ redaction: Redaction) { self.redaction = redaction }

    /// Oldest first; of one moment, causes before what follows from them.
    var entries: [TrailEntry] {
        unordered.enumerated().sorted { left, right in
            (left.element.at, left.element.what.rank, left.offset)
                < (right.element.at, right.element.what.rank, right.offset)
        }.map(\.element)
    }

    mutating func add(_ aggregate: OrderAggregate) {
        let order = aggregate.order
        insert(order.createdAt, .accepted(order.begunBy, order.requestID))
        if let at = order.acceptedAt { insert(at, .shopAccepted) }
        if let at = order.cancelRequestedAt { insert(at, .cancelWished) }
        for attempt in aggregate.attempts {
            for step in attempt.history {
                insert(
                    step.at,
                    .attempt(attempt.id, attempt.provider, step.state, cause: redaction.text(step.cause)))
            }
            for transmission in attempt.transmissions {
                insert(transmission.startedAt, .sent(attempt.id, attempt.provider, transmission))
            }
        }
        for notice in order.notices { insert(notice.at, .noticed(notice)) }
        for signature in order.review?.signatures ?? [] { insert(signature.at, .signed(signature)) }
    }

    mutating func add(_ steps: [OrderStep]) {
        for step in steps {
            for told in step.told { insert(step.at, .told(told.id, type: told.type)) }
            guard let evidence = step.evidence else {
                insert(step.at, .unreadable)
                continue
            }
            for item in evidence { insert(item.at, .observed(TrailEvidence(item, redaction))) }
        }
    }

    mutating func add(_ discrepancies: [Discrepancy]) {
        for item in discrepancies { insert(item.at, .contradicted(item)) }
    }

    mutating func add(_ postings: [Posting]) {
        for posting in postings { insert(posting.at, .booked(posting)) }
    }

    mutating func add(_ hints: [InboxMessage], about attempt: AttemptID) {
        for hint in hints.reversed() {
            insert(hint.receivedAt, .hinted(TrailCallback(hint, about: attempt, redaction)))
        }
    }

    private mutating func insert(_ at: Moment, _ what: TrailEntry.What) {
        unordered.append(TrailEntry(at: at, what: what))
    }
}

extension TrailEntry.What {
    /// Where it stands among what happened in one moment.
    fileprivate var rank: Int {
        switch self {
        case .accepted: 0
        case .shopAccepted, .cancelWished: 1
        case .attempt(_, _, .prepared, _): 2
        case .attempt(_, _, .sending, _): 3
        case .sent: 4
        case .hinted, .observed, .signed, .unreadable: 5
        case .attempt, .noticed, .contradicted: 6
        case .booked: 7
        case .told: 8
        }
    }
}
