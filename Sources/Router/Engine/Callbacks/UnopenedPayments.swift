/// Takes money that payers sent by themselves from an operator's own menu: finds what it is for, and makes it an ordinary
/// payment of that.
///
/// The payment gets an attempt under the operator's own name for it, so that all that follows (evidence, checks, ledger,
/// events) is what it is for every payment. It is made in one commit with what the notification proves.
final class UnopenedPayments: EnginePart {
    let context: EngineContext
    private let committer: Committer
    private let joiner: ObservationJoiner
    private let matcher: CallbackMatcher
    private let told = FirstTimes(limit: 10_000)
    /// One at a time: whether a transaction is somebody's already is decided and written under it.
    private let turn = AsyncLock()

    init(
        _ context: EngineContext, _ committer: Committer, _ joiner: ObservationJoiner, _ matcher: CallbackMatcher
    ) {
        self.context = context
        self.committer = committer
        self.joiner = joiner
        self.matcher = matcher
    }

    /// What shows that the money came.
    enum Proof: Sendable {
        case notification(CallbackFact, body: [UInt8])
        /// Two people found it, in a statement or at the operator; the text says who and where.
        case people(String)
    }

    /// Takes what a believed notification tells of an unopened payment.
    ///
    /// - Returns: `false`, and nothing changed, if it tells of none, or if nothing is found that it pays; people are told of
    ///   that once.
    func take(
        _ fact: CallbackFact, _ message: InboxMessage, _ runtime: ProviderRuntime
    ) async throws(StoreFailure) -> Bool {
        guard message.trust.isBelieved, let payment = UnopenedPayment(fact, at: runtime.id, runtime.manifest) else {
            return false
        }
        let proof = Proof.notification(fact, body: message.callback?.body ?? [])
        return try await take(payment, proof, message, runtime) != nil
    }

    /// Takes a line of a statement.
    ///
    /// - Returns: The payment; `nil`, and nothing changed, if nothing is found that it pays.
    func take(
        _ line: StatementLine, _ message: InboxMessage, _ runtime: ProviderRuntime
    ) async throws(StoreFailure) -> OrderID? {
        try await take(line.payment, .people(line.finding), message, runtime)
    }

    private func take(
        _ payment: UnopenedPayment, _ proof: Proof, _ message: InboxMessage, _ runtime: ProviderRuntime
    ) async throws(StoreFailure) -> OrderID? {
        let mismatch: UnopenedMismatch
        switch try await target(of: payment, runtime) {
        case .failure(let found): mismatch = found
        case .success(let target):
            switch try await adopt(payment, target, proof, message, runtime) {
            case .success(let order): return order
            case .failure(let found): mismatch = found
            }
        }
        if told.isFirst(message.id.text) {
            alarm(.unopenedPayment, "\(runtime.id): \(mismatch.rawValue); `payrouter unmatched show \(message.id)`")
        }
        return nil
    }

    // MARK: Finding

    /// What a payment is for, by what its payer typed; nothing, if an order here is about its transaction already.
    func target(
        of payment: UnopenedPayment, _ runtime: ProviderRuntime
    ) async throws(StoreFailure) -> Result<UnopenedTarget, UnopenedMismatch> {
        guard try await matcher.order(named: payment.names, at: runtime.id) == nil else { return .failure(.repeated) }
        if let code = BillCode(payment.typed), let bill = try await store.bill(code: code) {
            return bill.mismatch(payment.amount, in: runtime.environment).map { .failure($0) } ?? .success(.bill(bill))
        }
        var found: [OrderAggregate] = []
        for app in try await store.apps() {
            let lock = OrderLock(
                paymentOf: app.id, in: runtime.environment, number: payment.typed, amount: payment.amount)
            for id in try await store.claim(lock)?.orders ?? [] {
                if let aggregate = try await store.orderAggregate(id), aggregate.takesUnopened(over: payment.channel) {
                    found.append(aggregate)
                }
            }
        }
        guard let first = found.first else { return .failure(.nothingFound) }
        return found.count == 1 ? .success(.payment(first)) : .failure(.severalFound)
    }

    // MARK: Taking

    /// Makes it a payment of what it is for, and finishes its message, in one commit.
    func adopt(
        _ payment: UnopenedPayment, _ target: UnopenedTarget, _ proof: Proof, _ message: InboxMessage,
        _ runtime: ProviderRuntime
    ) async throws(StoreFailure) -> Result<OrderID, UnopenedMismatch> {
        try await turn.withLock { () async throws(StoreFailure) -> Result<OrderID, UnopenedMismatch> in
            guard try await matcher.order(named: payment.names, at: runtime.id) == nil else {
                return .failure(.repeated)
            }
            return switch target {
            case .bill(let bill): try await pay(bill, payment, proof, message, runtime)
            case .payment(let waiting): try await settle(waiting, payment, proof, message, runtime)
            }
        }
    }

    private func pay(
        _ bill: Bill, _ payment: UnopenedPayment, _ proof: Proof, _ message: InboxMessage, _ runtime: ProviderRuntime
    ) async throws(StoreFailure) -> Result<OrderID, UnopenedMismatch> {
        let now = time.now
        var request = OrderRequest(
            amount: bill.amount, channels: [payment.channel], customer: Customer(phone: payment.payer),
            description: bill.text.name)
        (request.bill, request.origin) = (bill.id, .operatorMenu)
        request.account = bill.wallet.map { .wallet($0) }
        let key = "\(payment.provider)\u{1F}\(payment.subject.text)"
        let accepted = OrderAggregate(
            accepting: Order(
                id: OrderID(.payment, at: now, from: random), app: bill.app, environment: bill.environment,
                request: request, idempotencyKey: key, requestID: RequestID(at: now, from: random), createdAt: now,
                plan: [Candidate(provider: payment.provider, channel: payment.channel)],
                explanation: ["begun_in": .string(OrderOrigin.operatorMenu.rawValue)]))
        let isNew = try await isNew(proof, message, accepted.order.id)
        guard let joined = joined(accepted, payment, proof, isNew: isNew, runtime, at: now) else {
            return .failure(.unproven)
        }
        let record = IdempotencyRecord(
            key: .init(.create(.payment), app: bill.app, environment: bill.environment, key: key),
            fingerprint: Array(payment.subject.text.utf8), order: accepted.order.id,
            requestID: accepted.order.requestID, status: 201, createdAt: now)
        var aggregate = joined
        for isSecond in [false, true] {
            let extras = Committer.Extras(idempotencyRecord: record, inboxDone: message.id, mustPayBill: true)
            switch await committer.commit(aggregate, extras) {
            case .done(let paid): return .success(paid.order.id)
            case .failed(let failure): throw failure
            case .conflict(.bill(.deleted)): return .failure(.billDeleted)
            case .conflict(.bill): return .failure(.billTaken)
            // The wallet was closed since the bill was made: the money came all the same.
            case .conflict(.ledger(let refusal)) where refusal.reason == .closed && !isSecond:
                aggregate = joined
                aggregate.leaveUnclaimed(at: now)
            case .conflict(.constraint), .conflict(.idempotencyRecord): return .failure(.repeated)
            case .conflict(let conflict): throw StoreFailure(.other, "an unopened payment met \(conflict)")
            }
        }
        return .failure(.repeated)
    }

    private func settle(
        _ waiting: OrderAggregate, _ payment: UnopenedPayment, _ proof: Proof, _ message: InboxMessage,
        _ runtime: ProviderRuntime
    ) async throws(StoreFailure) -> Result<OrderID, UnopenedMismatch> {
        let id = waiting.order.id
        guard locks.lock(id) else { throw StoreFailure(.busy, "the payer is choosing a channel") }
        defer { locks.release(id) }
        let now = time.now
        let isNew = try await isNew(proof, message, id)
        var refusal: UnopenedMismatch? = nil
        let plan = [Candidate(provider: payment.provider, channel: payment.channel)]
        _ = try await committer.mutate(id, inboxDone: message.id, onBill: { _ in refusal = .billTaken }) { aggregate in
            refusal = nil
            guard aggregate.takesUnopened(over: payment.channel), aggregate.order.amount == payment.amount,
                aggregate.choose(PayerChoice(plan: plan, phone: payment.payer))
            else {
                refusal = .nothingFound
                return false
            }
            guard let joined = joined(aggregate, payment, proof, isNew: isNew, runtime, at: now) else {
                refusal = .unproven
                return false
            }
            aggregate = joined
            return true
        }
        return refusal.map { .failure($0) } ?? .success(id)
    }

    private func isNew(_ proof: Proof, _ message: InboxMessage, _ order: OrderID) async throws(StoreFailure) -> Bool {
        guard case .notification(let fact, _) = proof else { return true }
        return try await matcher.operatorIDIsNew(fact, message, order)
    }

    /// The order with an attempt under the operator's name, and what is proven of it.
    ///
    /// - Returns: `nil` if nothing is proven and the operator cannot be asked about what it named itself.
    private func joined(
        _ start: OrderAggregate, _ payment: UnopenedPayment, _ proof: Proof, isNew: Bool, _ runtime: ProviderRuntime,
        at now: Moment
    ) -> OrderAggregate? {
        var aggregate = start
        let candidate = Candidate(provider: payment.provider, channel: payment.channel)
        let attempt = joiner.instructions.unopenedAttempt(aggregate, candidate, payment.subject, runtime, at: now)
        guard aggregate.start(attempt, as: candidate),
            aggregate.openSession(attempt.id, payment.session, at: now)
        else { return nil }
        switch proof {
        case .notification(let fact, let body):
            let strength = joiner.join(
                fact, body: body, operatorIDIsNew: isNew, attempt.id, &aggregate, runtime, at: now)
            let contract = runtime.contract(for: aggregate.operation)
            guard strength == .strong || payment.canBeAsked(contract.check) else { return nil }
            if strength == .weak { aggregate.checkAtOnce() }
        case .people(let finding): joiner.join(payment.found(finding), attempt.id, &aggregate, runtime, at: now)
        }
        committer.conclude(&aggregate, at: now)
        return aggregate
    }
}

extension UnopenedPayment {
    /// The attempt is open at the operator from the start: the payer opened it.
    fileprivate var session: Session {
        switch subject {
        case .reference: Session(operatorReference: operatorReference, actions: [], lifetimeSeconds: 0)
        case .operatorReference(let text): Session(operatorReference: text, actions: [], lifetimeSeconds: 0)
        }
    }

    /// Whether an operator can be asked about a payment by the name that it gave it.
    fileprivate func canBeAsked(_ ability: ProviderContract.CheckAbility) -> Bool {
        switch (subject, ability) {
        case (.reference, .byOurReference), (.operatorReference, .byOperatorReference): true
        default: false
        }
    }

    /// What two people found.
    fileprivate func found(_ finding: String) -> Observation {
        let statement =
            switch subject {
            case .reference(let text):
                ReportedTransaction(reference: text, amount: .money(amount), operatorReference: operatorReference)
            case .operatorReference(let text): ReportedTransaction(amount: .money(amount), operatorReference: text)
            }
        return Observation(.executed(statement), from: .statement, raw: Array(finding.utf8))
    }
}
