/// What routing decided, and why, for every rule and every candidate.
package struct RouteDecision: Sendable, Hashable {
    package struct RuleVerdict: Sendable, Hashable {
        package var name: String
        package var objections: [RouteObjection]
        /// Whether this rule's providers were used.
        package var decided: Bool
    }

    package struct CandidateVerdict: Sendable, Hashable {
        package var provider: ProviderID
        package var channel: PaymentChannel?
        /// What the operator's page offers of the channels that the payment allows, where the payer chooses there and the
        /// caller named some.
        package var choices: [PaymentChannel] = []
        package var rule: String
        package var objections: [RouteObjection]
        package var isHealthy: Bool
        /// Why our money at the operator does not cover a payout.
        package var shortage: RouteObjection?
        /// Why nothing is sent there at present.
        package var pause: RouteObjection?
        /// What is worth knowing though it keeps nothing away.
        package var note: RouteNote?
        /// What its operator takes of the amount, where the rule compares that and it is known.
        package var fee: Money?
        /// Why it is left to the payer whether this one is tried: it reaches another operator's wallets.
        package var heldBack: RouteObjection?
        /// What keeps it from taking the order now, besides what it objects to on any day.
        package var obstacles: [RouteObjection] {
            (isHealthy ? [] : [.unhealthy]) + [shortage, pause, heldBack].compactMap(\.self)
        }
        package var kept: Bool { needsBalance && shortage == nil }
        /// Whether nothing but a shortage of our money there can keep it out of the plan.
        package var needsBalance: Bool { objections.isEmpty && isHealthy && pause == nil && heldBack == nil }
    }

    /// The rules that were asked, in order.
    package var rules: [RuleVerdict]
    /// How many rules are not in ``rules`` because they do not hold, or because an earlier one decided.
    package var rulesLeftOut = 0
    package var verdicts: [CandidateVerdict]
    /// The ranked candidates to try.
    package var plan: [Candidate]
    /// Providers that serve what was asked for, but that no rule led to; looked for only if no rule decided.
    package var missed: [CandidateVerdict] = []

    /// The number of the configuration's version that it was decided on; `nil` where nobody keeps versions.
    package var configuration: Int64?

    /// Whether the payer can be asked for a channel once the plan has come to nothing: another operator's wallets would
    /// fit as well.
    package var mayAskPayer: Bool { verdicts.contains { $0.objections.isEmpty && $0.heldBack != nil } }

    /// No provider fits, even when all are up: the request itself must change.
    package var isHopeless: Bool { verdicts.allSatisfy { !$0.objections.isEmpty } }

    /// The longest description that somebody takes, if nothing else is in the way but, at most, a phone number that is
    /// missing; `nil` if the description is not the matter.
    package var descriptionRoom: Int? {
        verdicts.compactMap { verdict -> Int? in
            let others = verdict.objections.filter { $0 != .needs(.customerPhone) }
            guard verdict.heldBack == nil, others.count == 1, case .descriptionTooLong(let room, _) = others[0] else {
                return nil
            }
            return room
        }.max()
    }

    /// Every candidate that serves a channel of the payment lacks the ability to hold money for a later capture.
    package var cannotHold: Bool {
        let serving = verdicts.filter { $0.channel != nil || $0.objections.contains(.cannot(.authorize)) }
        return !serving.isEmpty && serving.allSatisfy { $0.objections.contains(.cannot(.authorize)) }
    }

    /// The decision as callers see it.
    package var json: JSONValue {
        var members = JSONObject([
            .init(
                "plan",
                .array(plan.map { ["provider": .string($0.provider.text), "channel": .string($0.channel.text)] })),
            .init("rules", .array(rules.map(Self.json))),
            .init("candidates", .array((verdicts + missed).map(Self.json))),
        ])
        if rulesLeftOut > 0 { members["rules_left_out"] = JSONValue(Int64(rulesLeftOut)) }
        return .object(members)
    }

    private static func json(_ rule: RuleVerdict) -> JSONValue {
        [
            "name": .string(rule.name), "matched": .bool(rule.objections.isEmpty), "decided": .bool(rule.decided),
            "why_not": texts(rule.objections),
        ]
    }

    private static func json(_ verdict: CandidateVerdict) -> JSONValue {
        var members = JSONObject([
            .init("provider", .string(verdict.provider.text)), .init("channel", JSONValue(verdict.channel?.text)),
            .init("rule", .string(verdict.rule)), .init("kept", .bool(verdict.kept)),
            .init("why_not", texts(verdict.objections + verdict.obstacles)),
        ])
        if verdict.objections.isEmpty { members["note"] = verdict.note.map { .string($0.description) } }
        if let fee = verdict.fee { members["fee"] = JSONValue(fee.minorUnits) }
        if !verdict.choices.isEmpty { members["choices"] = .array(verdict.choices.map { .string($0.text) }) }
        return .object(members)
    }

    private static func texts(_ objections: [RouteObjection]) -> JSONValue {
        .array(objections.map { .string($0.description) })
    }
}

extension RoutingTable {
    /// Decides where a payment may go.
    ///
    /// Pure.
    ///
    /// The first rule whose conditions hold and that has at least one eligible provider decides; a rule without any
    /// eligible provider is passed over, and says so. Providers with an open breaker stay out of the plan; those that are being
    /// drained do, and leave the decision to a later rule.
    ///
    /// A plan holds wallets of one mobile operator only: the phone's, as far as its prefix tells. If that leaves nothing and
    /// the prefix proves nothing either, the first candidate may be tried all the same; money is never paid out so.
    package func decide(_ facts: RouteFacts, providers: (ProviderID) -> ProviderFacts?) -> RouteDecision {
        RuleWalk.each(rules(for: facts.routeOperation)).decide(facts, providers: providers)
    }
}
