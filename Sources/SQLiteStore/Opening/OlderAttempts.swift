import GRDB
import Router

/// Attempts and evidence of before, as parts of their order's unit, and the attempts' rows.
struct OlderAttempts {
    let db: Database
    let sealer: Sealer

    init(_ db: Database, _ sealer: Sealer) { (self.db, self.sealer) = (db, sealer) }

    private static let query = Statement(
        """
        SELECT n, id, ordinal, provider, channel, scope, reference, created_at, epoch, state, operator_reference,
            open_since, record, sealed, prompt_lock IS NOT NULL
        FROM older_attempts WHERE order_id = $1 ORDER BY n
        """)

    /// A lock that a program before kept although its prompt was over is left behind.
    private static let copy = Statement(
        """
        INSERT INTO attempts (n, order_id, id, provider, scope, reference, amount, currency, created_at, state, live,
            open_since, operator_reference, prompt_lock, proof)
        SELECT n, order_id, id, provider, scope, reference, amount, currency, created_at, state, live, open_since,
            operator_reference, CASE WHEN $1 THEN prompt_lock END, settled_as
        FROM older_attempts WHERE n = $2
        """)

    /// Older releases left the currency out where the operator names none: it is the attempt's.
    static let evidence = Statement(
        """
        SELECT attempt, source, strength, claim, detail, stated_amount, coalesce(stated_currency,
            (SELECT currency FROM older_attempts a WHERE a.order_id = $1 LIMIT 1)), operator_reference, http_status, at,
            sealed
        FROM older_evidence WHERE order_id = $1 ORDER BY version, n
        """)

    static func evidence(_ row: StatementRow, _ sealer: Sealer) throws(RecordFault) -> Evidence {
        Evidence(
            attempt: try row.id(0), source: try row.word(1), strength: try row.word(2),
            claim: row.text(3), detail: row.text(4), stated: try row.optionalMoney(5),
            operatorReference: row.optionalText(7),
            httpStatus: row.optionalInteger(8).map(Int.init),
            raw: try row.isNull(10) ? [] : sealer.opened(row.blob(10)), at: row.moment(9))
    }

    /// Copies the rows of an order's attempts.
    ///
    /// - Returns: What else was known of them, and where the live one was made, if there is one.
    func bringOver(
        _ order: String
    ) throws -> (parts: [UnitCoding.OlderPart], live: (provider: String, scope: String)?) {
        let connection = ReadConnection(db)
        var parts: [UnitCoding.OlderPart] = []
        var live: (provider: String, scope: String)?
        try connection(Self.query).each({ $0.text(order) }) { row in
            parts.append((.attempt, row.members(Self.origin)))
            parts.append((.attemptState, try UnitCoding.olderMembers(row.blob(12))))
            let request = try row.isNull(13) ? nil : UnitCoding.olderMembers(sealer.opened(row.blob(13)))
            if let request { parts.append((.attemptRequest, request)) }
            let state: AttemptState = try row.word(9)
            if state.isLive { live = (row.text(3), row.text(5)) }
            let holdsPrompt = request?["prompt_lock"]?.stringValue != nil && state.isLive && state != .succeeded
            _ = try connection(Self.copy).run {
                $0.integer(row.integer(14) != 0 && holdsPrompt ? 1 : 0)
                $0.integer(row.integer(0))
            }
            return true
        }
        return (parts, live)
    }

    /// What lay in columns.
    private static let origin: [(String, StatementRow.Kind)] = [
        ("id", .text(1)), ("ordinal", .integer(2)), ("provider", .text(3)), ("channel", .text(4)), ("scope", .text(5)),
        ("reference", .text(6)), ("created_at", .integer(7)), ("epoch", .integer(8)), ("state", .text(9)),
        ("operator_reference", .text(10)), ("open_since", .integer(11)),
    ]
}

extension StatementRow {
    /// What a column holds, and which one it is.
    enum Kind: Sendable {
        case text(Int32)
        case integer(Int32)
    }

    /// Columns as the members of a record; those that are empty are left out.
    func members(_ columns: [(String, Kind)]) -> JSONObject {
        JSONObject(
            columns.compactMap { name, kind in
                switch kind {
                case .text(let column): optionalText(column).map { JSONObject.Member(name, .string($0)) }
                case .integer(let column): optionalInteger(column).map { JSONObject.Member(name, JSONValue($0)) }
                }
            })
    }
}
