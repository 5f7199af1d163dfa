import Router

/// Finds the rows that no order leads to, where the whole shows that there are some.
///
/// Slow, as it looks at each row by itself; only a damaged store needs it.
struct LooseRows {
    let sealer: Sealer
    let newest: BooksReader.Newest

    typealias Finding = LedgerVerification.Finding

    /// Rows looked at in one snapshot.
    static let page = 1_000

    /// Some more rows of a table, behind a number.
    ///
    /// - Returns: What is wrong with them, and the number reached; `nil` if there are no others.
    func next(
        _ table: LedgerVerification.Table, after number: Int64, _ connection: ReadConnection
    ) throws -> (findings: [Finding], place: Int64)? {
        let (sql, end) =
            switch table {
            case .entries: ("SELECT n, movement FROM entries", newest.entry)
            case .units: ("SELECT n, order_id FROM units", newest.unit)
            default: ("SELECT n, order_id, id FROM attempts", newest.attempt)
            }
        var (findings, place): ([Finding], Int64?) = ([], nil)
        try connection.sql(sql + " WHERE n > $1 AND n <= $2 ORDER BY n LIMIT \(Self.page)").each({
            $0.integer(number)
            $0.integer(end)
        }) { row in
            place = row.integer(0)
            guard try !hasOrder(table, row, connection) else { return true }
            let found =
                table == .entries
                ? "a line of \((try? MovementID(stored: row.blob(1)))?.text ?? "no movement")"
                : "belongs to \(row.text(1))"
            findings.append(
                Finding(table, "\(row.integer(0))", found: found, expected: "an order that leads to it, or no row"))
            return true
        }
        return place.map { (findings, $0) }
    }

    private func hasOrder(
        _ table: LedgerVerification.Table, _ row: StatementRow, _ connection: ReadConnection
    ) throws -> Bool {
        switch table {
        case .entries:
            guard let movement = try? MovementID(stored: row.blob(1)) else { return false }
            return try isOfOrder(movement, connection)
        case .units:
            return try connection.sql(Units.chain("1") + " WHERE u.n = $2").first({
                $0.text(row.text(1))
                $0.integer(row.integer(0))
            }) { _ in true } ?? false
        default:
            let aggregate = try? connection(Orders.get).first({ $0.text(row.text(1)) }) {
                try Orders.aggregate($0, sealer)
            }
            return aggregate?.attempts.contains { $0.id.text == row.text(2) } ?? false
        }
    }

    /// Whether a movement is an order's: named like it or, for those of older releases, in its row.
    private func isOfOrder(_ movement: MovementID, _ connection: ReadConnection) throws -> Bool {
        for kind in OrderKind.allCases {
            let id = "\(kind.prefix)_" + movement.text.drop { $0 != "_" }.dropFirst()
            if try connection(Orders.exists).first({ $0.text(id) }, { _ in true }) == true { return true }
        }
        return try connection.sql("SELECT 1 FROM orders WHERE movement = $1").first({ $0.text(movement.text) }) { _ in
            true
        } ?? false
    }
}
