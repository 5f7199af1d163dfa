/// One line of the routing table: if all conditions hold, use these providers.
package struct RouteRule: Sendable, Hashable {
    package var name: String
    package var when: [RouteCondition]
    package var use: RouteUse

    package init(name: String, when: [RouteCondition], use: RouteUse) {
        self.name = name
        self.when = when
        self.use = use
    }
}

/// Providers and the order to try them in.
package struct RouteUse: Sendable, Hashable {
    package enum Strategy: String, Sendable, Hashable, CaseIterable {
        /// In the order of the list.
        case priority
        /// By weight, stable for one payment.
        case weighted
    }

    package struct Member: Sendable, Hashable {
        package var provider: ProviderID
        /// 1 or more; counts for `weighted` only.
        package var weight: Int

        package init(provider: ProviderID, weight: Int = 1) {
            self.provider = provider
            self.weight = weight
        }
    }

    package var strategy: Strategy
    package var members: [Member]

    package init(strategy: Strategy, members: [Member]) {
        self.strategy = strategy
        self.members = members
    }

    /// The members in the order they are tried for one payment.
    package func ordered(for order: OrderID) -> [Member] {
        switch strategy {
        case .priority: return members
        case .weighted:
            var rest = members
            var result: [Member] = []
            var hash = StableHash.of(order.text)
            while !rest.isEmpty {
                let total = rest.reduce(0) { $0 + max(1, $1.weight) }
                var ticket = Int(hash % UInt64(total))
                let index = rest.firstIndex { member in
                    ticket -= max(1, member.weight)
                    return ticket < 0
                }
                result.append(rest.remove(at: index ?? 0))
                hash = StableHash.mix(hash)
            }
            return result
        }
    }
}

/// A hash that is the same on every machine and in every run, unlike `Hashable`'s.
enum StableHash {
    /// FNV-1a over the UTF-8 bytes, mixed.
    static func of(_ text: String) -> UInt64 {
        mix(text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 })
    }

    /// The finaliser of SplitMix64.
    static func mix(_ value: UInt64) -> UInt64 {
        var mixed = value &+ 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// The whole routing part of `providers.json`.
package struct RoutingTable: Sendable, Hashable {
    /// The first rule that matches and has an eligible provider decides.
    package var rules: [RouteRule]
    /// Used when no rule did.
    package var otherwise: RouteUse?
    /// Reasons after which another provider may be tried.
    ///
    /// Never holds a payer's refusal.
    package var failoverReasons: Set<RefusalReason>
    /// Attempts one movement may have.
    package var maximumAttempts: Int

    /// Everything on the operator's or the platform's side.
    package static let standardFailover: Set<RefusalReason> = Set(
        RefusalReason.allCases.filter { $0.blame == .operator || $0.blame == .platform })

    package init(
        rules: [RouteRule], otherwise: RouteUse?, failoverReasons: Set<RefusalReason> = standardFailover,
        maximumAttempts: Int = 5
    ) {
        self.rules = rules
        self.otherwise = otherwise
        self.failoverReasons = failoverReasons
        self.maximumAttempts = maximumAttempts
    }
}
