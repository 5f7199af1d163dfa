import Router

/// Rebuilds every balance from the postings, and what is held of every account from the pending holds.
///
/// Accounts and holds are read at once, as they change; postings never do, so that those up to the newest of that moment can
/// be added up in pages afterwards, whatever is committed meanwhile. What is kept of an account in memory is some forty
/// bytes.
struct BalanceCheck {
    private struct Tally {
        var posted: Int64
        var held: Int64
        var sum: Int64 = 0
        var heldSum: Int64 = 0
        var currency: Int32
        var hasFloor: Bool
        var isLimit: Bool
        /// Whether its balance is what somebody set, not what was posted.
        var isSet: Bool
        var growsByDebit: Bool
    }

    private(set) var verification = LedgerVerification()
    /// The postings that were added up.
    private(set) var entries = RowMarks()
    private var tallies: [Int64: Tally] = [:]
    private var currencies: [String: Int32] = [:]
    /// The newest posting of the moment in which accounts were read.
    let newestEntry: Int64
    private var place: Int64 = 0

    typealias Finding = LedgerVerification.Finding

    private static let accounts = Statement("SELECT n, name, currency, posted, held FROM accounts ORDER BY n")
    private static let holds = Statement("SELECT account, amount FROM holds WHERE state = 'pending'")
    private static let newest = Statement("SELECT max(n) FROM entries")
    private static let page = Statement(
        """
        SELECT n, debit, credit, amount, debit_balance, credit_balance FROM entries WHERE n > $1 AND n <= $2
        ORDER BY n LIMIT $3
        """)
    private static let name = Statement("SELECT name || ' ' || currency FROM accounts WHERE n = $1")

    /// Reads accounts and pending holds; both in one snapshot.
    init(_ connection: ReadConnection) throws {
        newestEntry = try connection(Self.newest).first { $0.integer(0) } ?? 0
        try connection(Self.accounts).each { row in
            take(row)
            return true
        }
        var found: [Finding] = []
        try connection(Self.holds).each { row in
            guard let held = tallies[row.integer(0)]?.heldSum else {
                found.append(
                    Finding(
                        .holds, "account \(row.integer(0))", found: "\(row.integer(1)) pending",
                        expected: "an account that is there"))
                return true
            }
            tallies[row.integer(0)]?.heldSum = held.addingReportingOverflow(row.integer(1)).partialValue
            return true
        }
        for (number, tally) in tallies where tally.held != tally.heldSum {
            found.append(
                Finding(
                    .accounts, try Self.name(number, connection), found: "held \(tally.held)",
                    expected: "\(tally.heldSum), the sum of its pending holds"))
        }
        verification.record(found)
    }

    private mutating func take(_ row: StatementRow) {
        let (account, code) = (LedgerAccount(row.text(1)), row.text(2))
        let currency = currencies[code] ?? Int32(currencies.count)
        currencies[code] = currency
        tallies[row.integer(0)] = Tally(
            posted: row.integer(3), held: row.integer(4), currency: currency, hasFloor: account.floor != nil,
            isLimit: account.kind == .limit, isSet: account.kind == .limit && !account.isDailyLimit,
            growsByDebit: account.growsBy == .debit)
    }

    /// Adds up some more postings.
    ///
    /// - Returns: Whether there may be others.
    mutating func next(_ limit: Int, _ connection: ReadConnection) throws -> Bool {
        var (count, found): (Int, [Finding]) = (0, [])
        try connection(Self.page).each({
            $0.integer(place)
            $0.integer(newestEntry)
            $0.integer(Int64(limit))
        }) { row in
            place = row.integer(0)
            count += 1
            entries.add(place)
            found += try add(row, connection)
            return true
        }
        verification.count(.entries, count)
        verification.record(found)
        return count == limit
    }

    private mutating func add(_ row: StatementRow, _ connection: ReadConnection) throws -> [Finding] {
        let (number, amount) = (row.integer(0), row.integer(3))
        var found: [Finding] = []
        var sides: [Int32] = []
        for (isDebit, column) in [(true, Int32(1)), (false, 2)] {
            guard var tally = tallies[row.integer(column)] else {
                found.append(
                    Finding(
                        .entries, "\(number)", found: "account \(row.integer(column))",
                        expected: "an account that is there"))
                continue
            }
            sides.append(tally.currency)
            let name = try tally.isLimit ? Self.name(row.integer(column), connection) : nil
            if let name {
                found.append(Finding(.entries, "\(number)", found: "a posting to \(name)", expected: "none to a limit"))
            }
            let grows = isDebit == tally.growsByDebit
            tally.sum = tally.sum.addingReportingOverflow(grows ? amount : 0 &- amount).partialValue
            tallies[row.integer(column)] = tally
            let balance = row.optionalInteger(isDebit ? 4 : 5)
            let expected = tally.hasFloor ? tally.sum : nil
            if balance != expected {
                let account = try Self.name(row.integer(column), connection)
                found.append(
                    Finding(
                        .entries, "\(number)",
                        found: "balance of \(account): \(balance.map { "\($0)" } ?? "none")",
                        expected: expected.map { "\($0), the sum of its postings until then" } ?? "none"))
            }
        }
        if sides.count == 2, sides[0] != sides[1] {
            found.append(Finding(.entries, "\(number)", found: "two currencies", expected: "one"))
        }
        return found
    }

    /// Compares the sums with the balances, after all postings were added up.
    mutating func end(_ connection: ReadConnection) throws {
        for (number, tally) in tallies.sorted(by: { $0.key < $1.key })
        where tally.posted != tally.sum && !tally.isSet {
            verification.record([
                Finding(
                    .accounts, try Self.name(number, connection), found: "posted \(tally.posted)",
                    expected: "\(tally.sum), the sum of its postings")
            ])
        }
        tallies = [:]
    }

    private static func name(_ number: Int64, _ connection: ReadConnection) throws -> String {
        try connection(name).first({ $0.integer(number) }) { $0.text(0) } ?? "account \(number)"
    }
}
