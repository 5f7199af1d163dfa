import Router

/// The rows by which orders are found by their metadata.
extension WriterConnection {
    /// The names an app has chosen, as this transaction sees them.
    func metadataNames(of app: AppID) throws -> [String] {
        if let metadataNames { return metadataNames[app] ?? [] }
        let names = try MetadataRows.namesByApp(self(MetadataRows.names))
        metadataNames = names
        return names[app] ?? []
    }

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

    func setMetadataIndex(_ names: [String], of app: AppID, from start: Moment) throws {
        metadataNames = nil
        let stored = try self(MetadataRows.ofApp).all({ $0.text(app.text) }) { try MetadataRows.state($0) }
        for state in stored where !state.isLeaving && !names.contains(state.name) {
            try self(MetadataRows.leave).run {
                $0.integer(start.milliseconds)
                $0.text(app.text)
                $0.text(state.name)
                $0.text(state.kind.rawValue)
            }
        }
        for name in names {
            for kind in MetadataIndex.kinds {
                try self(MetadataRows.choose).run {
                    $0.text(app.text)
                    $0.text(name)
                    $0.text(kind.rawValue)
                    $0.integer(start.milliseconds)
                }
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
