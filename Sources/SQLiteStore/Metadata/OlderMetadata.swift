package import Router

/// What one look at older orders found.
struct MetadataWindow: Sendable {
    struct Row: Sendable {
        let name: String
        let hash: [UInt8]
        let order: String
    }

    /// The names it was made for.
    let states: [MetadataRows.State]
    let rows: [Row]
    /// The oldest order looked at.
    let oldest: String
    /// From when on all are looked at.
    let reached: Moment
    /// Whether there is no older one.
    let isLast: Bool
}

extension SQLiteStore {
    package func indexOlderMetadata(limit: Int) async throws(StoreFailure) -> Bool {
        let sealer = sealer
        let window = try await reader.read { try Self.window($0, limit: limit, sealer) }
        guard let window else { return false }
        try await write { try $0.write(window) }
        return true
    }

    /// Looks at the next older orders, all on one snapshot: whatever was there when a name was chosen is in it.
    private static func window(_ connection: ReadConnection, limit: Int, _ sealer: Sealer) throws -> MetadataWindow? {
        let first = try connection(MetadataRows.unfinished).first { try MetadataRows.state($0) }
        guard let first else { return nil }
        let all = try connection(MetadataRows.ofApp).all({ $0.text(first.app.text) }) { try MetadataRows.state($0) }
        let states = all.filter { $0.goes(with: first) }
        // Each row may be written to a page of its own, far from all others.
        let limit = max(1, limit / states.count)
        var orders: [Order] = []
        for environment in PayEnvironment.allCases {
            orders += try connection(MetadataRows.window).all({
                $0.text(first.app.text)
                $0.text(environment.rawValue)
                $0.text(first.kind.prefix + "_")
                $0.text(first.cursor ?? first.kind.prefix + "`")
                $0.integer(Int64(limit))
            }) { try Orders.order($0, sealer) }
        }
        orders = Array(orders.sorted { $0.id.text > $1.id.text }.prefix(limit))
        let rows = orders.flatMap { order in
            MetadataTerm.all(of: order, under: states.map(\.name)).map { term in
                MetadataWindow.Row(name: term.name, hash: sealer.hash(term, of: order.app), order: order.id.text)
            }
        }
        // There may be more of the same millisecond.
        let reached = orders.last?.createdAt.adding(milliseconds: 1)
        return MetadataWindow(
            states: states, rows: rows, oldest: orders.last?.id.text ?? "",
            reached: reached ?? Moment(milliseconds: 0), isLast: orders.count < limit)
    }
}
