import Router

/// What happened to an order, in a line of plain English each.
enum TrailWords {
    static func text(_ what: TrailEntry.What) -> String {
        switch what {
        case .accepted(let initiator, let request): "accepted, begun by \(words(initiator)) (\(request))"
        case .shopAccepted: "the shop accepted the amount"
        case .cancelWished: "somebody wished to cancel it"
        case .attempt(_, let provider, let state, let cause): "\(provider): \(words(state)) (\(cause))"
        case .sent(_, let provider, let transmission): "\(provider): " + text(transmission)
        case .observed(let evidence): text(evidence)
        case .hinted: "a notification that anybody can have sent, and that proves nothing"
        case .contradicted(let item):
            "contradiction \(item.kind.rawValue)" + (item.claimed.map { ": \($0)" } ?? "")
                + ", recorded was \(item.recordedState.rawValue)"
        case .noticed(let notice):
            "the operator told \(notice.kind.rawValue)" + (notice.amount.map { " of \($0)" } ?? "")
                + " (\(notice.operatorReference))"
        case .booked(let posting):
            "booked \(posting.kind) \(posting.amount): \(posting.debit) to \(posting.credit)"
        case .told(let event, let type): "told \(type) (\(event))"
        case .signed(let signature):
            "\(signature.person) signed \(signature.finding.verdict.name): \(signature.finding.reason)"
        case .unreadable: "a step whose record cannot be read"
        }
    }

    /// One hand-over to the wire, and how it ended.
    static func text(_ transmission: Transmission) -> String {
        let name = "transmission \(transmission.ordinal)"
        guard let gate = transmission.gateOpened else { return "\(name) began, and how it ended is not known" }
        guard gate else { return "\(name) was stopped before a byte left" }
        guard let ended = transmission.endedAt else { return "\(name) left" }
        let span = "after \(ended.milliseconds(since: transmission.startedAt)) ms"
        return transmission.httpStatus.map { "\(name) was answered \($0) \(span)" }
            ?? "\(name) left and got no whole answer \(span)"
    }

    private static func text(_ evidence: TrailEvidence) -> String {
        let status = evidence.httpStatus.map { " \($0)" } ?? ""
        let stated = evidence.stated.map { ", states \($0)" } ?? ""
        let theirs = evidence.operatorReference.map { ", theirs \($0)" } ?? ""
        let detail = evidence.detail.isEmpty ? "" : " (\(evidence.detail))"
        return "\(words(evidence.source))\(status), \(evidence.strength.rawValue): \(evidence.claim)\(detail)\(stated)"
            + theirs
    }

    private static func words(_ source: Evidence.Source) -> String {
        switch source {
        case .response: "answer"
        case .check: "check"
        case .callback: "notification"
        case .statement: "statement"
        case .person: "two people"
        case .transport: "wire"
        case .ledger: "our books"
        }
    }

    static func words(_ state: AttemptState) -> String {
        switch state {
        case .prepared: "prepared, nothing sent"
        case .withdrawn: "withdrawn, nothing was sent"
        case .sending: "being sent"
        case .notSent: "proven not sent"
        case .rejected: "refused"
        case .pending: "accepted by the operator"
        case .succeeded: "executed"
        case .unknown: "nobody knows yet"
        case .notExecuted: "not executed"
        case .voided: "ended by the operator"
        case .conflict: "contradictory"
        }
    }

    static func words(_ initiator: Initiator) -> String {
        switch initiator {
        case .secretKey: "the app's secret key"
        case .publishableKey: "a browser with the app's publishable key"
        case .holder(let account): "the holder \(account)"
        case .console(let account): "\(account) in the console"
        case .payer: "the payer"
        case .router: "the router itself"
        }
    }
}
