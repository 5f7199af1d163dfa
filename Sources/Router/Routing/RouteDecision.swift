/// What routing decided, and why, for every rule and every candidate.
package struct RouteDecision: Sendable, Hashable {
    package struct RuleVerdict: Sendable, Hashable {
        package var name: String
        package var objections: [String]
        /// Whether this rule's providers were used.
        package var decided: Bool
    }

    package struct CandidateVerdict: Sendable, Hashable {
        package var provider: ProviderID
        package var channel: Channel?
        package var rule: String
        package var objections: [String]
        package var isHealthy: Bool
        /// Why our money at the operator does not cover a payout.
        package var shortage: String?
        package var kept: Bool { objections.isEmpty && isHealthy && shortage == nil }
    }

    package var rules: [RuleVerdict]
    package var verdicts: [CandidateVerdict]
    /// The ranked candidates to try.
    package var plan: [Candidate]

    /// Nothing fits whatever the day: the request itself must change.
    package var isHopeless: Bool { verdicts.allSatisfy { !$0.objections.isEmpty } }

    /// Every candidate that serves a channel of the payment lacks the ability to hold money for a later capture.
    package var cannotHold: Bool {
        let objection = "cannot \(MoneyOperation.authorize.verb)"
        let serving = verdicts.filter { $0.channel != nil || $0.objections.contains(objection) }
        return !serving.isEmpty && serving.allSatisfy { $0.objections.contains(objection) }
    }

    /// The decision as callers see it.
    package var json: JSONValue {
        [
            "plan": .array(
                plan.map { ["provider": .string($0.provider.text), "channel": .string($0.channel.text)] }),
            "rules": .array(
                rules.map { rule in
                    [
                        "name": .string(rule.name), "matched": .bool(rule.objections.isEmpty),
                        "decided": .bool(rule.decided), "why_not": .array(rule.objections.map(JSONValue.string)),
                    ]
                }),
            "candidates": .array(
                verdicts.map { verdict in
                    let unhealthy =
                        (verdict.isHealthy ? [] : ["its circuit breaker is open, or its credentials were refused"])
                        + [verdict.shortage].compactMap(\.self)
                    return [
                        "provider": .string(verdict.provider.text), "channel": JSONValue(verdict.channel?.text),
                        "rule": .string(verdict.rule), "kept": .bool(verdict.kept),
                        "why_not": .array((verdict.objections + unhealthy).map(JSONValue.string)),
                    ]
                }),
        ]
    }
}

extension RoutingTable {
    /// Decides where a payment may go.
    ///
    /// Pure.
    ///
    /// The first rule whose conditions hold and that has at least one eligible provider decides; a rule without any
    /// eligible provider is passed over, and says so. Providers with an open breaker stay out of the plan.
    package func decide(_ facts: RouteFacts, providers: (ProviderID) -> ProviderFacts?) -> RouteDecision {
        var decision = RouteDecision(rules: [], verdicts: [], plan: [])
        var isDecided = false
        let last = otherwise.map { RouteRule(name: "otherwise", when: [], use: $0) }
        for rule in rules + [last].compactMap({ $0 }) {
            guard !isDecided else {
                decision.rules.append(.init(name: rule.name, objections: ["an earlier rule decided"], decided: false))
                continue
            }
            let objections = rule.when.compactMap { $0.objection(to: facts) }
            guard objections.isEmpty else {
                decision.rules.append(.init(name: rule.name, objections: objections, decided: false))
                continue
            }
            let verdicts = rule.use.ordered(for: facts.order).map { member in
                verdict(member.provider, rule.name, facts, providers(member.provider))
            }
            decision.verdicts += verdicts
            isDecided = verdicts.contains { $0.objections.isEmpty }
            let why = isDecided ? [] : ["none of its providers is eligible"]
            decision.rules.append(.init(name: rule.name, objections: why, decided: isDecided))
            decision.plan = verdicts.compactMap { verdict in
                guard verdict.kept, let channel = verdict.channel else { return nil }
                return Candidate(provider: verdict.provider, channel: channel)
            }
        }
        return decision
    }

    private func verdict(
        _ id: ProviderID, _ rule: String, _ facts: RouteFacts, _ provider: ProviderFacts?
    ) -> RouteDecision.CandidateVerdict {
        guard let provider else {
            return .init(
                provider: id, channel: nil, rule: rule, objections: ["is not configured"], isHealthy: true)
        }
        let channel = provider.channel(for: facts)
        return .init(
            provider: id, channel: channel, rule: rule,
            objections: provider.objections(to: facts, channel: channel), isHealthy: provider.isHealthy,
            shortage: facts.operation == .payout ? provider.shortage(of: facts.amount, on: channel) : nil)
    }
}
