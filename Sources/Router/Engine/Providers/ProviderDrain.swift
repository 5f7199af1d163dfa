/// That a provider takes no new orders: since when, and by whose wish.
///
/// What is under way there goes on, and so does whatever is asked about it.
package struct ProviderDrain: Sendable, Hashable {
    package var since: Moment
    /// Who wished it, as people are named.
    package var by: String
    /// Why, in a person's words.
    package var reason: String?

    package init(since: Moment, by: String, reason: String? = nil) {
        self.since = since
        self.by = by
        self.reason = reason
    }
}

/// Which providers are being drained, as the store keeps it: what was wished holds across restarts.
package enum StoredDrains {
    private static let fact = "provider_drains"

    /// The drains that are in force.
    ///
    /// - Throws: ``StoreFailure`` if they cannot be read: a provider that shall take nothing must not begin to.
    package static func all(in store: any Store) async throws(StoreFailure) -> [ProviderID: ProviderDrain] {
        guard let text = try await store.fact(fact), !text.isEmpty else { return [:] }
        do throws(RecordFault) {
            var drains: [ProviderID: ProviderDrain] = [:]
            for (id, drain) in try RecordReader(Array(text.utf8)).list("drains", read) { drains[id] = drain }
            return drains
        } catch { throw StoreFailure(.corrupt, "which providers are being drained: \(error)") }
    }

    /// Has a provider drained, or take new orders again with `nil`.
    ///
    /// One change at a time: the drains are written as a whole.
    package static func set(
        _ drain: ProviderDrain?, of id: ProviderID, in store: any Store
    ) async throws(StoreFailure) {
        var drains = try await all(in: store)
        drains[id] = drain
        let bytes = JSONObjectWriter.object { writer in
            writer.list("drains", drains.sorted { $0.key < $1.key }) { writer, entry in
                writer.field("provider", entry.key.text)
                writer.field("since", entry.value.since)
                writer.field("by", entry.value.by)
                writer.field("reason", entry.value.reason)
            }
        }
        try await store.setFact(fact, String(decoding: bytes, as: UTF8.self))
    }

    private static func read(_ reader: RecordReader) throws(RecordFault) -> (ProviderID, ProviderDrain) {
        (
            ProviderID(try reader.text("provider")),
            ProviderDrain(
                since: try reader.moment("since"), by: try reader.text("by"),
                reason: try reader.optionalText("reason"))
        )
    }
}
