import Router
import RouterTestKit
import Testing

/// A payment's aggregate under test, with everything it wrote so far, as a store would have it.
struct AggregateScenario {
    var aggregate: OrderAggregate
    var contract = Sample.contract()
    private(set) var units: [UnitOfWork] = []
    private(set) var verdicts: [AttemptVerdict?] = []

    init(plan: [ProviderID] = ["alpha", "beta"], request: OrderRequest = Sample.request()) {
        aggregate = OrderAggregate(
            accepting: Sample.order(request, plan: plan.map { Candidate(provider: $0, channel: "tmoney") }))
    }

    /// A payment with one attempt in a state, everything before committed.
    init(_ state: AttemptState, plan: [ProviderID] = ["alpha", "beta"]) {
        self.init(plan: plan)
        commit()
        var attempt = Sample.attempt(state)
        if state == .sending || state == .prepared { attempt.openSince = nil }
        aggregate = OrderAggregate(stored: aggregate.order, attempts: [attempt])
        if state == .succeeded {
            aggregate.change { order in _ = order.close(.succeeded) }
            commit()
        }
    }

    @discardableResult
    mutating func commit(at now: Moment = .start) -> UnitOfWork {
        let unit = aggregate.takeUnitOfWork(at: now)
        units.append(unit)
        return unit
    }

    /// Starts and sends an attempt up to SENDING.
    mutating func send(_ number: Int = 1, at provider: ProviderID = "alpha", now: Moment = .start) {
        let attempt = Attempt(
            id: Sample.attemptID(number), of: aggregate.order, ordinal: number, provider: provider,
            channel: "tmoney", scope: "", reference: "reference-\(number)", epoch: 1, at: now)
        guard aggregate.start(attempt, as: Candidate(provider: provider, channel: "tmoney")) else { return }
        aggregate.seal(attempt.id, MoneyRequest(WireRequest(.post, "https://operator.example/pay")))
        _ = aggregate.open(attempt.id, Sample.transmission(at: now), epoch: 1, at: now)
    }

    /// Joins one observation.
    mutating func observe(
        _ claim: Claim, _ number: Int = 1, source: Evidence.Source = .check, strength: Evidence.Strength = .strong,
        at now: Moment = .start
    ) {
        let observation = Observation(claim, from: source, strength: strength)
        verdicts.append(aggregate.observe(observation, of: Sample.attemptID(number), contract: contract, at: now))
    }

    /// What the plan's providers would be decided by with standard settings.
    func nextMove(at now: Moment = .start, admits: Bool = true) -> NextMove {
        let aggregate = aggregate
        return aggregate.nextMove(at: now) { provider in
            AttemptRules.mayStart(
                AttemptRules.StartFacts(
                    outcome: aggregate.order.outcome, attempts: aggregate.attempts,
                    cancelRequested: aggregate.order.cancelRequestedAt != nil, deadline: aggregate.order.deadline,
                    maximumAttempts: 5, failoverReasons: RoutingTable.standardFailover, providerAdmits: admits,
                    holdsEpoch: true), at: provider, now: now)
        }
    }

    mutating func schedule(at now: Moment = .start, jitter: Double = 0, knowsProvider: Bool = true) {
        let contract = contract
        aggregate.schedule(at: now) { _ in
            knowsProvider ? OrderAggregate.ScheduleFacts(contract: contract, jitter: jitter) : nil
        }
    }

    var order: Order { aggregate.order }
    var attempt: Attempt? { aggregate.attempts.first }
    /// Postings of all units, as a store with the unique key would keep them.
    var ledger: [Posting] {
        var seen: Set<String> = []
        return units.flatMap(\.postings).filter { seen.insert("\($0.movement) \($0.kind) \($0.sequence)").inserted }
    }
    var discrepancies: [Discrepancy] { units.flatMap(\.discrepancies) }
    var events: [Event] { units.flatMap(\.events) }

    /// Debits less credits per account.
    var balances: [String: Int64] {
        ledger.reduce(into: [:]) { sums, posting in
            sums[posting.debit.name, default: 0] += posting.amount.minorUnits
            sums[posting.credit.name, default: 0] -= posting.amount.minorUnits
        }
    }
}

extension Claim {
    static let paid = Claim.executed(ReportedTransaction(minorUnits: 5_000, currency: .xof, operatorReference: "op-1"))
    static let open = Claim.inProgress(Progress(actions: [.approveOnPhone(hint: nil)]))
    static func no(_ reason: RefusalReason = .declined, definitive: Bool = true) -> Claim {
        .refused(Refusal(reason, isDefinitive: definitive))
    }
    static let otherAmount = Claim.mismatched(ReportedTransaction(minorUnits: 4_000), "amount 4000 instead of 5000")
}
