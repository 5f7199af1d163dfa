package import Router

/// Statements of folds: how far each is, and which one is shown.
enum SnapshotFolds {
    static let present = Statement(
        "SELECT fold, unit, at, unreadable FROM snapshot_folds WHERE state = 'present'")
    /// The first one, which is there once something was folded: an untouched database has no rows.
    static let first: Int64 = 1
    static let makeFirst = Statement(
        """
        INSERT INTO snapshot_folds (fold, state, unit, at, unreadable) SELECT \(first), 'present', 0, 0, 0
        WHERE NOT EXISTS (SELECT 1 FROM snapshot_folds WHERE state = 'present')
        """)
    static let insert = Statement(
        "INSERT INTO snapshot_folds (state, unit, at, unreadable) VALUES ('building', 0, 0, 0) RETURNING fold")
    static let giveUp = Statement("UPDATE snapshot_folds SET state = 'left' WHERE state = 'building'")
    /// Only if it is where it is expected, and somebody needs it.
    static let advance = Statement(
        """
        UPDATE snapshot_folds SET unit = $1, at = $2, unreadable = unreadable + $3
        WHERE fold = $4 AND unit = $5 AND state <> 'left'
        """)
    /// Only if the other one is not further.
    static let leave = Statement(
        """
        UPDATE snapshot_folds SET state = 'left' WHERE state = 'present' AND unit <= (
            SELECT b.unit FROM snapshot_folds b WHERE b.fold = $1 AND b.state = 'building')
        """)
    static let show = Statement("UPDATE snapshot_folds SET state = 'present' WHERE fold = $1")

    static let left = Statement("SELECT fold FROM snapshot_folds WHERE state = 'left' ORDER BY fold LIMIT 1")
    static let forget = Statement("DELETE FROM snapshot_folds WHERE fold = $1")
    static let forgetRows = Statement(
        """
        DELETE FROM snapshots WHERE (fold, app, environment, day, currency, channel, kind) IN (
            SELECT fold, app, environment, day, currency, channel, kind FROM snapshots WHERE fold = $1 LIMIT $2)
        """)
    static let forgetSales = Statement(
        """
        DELETE FROM snapshot_sales WHERE (fold, subject, span) IN (
            SELECT fold, subject, span FROM snapshot_sales WHERE fold = $1 LIMIT $2)
        """)

    static func state(_ connection: ReadConnection) throws -> SnapshotFoldState {
        let newest = try connection(Units.newest).first { $0.integer(0) } ?? 0
        let state = try connection(present).first { row in
            SnapshotFoldState(
                fold: row.integer(0), unit: row.integer(1), at: row.moment(2), unreadable: row.integer(3),
                newest: newest)
        }
        return state
            ?? SnapshotFoldState(
                fold: first, unit: 0, at: Moment(milliseconds: 0), unreadable: 0, newest: newest)
    }
}

extension SQLiteStore {
    package func snapshotFold() async throws(StoreFailure) -> SnapshotFoldState {
        try await reader.read { try SnapshotFolds.state($0) }
    }

    package func beginFold() async throws(StoreFailure) -> Int64 {
        let fold = try await write { connection in
            try connection(SnapshotFolds.makeFirst).run()
            try connection(SnapshotFolds.giveUp).run()
            return try connection(SnapshotFolds.insert).first { $0.integer(0) }
        }
        guard let fold else { throw StoreFailure(.other, "a fold of snapshots was not made") }
        return fold
    }

    package func replaceFold(with fold: Int64) async throws(StoreFailure) -> Bool {
        try await write { connection in
            guard try connection(SnapshotFolds.leave).run({ $0.integer(fold) }) == 1 else { return false }
            try connection(SnapshotFolds.show).run { $0.integer(fold) }
            return true
        }
    }

    package func forgetFolds(limit: Int) async throws(StoreFailure) -> Bool {
        let fold = try await reader.read { connection in
            try connection(SnapshotFolds.left).first { $0.integer(0) }
        }
        guard let fold else { return false }
        return try await write { connection in
            for statement in [SnapshotFolds.forgetSales, SnapshotFolds.forgetRows] {
                let count = try connection(statement).run {
                    $0.integer(fold)
                    $0.integer(Int64(max(1, limit)))
                }
                if count > 0 { return true }
            }
            try connection(SnapshotFolds.forget).run { $0.integer(fold) }
            return true
        }
    }
}
