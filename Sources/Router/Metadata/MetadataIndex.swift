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
