/// Keeps one provider, or one app, from taking all the room there is for requests under way.
///
/// Plain state. Of the slots each provider and each app may hold its share; what nobody else uses stays empty rather than
/// being lent, because a slot that is lent to a dead operator comes back after its timeout only.
package struct Bulkhead: Sendable, Hashable {
    /// What shares a bulkhead keeps apart.
    package enum Party: Sendable, Hashable {
        case provider(ProviderID)
        /// An app by its identifier.
        case app(String)
    }

    /// How many requests may be under way altogether; at least one.
    package let slots: Int
    /// The share of one provider, and of one app; each has one slot at least.
    package let providerShare: Share
    package let appShare: Share
    private var held: [Party: Int] = [:]
    private(set) package var inFlight = 0

    package init(slots: Int, providerShare: Share = .all, appShare: Share = .all) {
        self.slots = max(1, slots)
        self.providerShare = providerShare
        self.appShare = appShare
    }

    /// The most that a party may hold.
    package func most(_ party: Party) -> Int {
        let share =
            switch party {
            case .provider: providerShare
            case .app: appShare
            }
        let part = Int128(slots) * Int128(share.millionths) / 1_000_000
        return Int(clamping: max(1, min(part, Int128(slots))))
    }

    /// What a party holds.
    package func held(_ party: Party) -> Int { held[party] ?? 0 }

    /// Why none of the parties of a request gets a slot; `nil` if there is one.
    ///
    /// Changes nothing.
    package func refusal(_ parties: [Party]) -> AdmissionRefusal? {
        guard inFlight < slots else { return .allSlotsTaken(slots) }
        return parties.first { held($0) >= most($0) }.map { .shareTaken($0, most: most($0)) }
    }

    /// Takes one slot for all of the parties of a request, or none.
    ///
    /// - Returns: Why not; after `nil` a ``release(_:)`` with the same parties must follow.
    package mutating func admit(_ parties: [Party]) -> AdmissionRefusal? {
        if let refusal = refusal(parties) { return refusal }
        inFlight += 1
        for party in parties { held[party, default: 0] += 1 }
        return nil
    }

    /// Gives a slot back.
    package mutating func release(_ parties: [Party]) {
        inFlight = max(0, inFlight - 1)
        for party in parties {
            let rest = held(party) - 1
            held[party] = rest > 0 ? rest : nil
        }
    }
}
