import Router

/// Statements and rows of the indexes over metadata.
enum MetadataRows {
    /// How far one name of one app is for one kind of order.
    struct State: Sendable {
        let app: AppID
        let name: String
        let kind: OrderKind
        /// `nil` when all is done.
        let completeFrom: Moment?
        /// The oldest order looked at; `nil` before the first.
        let cursor: String?
        let isLeaving: Bool

        /// Whether one look at the orders serves both.
        func goes(with other: State) -> Bool {
            completeFrom != nil && app == other.app && kind == other.kind && cursor == other.cursor
                && isLeaving == other.isLeaving
        }
    }

    private static let columns = "app, name, kind, complete_from, cursor, leaving"

    static let ofApp = Statement("SELECT \(columns) FROM metadata_indexes WHERE app = $1 ORDER BY name, kind")
    /// What was looked at least comes first, so that all apps get on.
    static let unfinished = Statement(
        "SELECT \(columns) FROM metadata_indexes WHERE complete_from IS NOT NULL ORDER BY complete_from DESC LIMIT 1")
    static let names = Statement("SELECT DISTINCT app, name FROM metadata_indexes WHERE leaving = 0 ORDER BY app, name")

    /// A name that is there stays as it is, unless it was leaving.
    static let choose = Statement(
        """
        INSERT INTO metadata_indexes (app, name, kind, complete_from) VALUES ($1, $2, $3, $4)
        ON CONFLICT (app, name, kind) DO UPDATE
            SET complete_from = excluded.complete_from, cursor = NULL, leaving = 0 WHERE leaving = 1
        """)
    static let leave = Statement(
        """
        UPDATE metadata_indexes SET leaving = 1, cursor = NULL, complete_from = $1
        WHERE app = $2 AND name = $3 AND kind = $4
        """)

    /// Only if nobody changed it since it was read.
    static let advance = Statement(
        """
        UPDATE metadata_indexes SET complete_from = $1, cursor = $2
        WHERE app = $3 AND name = $4 AND kind = $5 AND leaving = $6 AND cursor IS $7 AND complete_from IS NOT NULL
        """)
    static let forget = Statement(
        "DELETE FROM metadata_indexes WHERE app = $1 AND name = $2 AND kind = $3 AND leaving = 1")

    static let insert = Statement(
        "INSERT INTO order_metadata (hash, order_id) VALUES ($1, $2) ON CONFLICT DO NOTHING")
    static let delete = Statement("DELETE FROM order_metadata WHERE hash = $1 AND order_id = $2")

    /// The newest orders of an app and environment between two texts.
    static let window = Statement(
        Orders.select
            + " WHERE o.app = $1 AND o.environment = $2 AND o.id > $3 AND o.id < $4 ORDER BY o.id DESC LIMIT $5")

    static func namesByApp(_ statement: PreparedStatement) throws -> [AppID: [String]] {
        let pairs: [(AppID, String)] = try statement.all { (try $0.id(0), $0.text(1)) }
        return Dictionary(grouping: pairs, by: \.0).mapValues { $0.map(\.1) }
    }

    static func state(_ row: StatementRow) throws(RecordFault) -> State {
        State(
            app: try row.id(0), name: row.text(1), kind: try row.word(2),
            completeFrom: row.optionalMoment(3), cursor: row.optionalText(4), isLeaving: row.integer(5) != 0)
    }
}

extension Sealer {
    func hash(_ term: MetadataTerm, of app: AppID) -> [UInt8] { blindIndex(term.text(of: app)) }
}
