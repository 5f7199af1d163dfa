/// By which metadata the lists of an app can be filtered.
///
/// Values are kept as keyed hashes only. New orders are indexed in the step that makes them durable, older ones in the
/// background, newest first.
package protocol MetadataIndexStore: Sendable {
    /// What an app has chosen, and how far it is.
    func metadataIndex(of app: AppID) async throws(StoreFailure) -> MetadataIndex

    /// Chooses an app's names: those left out are forgotten in the background, new ones are indexed there.
    ///
    /// `start` is a moment after all orders made until now: those made then or later are found at once.
    func setMetadataIndex(_ names: [String], of app: AppID, from start: Moment) async throws(StoreFailure)

    /// Indexes or forgets the next older orders of one app and kind, in a transaction that writes at most `limit` rows.
    ///
    /// What was done is durable when it returns; after a crash the next call goes on there.
    ///
    /// - Returns: Whether there was anything to do.
    func indexOlderMetadata(limit: Int) async throws(StoreFailure) -> Bool
}
