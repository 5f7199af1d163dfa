import Router

/// Reads everything that is stored of orders and of the money they moved, a page at a time.
struct BooksReader {
    /// The newest rows of the moment in which the check began: later ones are left out of what is compared as a whole.
    struct Newest {
        var entry: Int64
        var unit: Int64
        var attempt: Int64
    }

    let sealer: Sealer
    let newest: Newest
    private(set) var verification = LedgerVerification()
    private(set) var entries = RowMarks()
    private(set) var units = RowMarks()
    private(set) var attempts = RowMarks()
    private var place = ""

    typealias Finding = LedgerVerification.Finding

    init(sealer: Sealer, newest: Newest) { (self.sealer, self.newest) = (sealer, newest) }

    private static let page = Statement(
        """
        SELECT \(Orders.columns), o.purpose, o.outcome, o.status, o.amount, o.currency FROM orders o
        LEFT JOIN units f ON f.n = o.first_unit LEFT JOIN units l ON l.n = o.last_unit
        WHERE o.id > $1 ORDER BY o.id LIMIT $2
        """)

    /// Looks at some more orders.
    ///
    /// - Returns: Whether there may be others.
    mutating func next(_ limit: Int, _ connection: ReadConnection) throws -> Bool {
        var count = 0
        try connection(Self.page).each({
            $0.text(place)
            $0.integer(Int64(limit))
        }) { row in
            place = row.text(0)
            count += 1
            do {
                verification.record(try findings(row, connection))
            } catch let fault as RecordFault {
                verification.record([
                    Finding(.units, place, found: "cannot be read: \(fault.detail)", expected: "records that open")
                ])
            }
            return true
        }
        verification.count(.orders, count)
        return count == limit
    }

    private mutating func findings(_ row: StatementRow, _ connection: ReadConnection) throws -> [Finding] {
        guard !row.isNull(12), !row.isNull(13) else {
            return [Finding(.orders, place, found: "its first or last unit is not there", expected: "that it is")]
        }
        let (aggregate, hasDisputes) = try Orders.aggregateAsStored(row, sealer)
        let (evidence, misplaced) = try evidence(aggregate.order.id, connection)
        var books = OrderBooks(
            aggregate, evidence: evidence, entries: try lines(aggregate.order.movement, connection),
            holds: try connection(Holds.ofOrder).all({ $0.text(place) }) { try Holds.hold(aggregate.order.id, $0) },
            discrepancies: try connection(Discrepancies.ofOrder).all({ $0.text(place) }) {
                try Discrepancies.discrepancy($0)
            })
        verification.count(.holds, books.holds.count)
        verification.count(.discrepancies, books.discrepancies.count)
        books.hasOnlyKindsOfDisputes = !hasDisputes && !aggregate.order.disputes.isEmpty
        if let parent = aggregate.order.parent {
            books.parent = try connection(Orders.get).first({ $0.text(parent.text) }) { try Orders.order($0, sealer) }
        }
        if aggregate.order.kind == .transfer { books.suspense = try suspense(aggregate.order, connection) }
        return misplaced + Self.columns(row, aggregate.order) + (try rows(aggregate, connection)) + books.findings
    }

    /// Whether what is searched by is what the record says.
    private static func columns(_ row: StatementRow, _ order: Order) -> [Finding] {
        let found = [row.text(15), row.text(16), row.text(17), "\(row.integer(18)) \(row.text(19))"]
        let expected = [
            order.purpose.rawValue, order.outcome.rawValue, order.status.rawValue,
            "\(order.amount.minorUnits) \(order.amount.currency.code)",
        ]
        guard found != expected || row.integer(14) != order.version else { return [] }
        return [
            Finding(
                .orders, order.id.text, found: found.joined(separator: ", ") + ", version \(row.integer(14))",
                expected: expected.joined(separator: ", ") + ", version \(order.version), as its record says")
        ]
    }

    private static let chain = Statement(Units.chain("u.n, u.order_id, u.sealed") + " ORDER BY u.n")

    private mutating func evidence(
        _ order: OrderID, _ connection: ReadConnection
    ) throws -> ([Evidence], [Finding]) {
        var (evidence, findings): ([Evidence], [Finding]) = ([], [])
        try connection(Self.chain).each({ $0.text(order.text) }) { row in
            if row.integer(0) <= newest.unit { units.add(row.integer(0)) }
            verification.count(.units)
            evidence += try Units.record(row.blob(2), sealer).evidence()
            if row.text(1) != order.text {
                findings.append(
                    Finding(
                        .units, "\(row.integer(0))", found: "belongs to \(row.text(1))",
                        expected: "\(order), whose units lead to it"))
            }
            return true
        }
        return (evidence, findings)
    }

    private mutating func lines(_ movement: MovementID, _ connection: ReadConnection) throws -> [AccountEntry] {
        let found = try connection(Entries.ofMovement).all({ $0.blob(movement.bytes) }) { row in
            AccountEntry(number: row.integer(0), posting: try Entries.posting(row), balance: nil)
        }
        for entry in found where entry.number <= newest.entry { entries.add(entry.number) }
        return found
    }

    private static let attempt = Statement(
        """
        SELECT n, id, order_id, state, live, amount, currency FROM attempts
        WHERE provider = $1 AND reference = $2 AND scope = $3
        """)

    /// Whether the rows of attempts are what their order says of them.
    private mutating func rows(_ aggregate: OrderAggregate, _ connection: ReadConnection) throws -> [Finding] {
        verification.count(.attempts, aggregate.attempts.count)
        return try aggregate.attempts.compactMap { attempt in
            let found = try connection(Self.attempt).first({
                $0.text(attempt.provider.text)
                $0.text(attempt.reference)
                $0.text(attempt.scope)
            }) { row in
                if row.integer(0) <= newest.attempt { attempts.add(row.integer(0)) }
                return (row.text(1), row.text(2))
                    == (attempt.id.text, aggregate.order.id.text)
                    ? "\(row.text(3)), \(row.integer(4) == 1 ? "live" : "dead"), \(row.integer(5)) \(row.text(6))"
                    : "attempt \(row.text(1)) of \(row.text(2)) has its reference"
            }
            let expected = """
                \(attempt.state.rawValue), \(attempt.state.isLive ? "live" : "dead"), \
                \(attempt.amount.minorUnits) \(attempt.amount.currency.code)
                """
            guard found != expected else { return nil }
            return Finding(
                .attempts, "\(attempt.id) of \(place)", found: found ?? "no row",
                expected: expected + ", as its record says")
        }
    }

    private func suspense(_ order: Order, _ connection: ReadConnection) throws -> AccountBalance? {
        try connection(Accounts.named).first({
            $0.text(LedgerAccount.suspense(order.id).name)
            $0.text(order.amount.currency.code)
        }) { try Accounts.balance($0) }
    }
}
