/// A line that has to be in the books.
struct ExpectedLine {
    var posting: Posting
    /// Whether it is known when it was written.
    var isDated = true

    init(_ posting: Posting, isDated: Bool = true) { (self.posting, self.isDated) = (posting, isDated) }

    var name: LineName { LineName(posting) }

    func matches(_ found: Posting) -> Bool {
        var found = found
        if !isDated { found.at = posting.at }
        return found == posting
    }

    /// What names a line of a movement.
    struct LineName: Hashable {
        let kind: String
        let sequence: Int

        init(_ posting: Posting) { (kind, sequence) = (posting.kind, posting.sequence) }
    }
}

extension Posting {
    /// The line as findings show it.
    var shown: String { "\(kind) \(sequence): \(debit) to \(credit), \(amount), \(movement), \(at)" }
}

/// Which lines the movement of an order has.
extension OrderBooks {
    var postingFindings: [Finding] {
        var unexpected: [Finding] = []
        var expected: [ExpectedLine.LineName: ExpectedLine] = [:]
        for line in expectedLines { expected[line.name] = line }
        for entry in entries {
            let line = expected.removeValue(forKey: ExpectedLine.LineName(entry.posting))
            guard let line else {
                guard !hasOnlyKindsOfDisputes || !entry.posting.isOfDispute else { continue }
                unexpected.append(
                    Finding(
                        .entries, "\(entry.number) of \(place)", found: entry.posting.shown,
                        expected: "no such line, as the order stands"))
                continue
            }
            guard !line.matches(entry.posting) else { continue }
            unexpected.append(
                Finding(
                    .entries, "\(entry.number) of \(place)", found: entry.posting.shown, expected: line.posting.shown))
        }
        return unexpected
            + expected.values.map { Finding(.entries, place, found: "no line", expected: $0.posting.shown) }
            .sorted { $0.expected < $1.expected }
    }

    private var expectedLines: [ExpectedLine] { executedLines + disputeLines }

    /// What the order moved by itself.
    var executedLines: [ExpectedLine] {
        if order.kind == .transfer { return transferLines }
        guard order.outcome == .succeeded, let succeeded else { return [] }
        let at = reached(succeeded)
        return LedgerLines.executed(order, by: succeeded, at: at ?? order.updatedAt).postings.map {
            ExpectedLine($0, isDated: at != nil)
        }
    }
}

extension Posting {
    /// Whether it was booked because evidence contradicts a final record.
    var isOfDispute: Bool {
        DiscrepancyKind.allCases.contains { kind.hasPrefix($0.rawValue + ":") }
    }
}
