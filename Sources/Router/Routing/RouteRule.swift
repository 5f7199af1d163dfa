/// One line of the routing table: if all conditions hold, use these providers.
package struct RouteRule: Sendable, Hashable {
    package var name: String
    /// What it is about; `nil` for whatever its table is about.
    package var operations: [RouteOperation]?
    package var when: [RouteCondition]
    package var use: RouteUse
    /// RFC 6901 pointer to where it is written; empty if it is not.
    package var pointer = ""
    /// RFC 6901 pointer to its ``use``.
    package var usePointer: String { isLast ? pointer : pointer + "/use" }
    /// Whether it is what is used when no other rule decided.
    package var isLast = false

    package init(name: String, operations: [RouteOperation]? = nil, when: [RouteCondition], use: RouteUse) {
        self.name = name
        self.operations = operations
        self.when = when
        self.use = use
    }

    /// Whether it is about an operation.
    package func isAbout(_ operation: RouteOperation) -> Bool { operations?.contains(operation) ?? true }
}

/// Providers and the order to try them in.
package struct RouteUse: Sendable, Hashable {
    package enum Strategy: String, Sendable, Hashable, CaseIterable {
        /// In the order of the list.
        case priority
        /// By weight, stable for one payment.
        case weighted
        /// By what their operators take of the amount, the least first; equal ones, and those whose fee is not known, in the
        /// order of the list.
        case cheapest
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
        case .priority, .cheapest: return members
        case .weighted: return WeightedDraw.order(members.map(\.weight), for: order.text).map { members[$0] }
        }
    }
}

/// The whole routing part of `providers.json`.
package struct RoutingTable: Sendable, Hashable {
    /// The first rule that matches and has an eligible provider decides.
    package var rules: [RouteRule]
    /// Used when no rule did.
    package var otherwise: RouteUse?
    /// Used instead of it for money that goes out, where two tables are joined.
    package var payoutOtherwise: RouteUse?
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

    /// One table for everything: rules that do not say what they are about are about payments in the first one, and about
    /// payouts and refunds that are paid out in the second.
    package init(payments: RoutingTable, payouts: RoutingTable) {
        func told(_ rules: [RouteRule], _ operations: [RouteOperation]) -> [RouteRule] {
            rules.map { rule in
                var rule = rule
                rule.operations = rule.operations ?? operations
                return rule
            }
        }
        self = payments
        rules = told(payments.rules, RouteOperation.payments) + told(payouts.rules, RouteOperation.payouts)
        payoutOtherwise = payouts.otherwise
        isJoined = true
    }

    /// Whether ``otherwise`` is about payments only.
    package private(set) var isJoined = false

    /// What counts for an operation, in order; ``otherwise`` is the last one.
    package func rules(for operation: RouteOperation) -> [RouteRule] {
        let isOut = isJoined && operation.operation == .payout
        var result = rules.filter { $0.isAbout(operation) }
        if let use = isOut ? payoutOtherwise : otherwise {
            var last = RouteRule(name: "otherwise", when: [], use: use)
            last.isLast = true
            last.pointer = isOut ? "/payout_routing/otherwise" : "/routing/otherwise"
            result.append(last)
        }
        return result
    }
}
