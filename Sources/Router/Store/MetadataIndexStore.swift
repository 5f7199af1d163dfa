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

/// The names that an app's lists can be filtered by.
package struct MetadataIndex: Sendable, Hashable {
    /// One name and how far back it is indexed.
    package struct Name: Sendable, Hashable {
        package var name: String
        /// Kinds of which not all orders are indexed yet, with the moment from which on they are.
        package var completeFrom: [OrderKind: Moment]

        package init(_ name: String, completeFrom: [OrderKind: Moment] = [:]) {
            self.name = name
            self.completeFrom = completeFrom
        }
    }

    /// In the order of their bytes.
    package var names: [Name]
    /// Names left out whose rows are still being deleted, in the order of their bytes.
    package var leaving: [String]

    package init(names: [Name] = [], leaving: [String] = []) {
        self.names = names
        self.leaving = leaving
    }

    /// Kinds of orders whose lists take the filter.
    package static let kinds: [OrderKind] = [.payment, .payout, .refund]
    /// How many names an app may choose.
    package static let limit = 8

    /// From which moment on orders of a kind are found by all of these names; `nil` if all orders are.
    package func completeFrom(_ terms: [MetadataTerm], _ kind: OrderKind) -> Moment? {
        names.filter { known in terms.contains { $0.name == known.name } }.compactMap { $0.completeFrom[kind] }.max()
    }
}

/// A name of metadata and the value it must have.
package struct MetadataTerm: Sendable, Hashable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    /// What is hashed: no other app, name and value give the same text.
    package func text(of app: AppID) -> String { "metadata \(app.text) \(name.utf8.count) \(name)\(value)" }

    /// An order's terms under the given names.
    package static func all(of order: Order, under names: [String]) -> [MetadataTerm] {
        guard MetadataIndex.kinds.contains(order.kind) else { return [] }
        return names.compactMap { name in order.request.metadata[name].map { MetadataTerm(name, $0) } }
    }
}
