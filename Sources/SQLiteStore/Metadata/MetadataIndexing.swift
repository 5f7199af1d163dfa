import Router

/// The rows by which orders are found by their metadata.
extension WriterConnection {
    /// Indexes a new order under the names chosen now; hashes made for names chosen before are made already.
    func indexMetadata(_ encoded: EncodedUnit) throws {
        let order = encoded.unit.order
        let names = try metadataNames(of: order.app)
        guard !names.isEmpty else { return }
        for term in MetadataTerm.all(of: order, under: names) {
            let hash = encoded.metadata[term] ?? sealer.hash(term, of: order.app)
            try self(MetadataRows.insert).run {
                $0.blob(hash)
                $0.text(order.id.text)
            }
        }
    }

    /// Writes what one look at older orders found, for each name that is still as it was then.
    func write(_ window: MetadataWindow) throws {
        for state in window.states where try advance(state, window) {
            let statement = try self(state.isLeaving ? MetadataRows.delete : MetadataRows.insert)
            for row in window.rows where row.name == state.name {
                try statement.run {
                    $0.blob(row.hash)
                    $0.text(row.order)
                }
            }
        }
    }

    /// - Returns: Whether the name is still as it was when the orders were looked at.
    private func advance(_ state: MetadataRows.State, _ window: MetadataWindow) throws -> Bool {
        let changed = try self(MetadataRows.advance).run {
            $0.integer(window.isLast ? nil : window.reached.milliseconds)
            $0.text(window.isLast ? nil : window.oldest)
            $0.text(state.app.text)
            $0.text(state.name)
            $0.text(state.kind.rawValue)
            $0.integer(state.isLeaving ? 1 : 0)
            $0.text(state.cursor)
        }
        guard changed == 1 else { return false }
        if state.isLeaving, window.isLast {
            try self(MetadataRows.forget).run {
                $0.text(state.app.text)
                $0.text(state.name)
                $0.text(state.kind.rawValue)
            }
        }
        return true
    }
}
