package import Router
import Synchronization

/// The names by which apps' orders are found.
extension WriterConnection {
    /// The names an app has chosen, as this transaction sees them.
    func metadataNames(of app: AppID) throws -> [String] {
        if let metadataNames { return metadataNames[app] ?? [] }
        let names = try MetadataRows.namesByApp(self(MetadataRows.names))
        metadataNames = names
        return names[app] ?? []
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
}

extension SQLiteStore {
    package func metadataIndex(of app: AppID) async throws(StoreFailure) -> MetadataIndex {
        let states = try await reader.read { connection in
            try connection(MetadataRows.ofApp).all({ $0.text(app.text) }) { try MetadataRows.state($0) }
        }
        var index = MetadataIndex()
        for state in states {
            if state.isLeaving {
                if index.leaving.last != state.name { index.leaving.append(state.name) }
                continue
            }
            if index.names.last?.name != state.name { index.names.append(MetadataIndex.Name(state.name)) }
            index.names[index.names.count - 1].completeFrom[state.kind] = state.completeFrom
        }
        return index
    }

    package func setMetadataIndex(_ names: [String], of app: AppID, from start: Moment) async throws(StoreFailure) {
        let known = try await write { connection in
            try connection.setMetadataIndex(names, of: app, from: start)
            return try connection.metadataNames(of: app)
        }
        metadataNames.withLock { $0[app] = known }
    }
}
