import Router

/// What happened to an order, in the reader's language; words of operators and of people stay as they are.
///
/// In English it says what ``TrailWords`` does; a test compares them.
struct TimelineTexts {
    let texts: ConsoleTexts

    init(_ texts: ConsoleTexts) { self.texts = texts }

    func text(_ what: TrailEntry.What) -> String {
        switch what {
        case .accepted(let initiator, let request): say("accepted", ["who": who(initiator), "request": request.text])
        case .shopAccepted: texts["trail.shopAccepted"]
        case .cancelWished: texts["trail.cancelWished"]
        case .attempt(_, let provider, let state, let cause):
            say("attempt", ["provider": provider.text, "state": word("attempt", state), "cause": cause])
        case .sent(_, let provider, let transmission):
            say("sent", ["provider": provider.text, "what": text(transmission)])
        case .observed(let evidence): text(evidence)
        case .hinted: texts["trail.hinted"]
        case .contradicted(let item):
            say(
                item.claimed == nil ? "contradicted" : "contradictedAmount",
                [
                    "kind": word("discrepancy", item.kind), "amount": item.claimed.map { "\($0)" } ?? "",
                    "state": word("recorded", item.recordedState),
                ])
        case .noticed(let notice):
            say(
                notice.amount == nil ? "noticed" : "noticedAmount",
                [
                    "kind": word("notice", notice.kind), "amount": notice.amount.map { "\($0)" } ?? "",
                    "reference": notice.operatorReference,
                ])
        case .booked(let posting):
            say(
                "booked",
                [
                    "kind": texts.word("posting", posting.kind), "amount": "\(posting.amount)",
                    "debit": "\(posting.debit)", "credit": "\(posting.credit)",
                ])
        case .told(let event, let type): say("told", ["type": type, "event": event.text])
        case .signed(let signature):
            say(
                "signed",
                [
                    "person": signature.person, "verdict": texts.word("verdict", signature.finding.verdict.name),
                    "reason": signature.finding.reason,
                ])
        case .unreadable: texts["trail.unreadable"]
        }
    }

    /// One hand-over to the wire, and how it ended.
    func text(_ transmission: Transmission) -> String {
        var values = ["number": "\(transmission.ordinal)"]
        guard let gate = transmission.gateOpened else { return say("wireBegan", values) }
        guard gate else { return say("wireStopped", values) }
        guard let ended = transmission.endedAt else { return say("wireLeft", values) }
        values["milliseconds"] = "\(ended.milliseconds(since: transmission.startedAt))"
        guard let status = transmission.httpStatus else { return say("wireUnanswered", values) }
        values["status"] = "\(status)"
        return say("wireAnswered", values)
    }

    private func text(_ evidence: TrailEvidence) -> String {
        let detail = evidence.detail.isEmpty ? "" : " (\(evidence.detail))"
        let stated = evidence.stated.map { say("stated", ["amount": "\($0)"]) }
        let theirs = evidence.operatorReference.map { say("theirs", ["reference": $0]) }
        let whole = [
            word("source", evidence.source) + (evidence.httpStatus.map { " \($0)" } ?? ""),
            word("strength", evidence.strength) + ": " + texts.word("claim", evidence.claim) + detail, stated, theirs,
        ]
        return whole.compactMap(\.self).joined(separator: ", ")
    }

    private func who(_ initiator: Initiator) -> String {
        switch initiator {
        case .secretKey: texts["initiator.secretKey"]
        case .publishableKey: texts["initiator.publishableKey"]
        case .holder(let account): texts.filled("initiator.holder", ["account": account.text])
        case .console(let account): texts.filled("initiator.console", ["account": account.text])
        case .payer: texts["initiator.payer"]
        case .router: texts["initiator.router"]
        }
    }

    private func say(_ name: String, _ values: [String: String]) -> String { texts.filled("trail." + name, values) }

    private func word<Value: RawRepresentable<String>>(_ list: String, _ value: Value) -> String {
        texts.word(list, value.rawValue)
    }
}
