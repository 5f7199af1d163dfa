package import Router

/// Makes steps of payments on any day, as stores hand them out: what is folded of them does not hang on what is committed.
package struct SnapshotMaker {
    let records: RecordFactory
    package private(set) var steps: [SnapshotStep] = []
    /// The day on which moments lie.
    package var day: SnapshotDay

    package init(seed: UInt64, from day: SnapshotDay) { self.init(RecordFactory(seed: seed), from: day) }

    init(_ records: RecordFactory, from day: SnapshotDay) { (self.records, self.day) = (records, day) }

    /// Adds a payment that was accepted and has succeeded on the present day.
    package mutating func pay(
        _ amount: Money, to app: AppID, _ environment: PayEnvironment = .sandbox, by customer: String? = nil,
        for lines: [LineItem] = [], channel: PaymentChannel = "tmoney"
    ) {
        let at = day.start.adding(milliseconds: Int64(records.number(0...86_399_999)))
        var request = OrderRequest(amount: amount)
        (request.customerID, request.lineItems) = (customer, lines)
        let order = Order(
            id: OrderID(.payment, at: at, from: records.random), app: app, environment: environment, request: request,
            idempotencyKey: "key", requestID: records.id(), createdAt: at,
            plan: [Candidate(provider: "tmoney-tg", channel: channel)], explanation: .null)
        var aggregate = OrderAggregate(accepting: order)
        let attempt = Attempt(
            id: AttemptID(at: at, from: records.random), of: order, ordinal: 1, provider: "tmoney-tg",
            channel: channel, scope: "main", reference: order.id.text, epoch: 1, at: at)
        let sent = Transmission(
            ordinal: 1, sendNotAfter: at.adding(seconds: 60), timeoutMilliseconds: 1_000, startedAt: at)
        _ = aggregate.start(attempt, as: Candidate(provider: "tmoney-tg", channel: channel))
        _ = aggregate.open(attempt.id, sent, epoch: 1, at: at)
        add(&aggregate, at)
        aggregate.observe(
            Observation(.executed(ReportedTransaction(amount: .money(amount))), from: .response), of: attempt.id,
            contract: .unproven(
                check: .byOurReference, promptLifetimeSeconds: 60, checksPerSecond: 1,
                checkLadder: CheckLadder(stepsMilliseconds: [5_000], thenEveryMilliseconds: 60_000),
                reviewAfterSeconds: 3_600), at: at)
        add(&aggregate, at, before: steps.last?.content)
    }

    private mutating func add(_ aggregate: inout OrderAggregate, _ at: Moment, before: SnapshotStep.Content? = nil) {
        let unit = aggregate.takeUnitOfWork(at: at)
        var earlier: SnapshotStep.State?
        if case .change(_, let state)? = before { earlier = state }
        steps.append(
            SnapshotStep(
                number: Int64(steps.count + 1), at: at,
                content: .change(before: earlier, after: SnapshotStep.State(unit.order, unit.attempts))))
    }

    /// Some of the steps as one batch.
    package func batch(_ places: Range<Int>) -> SnapshotBatch {
        var batch = SnapshotBatch()
        for step in steps[places] { batch.add(step) }
        return batch
    }
}
