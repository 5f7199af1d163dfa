import Router

/// Statements and rows of sales: shelves, what stands on them, and how much of it was sold when.
enum SaleRows {
    static let shelf = Statement(
        "SELECT n FROM snapshot_shelves WHERE app = $1 AND environment = $2 AND topic = $3 AND currency = $4")
    static let insertShelf = Statement(
        "INSERT INTO snapshot_shelves (app, environment, topic, currency) VALUES ($1, $2, $3, $4)")
    static let shelves = Statement(
        "SELECT n, currency FROM snapshot_shelves WHERE app = $1 AND environment = $2 AND topic = $3")

    static let subject = Statement("SELECT n, sealed FROM snapshot_subjects WHERE shelf = $1 AND mark = $2")
    static let insertSubject = Statement(
        "INSERT INTO snapshot_subjects (shelf, mark, sealed) VALUES ($1, $2, $3) RETURNING n")
    static let rename = Statement("UPDATE snapshot_subjects SET sealed = $1 WHERE n = $2")
    static let label = Statement("SELECT sealed FROM snapshot_subjects WHERE n = $1")

    static let get = Statement("SELECT figures FROM snapshot_sales WHERE fold = $1 AND subject = $2 AND span = $3")
    static let set = Statement(
        """
        INSERT INTO snapshot_sales (fold, subject, span, shelf, place, figures) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (fold, subject, span) DO UPDATE SET place = excluded.place, figures = excluded.figures
        """)
    /// The first of a shelf in a span; none is sorted.
    static let first = Statement(
        """
        SELECT subject, place FROM snapshot_sales WHERE fold = $1 AND shelf = $2 AND span = $3
        ORDER BY place DESC LIMIT $4
        """)
    /// What one of them sold in spans one behind the other.
    static let stretch = Statement(
        "SELECT figures FROM snapshot_sales WHERE fold = $1 AND subject = $2 AND span >= $3 AND span <= $4")
    static let all = Statement(
        """
        SELECT h.app, h.environment, h.topic, h.currency, s.span, s.subject, u.sealed, s.figures
        FROM snapshot_sales s JOIN snapshot_shelves h ON h.n = s.shelf JOIN snapshot_subjects u ON u.n = s.subject
        WHERE s.fold = $1
        """)

    static func shelf(_ key: SaleKey, _ binder: inout Binder) {
        binder.text(key.app.text)
        binder.text(key.environment.rawValue)
        binder.text(key.topic.rawValue)
        binder.text(key.currency.code)
    }
}

/// What is sealed of an item or a customer: its id, and an item's name.
struct SaleLabel: Equatable {
    let id: String
    let name: String?

    init(id: String, name: String?) { (self.id, self.name) = (id, name) }

    /// Ids and names have no control characters; this one stands between the two.
    private static let separator: Character = "\u{1F}"

    init(opened bytes: [UInt8]) {
        let parts = String(decoding: bytes, as: UTF8.self).split(
            separator: Self.separator, maxSplits: 1, omittingEmptySubsequences: false)
        (id, name) = (String(parts.first ?? ""), parts.count > 1 ? String(parts[1]) : nil)
    }

    var bytes: [UInt8] { Array((id + (name.map { String(Self.separator) + $0 } ?? "")).utf8) }
}

/// A sale with its bytes made and sealed: done before the writer's thread has it.
struct EncodedSale: Sendable {
    let key: SaleKey
    let figures: SaleFigures
    let mark: [UInt8]
    let sealed: [UInt8]
    private let name: String?

    var label: SaleLabel { SaleLabel(id: key.id, name: name) }

    init(_ key: SaleKey, _ name: String?, _ figures: SaleFigures, _ sealer: Sealer) throws(StoreFailure) {
        (self.key, self.name, self.figures) = (key, name, figures)
        // The app and the topic are in it, so that equal ids of several apps do not show as equal.
        mark = sealer.blindIndex("sale\u{1F}\(key.app.text)\u{1F}\(key.topic.rawValue)\u{1F}\(key.id)")
        sealed = try sealer.sealed(SaleLabel(id: key.id, name: name).bytes)
    }
}
