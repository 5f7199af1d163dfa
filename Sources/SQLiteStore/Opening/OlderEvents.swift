import GRDB
import Router

/// Events of before: each becomes a unit that tells of nothing else, in the bytes that were made of it then.
struct OlderEvents {
    let db: Database
    let sealer: Sealer

    init(_ db: Database, _ sealer: Sealer) { (self.db, self.sealer) = (db, sealer) }

    /// Each event beside the number of the one before it of its order.
    private static let query = Statement(
        """
        SELECT e.seq, e.id, e.app, e.environment, e.order_id, e.sequence, e.type, e.at, e.sealed,
            (SELECT p.seq FROM older_events p WHERE p.order_id = e.order_id AND p.sequence < e.sequence
                ORDER BY p.sequence DESC LIMIT 1)
        FROM older_events e WHERE e.seq > $1 ORDER BY e.seq LIMIT $2
        """)

    func batch(after place: String?, limit: Int) throws -> (place: String, count: Int)? {
        let connection = ReadConnection(db)
        let insert = try connection(Units.insert)
        let numbers = try connection(Self.query).all({
            $0.integer(place.flatMap { Int64($0) } ?? 0)
            $0.integer(Int64(limit))
        }) { row in
            let number = row.integer(0)
            let bytes = try sealer.opened(row.blob(8))
            let sealed = try sealer.sealed(UnitCoding.bytes(writtenEvents: [bytes])) as [UInt8]
            let event: EventID = try row.id(1)
            _ = try insert.run {
                $0.integer(number)
                $0.text(row.text(4))
                $0.integer(row.optionalInteger(9))
                $0.text(row.text(2))
                $0.text(row.text(3))
                $0.integer(row.integer(7))
                $0.blob(event.bytes)
                $0.integer(row.integer(5))
                $0.text(row.text(6))
                $0.blob(sealed)
            }
            return number
        }
        return numbers.last.map { (String($0), numbers.count) }
    }
}
