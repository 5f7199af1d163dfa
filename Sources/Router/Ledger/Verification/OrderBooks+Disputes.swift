/// What evidence says against final records, and how it stands in the books.
extension OrderBooks {
    /// The lines of each dispute; where what was claimed cannot be told any more, those that fit what is there.
    var disputeLines: [ExpectedLine] {
        guard !hasOnlyKindsOfDisputes else { return [] }
        return order.disputes.indices.flatMap { index -> [ExpectedLine] in
            let dispute = order.disputes[index]
            guard let attempt = aggregate.attempt(dispute.attempt) else { return [] }
            let name = DisputeLines.name(of: index, among: order.disputes)
            let possible = openings(of: index, attempt).map { opened in
                lines(of: dispute, openedAs: opened, attempt, name)
            }
            let found = entries.map(\.posting).filter { $0.kind == name || $0.kind.hasPrefix(name + ":") }
            let fitting = possible.first { lines in
                lines.count == found.count
                    && lines.allSatisfy { line in found.contains { line.matches($0) } }
            }
            return fitting ?? possible.first ?? []
        }
    }

    private func lines(
        of dispute: Dispute, openedAs opened: Dispute, _ attempt: Attempt, _ name: String
    ) -> [ExpectedLine] {
        let books = DisputeLines(order, attempt, name)
        let opening = books.opening(opened, at: dispute.at).map { ExpectedLine($0) }
        guard opened.state == .open, dispute.state != .open else { return opening }
        let ending = books.ending(opened, found: dispute.executed, at: dispute.at)
        return opening + ending.map { ExpectedLine($0, isDated: false) }
    }

    /// How a dispute may have been opened: by what its line in the discrepancies claims, or as people found it at once.
    private func openings(of index: Int, _ attempt: Attempt) -> [Dispute] {
        var open = order.disputes[index]
        guard open.state != .open else { return [open] }
        var possible: [Dispute] = []
        open.state = .open
        // A late failure claims what was asked for: nothing of it was executed.
        if open.kind == .lateFailure { open.executed = Money(0, attempt.amount.currency) }
        if open.kind != .lateFailure, index < discrepancies.count, let claimed = discrepancies[index].claimed {
            open.executed = claimed
        }
        possible.append(open)
        possible.append(order.disputes[index])
        return possible
    }

    /// Each dispute has its line in the discrepancies, in the order in which they were opened.
    var discrepancyFindings: [Finding] {
        guard !hasOnlyKindsOfDisputes else { return [] }
        func shown(_ kind: DiscrepancyKind, _ attempt: AttemptID, _ state: AttemptState, _ at: Moment) -> String {
            "\(kind.rawValue) of \(attempt), \(state.rawValue), \(at)"
        }
        var findings: [Finding] = []
        for index in 0..<max(order.disputes.count, discrepancies.count) {
            let dispute = index < order.disputes.count ? order.disputes[index] : nil
            let line = index < discrepancies.count ? discrepancies[index] : nil
            let expected = dispute.map { shown($0.kind, $0.attempt, $0.recordedState, $0.at) } ?? "none"
            let found = line.map { shown($0.kind, $0.attempt, $0.recordedState, $0.at) } ?? "none"
            if found != expected {
                findings.append(
                    Finding(.discrepancies, "\(index + 1) of \(place)", found: found, expected: expected))
            } else if let dispute, let line, let claimed = claimed(dispute), line.claimed != claimed {
                findings.append(
                    Finding(
                        .discrepancies, "\(index + 1) of \(place)",
                        found: line.claimed.map { "claims \($0)" } ?? "claims nothing", expected: "\(claimed)"))
            }
        }
        return findings
    }

    /// What a dispute's line claims; `nil` where the order does not tell any more.
    private func claimed(_ dispute: Dispute) -> Money? {
        guard dispute.state == .open, dispute.kind != .lateFailure else { return nil }
        return dispute.executed
    }

    /// What is left in the suspense account of a transfer: all that was collected until it has ended.
    var suspenseFindings: [Finding] {
        guard order.kind == .transfer, let terms = order.request.transfer, terms.shape == .between else { return [] }
        let expected = isSuspended(terms) ? terms.debited(order).minorUnits : 0
        guard suspense?.posted ?? 0 != expected || (order.outcome.isFinal && suspense?.held ?? 0 != 0) else {
            return []
        }
        let found = suspense.map { "posted \($0.posted), held \($0.held)" } ?? "no account"
        return [
            Finding(
                .accounts, LedgerAccount.suspense(order.id).name, found: found,
                expected: "posted \(expected)" + (order.outcome.isFinal ? ", held 0" : ""))
        ]
    }
}
