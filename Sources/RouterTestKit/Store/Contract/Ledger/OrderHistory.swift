import Router

/// The life of an order, made by the steps of the core: what a store gets to see of it, step by step.
struct OrderHistory {
    private(set) var aggregate: OrderAggregate
    /// In the order in which they are committed.
    private(set) var units: [UnitOfWork] = []
    private let records: RecordFactory

    /// Refusals count at once, and whatever is asked is answered.
    private static let contract: ProviderContract = {
        var contract = ProviderContract.unproven(
            check: .byOurReference, promptLifetimeSeconds: 60, checksPerSecond: 1,
            checkLadder: CheckLadder(stepsMilliseconds: [5_000], thenEveryMilliseconds: 60_000),
            reviewAfterSeconds: 3_600)
        contract.failureQuarantineSeconds = 0
        contract.maximumServerLifeSeconds = 0
        return contract
    }()

    init(_ kind: OrderKind, _ request: OrderRequest, parent: OrderID? = nil, app: AppID, _ records: RecordFactory) {
        self.records = records
        let now = records.moment()
        aggregate = OrderAggregate(
            accepting: Order(
                id: OrderID(kind, at: now, from: records.random), parent: parent, app: app, environment: .sandbox,
                request: request, idempotencyKey: records.text(), requestID: records.id(), createdAt: now, plan: [],
                explanation: .null))
    }

    var order: Order { aggregate.order }
    private var waited: Int64 = 0
    var now: Moment { order.createdAt.adding(seconds: waited + Int64(units.count)) }

    /// Makes a unit of what the steps wrote, with units of other orders that belong to it.
    mutating func commit(joined: [UnitOfWork] = []) {
        var unit = aggregate.takeUnitOfWork(at: now)
        unit.joined = joined
        units.append(unit)
    }

    mutating func step(_ body: (inout OrderAggregate, Moment) -> Void) { body(&aggregate, now) }

    private func attempt(_ provider: ProviderID, _ wallet: WalletID?) -> Attempt {
        var attempt = Attempt(
            id: AttemptID(at: now, from: records.random), of: order, ordinal: aggregate.attempts.count + 1,
            provider: provider, channel: "tmoney", scope: "main",
            reference: "\(order.id)-\(aggregate.attempts.count)", epoch: 1, at: now)
        attempt.wallet = wallet
        return attempt
    }

    /// Sends an attempt to an operator.
    mutating func send(at provider: ProviderID = "tmoney-tg") {
        let attempt = attempt(provider, nil)
        let sent = Transmission(
            ordinal: 1, sendNotAfter: now.adding(seconds: 60), timeoutMilliseconds: 1_000, startedAt: now)
        _ = aggregate.start(attempt, as: Candidate(provider: provider, channel: "tmoney"))
        _ = aggregate.open(attempt.id, sent, epoch: 1, at: now)
    }

    /// Executes an attempt by a wallet of ours.
    mutating func book(_ wallet: WalletID, heldFor seconds: Int64? = nil) {
        _ = aggregate.book(
            attempt("wallet", wallet), as: Candidate(provider: "wallet", channel: "wallet"), heldFor: seconds, at: now)
    }

    /// Hears something of the newest attempt.
    mutating func hear(_ claim: Claim, from source: Evidence.Source = .response) {
        guard let id = aggregate.attempts.last?.id else { return }
        aggregate.observe(Observation(claim, from: source), of: id, contract: Self.contract, at: now)
    }

    /// Two people find something out, two days later.
    mutating func find(_ verdict: Review.Finding.Verdict) {
        waited += 172_800
        for person in ["anna", "bako"] {
            let finding = Review.Finding(
                verdict: verdict, reason: "statement", document: "letter", operatorReference: "op-\(order.id)")
            _ = aggregate.sign(
                Review.Signature(finding: finding, person: person, at: now, evidenceDigest: ""),
                contract: Self.contract, scope: nil, at: now)
        }
    }
}

extension Claim {
    static func executed(_ amount: Money) -> Claim { .executed(ReportedTransaction(amount: .money(amount))) }
    static let refused = Claim.refused(Refusal(.declined, isDefinitive: true))
}
