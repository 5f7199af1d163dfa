/// What earlier orders of the same phone number tell, in the same environment.
///
/// Looked up by the keyed hash of the number, and only where a rule asks for it.
package struct CustomerHistory: Sendable, Hashable {
    /// Whole days since the first order; 0 on its first day.
    package var ageDays: Int64
    /// Orders that succeeded, by the provider that executed them; at most ``bound`` are looked at.
    package var successes: [ProviderID: Int64]

    /// Whoever has this many orders has more than any rule needs to know.
    package static let bound = 200

    package init(ageDays: Int64, successes: [ProviderID: Int64] = [:]) {
        self.ageDays = ageDays
        self.successes = successes
    }
}
