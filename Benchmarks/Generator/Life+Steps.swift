import Router

/// The steps of a life, each with its commit.
extension Life {
    /// How long an order waits for its next check: longer than anybody measures a router that was just filled.
    private static let checkMilliseconds: Int64 = 900_000

    private var contract: ProviderContract { runtime.contract(for: aggregate.operation) }
    private var last: AttemptID? { aggregate.attempts.last?.id }

    /// The order becomes durable, and its first attempt with it if that begins at once (W1 to W3).
    mutating func accept(begins: Bool) {
        if begins { begin() }
        let isWaiting = aggregate.order.awaitsAcceptance
        let patience = isWaiting ? aggregate.order.deadline : now.adding(seconds: OrderAggregate.leftOverSeconds)
        commit(due: TimerEntry(at: patience, queue: .engine))
    }

    /// An attempt is prepared, sealed and opened, as it goes with the commit that follows.
    mutating func begin() {
        let (order, operation) = (aggregate.order, aggregate.operation)
        guard let candidate = order.plan.first else { return }
        let origin = OperatorReferences.Origin(
            app: order.app, environment: order.environment, operation: "\(order.kind.rawValue).create",
            idempotencyKey: order.idempotencyKey, movementOrdinal: 1, attemptOrdinal: 1, provider: runtime.id)
        var attempt = Attempt(
            id: AttemptID(at: now, from: dice), of: order, ordinal: 1, provider: runtime.id, channel: candidate.channel,
            scope: runtime.operatorScope(for: operation).text,
            reference: installation.references.derive(origin, shape: runtime.manifest.referenceShape),
            epoch: installation.epoch, at: now)
        if runtime.manifest.onePromptPerWallet, order.kind == .payment, let phone = order.customer.phone {
            attempt.promptLock = "\(candidate.channel)\u{1F}\(phone.e164)"
        }
        guard aggregate.start(attempt, as: candidate) else { return }
        let body: JSONValue = [
            "idRequete": .string(attempt.reference), "numeroClient": .string(order.customer.phone?.international ?? ""),
            "montant": .string(order.amount.decimalText), "dateHeureRequete": .string(now.description),
            "description": .string(order.request.description ?? "Paiement"), "typeRequete": "DEBIT",
        ]
        let request = WireRequest(
            .post, "\(runtime.endpoint)/debit", headers: [.init("Content-Type", "application/json")],
            body: body.serialized())
        aggregate.seal(attempt.id, MoneyRequest(request))
        let transmission = Transmission(
            ordinal: 1, sendNotAfter: now.adding(milliseconds: EngineSettings.standardSendNotAfterMilliseconds),
            timeoutMilliseconds: Int64(runtime.manifest.wireLimits.totalMilliseconds), startedAt: now)
        _ = aggregate.open(attempt.id, transmission, epoch: installation.epoch, at: now)
    }

    /// The operator has taken the request: the payer is asked.
    mutating func answered() {
        now = now.adding(milliseconds: dice.number(40...1_500))
        let raw = Array(#"{"code":"2000","message":"accepted"}"#.utf8)
        let reply = WireReply(status: 200, body: raw)
        close(TransmissionReport(gateOpened: true, result: .success(reply)), arrived: true)
        let isPrompted = runtime.manifest.payerActions.contains(.approveOnPhone)
        let action =
            isPrompted
            ? CustomerAction.approveOnPhone(hint: nil) : .redirect(url: "https://bank.example/\(dice.next())")
        observe(Observation(.inProgress(Progress(actions: [action])), from: .response, httpStatus: 200, raw: raw))
        commit(due: check(after: Self.checkMilliseconds))
    }

    /// The answer to the request was lost.
    mutating func lost() {
        now = now.adding(milliseconds: dice.number(5_000...30_000))
        close(TransmissionReport(gateOpened: true, result: .failure(TransportFailure(.timeout)), curlCode: 28))
        observe(Observation(.unclear(.wireFailed(.timeout)), from: .response))
        commit(due: check(after: Self.checkMilliseconds))
    }

    /// The operator says that everything was executed.
    mutating func executed(after milliseconds: Int64) {
        now = now.adding(milliseconds: milliseconds)
        let amount = ReportedAmount.money(aggregate.order.amount)
        let reference = aggregate.attempts.last?.reference
        let statement = ReportedTransaction(
            reference: reference, amount: amount, operatorReference: "MP\(dice.next())")
        observe(Observation(.executed(statement), from: .check))
        guard aggregate.order.isAuthorized, let facts = runtime.manifest.authorization else { return commit(due: nil) }
        let end = now.adding(seconds: facts.lifetimeSeconds)
        aggregate.change { $0.heldUntil = end }
        commit(due: TimerEntry(at: end, queue: .provider(runtime.id)))
    }

    /// The operator says no, for good.
    mutating func declined(after milliseconds: Int64) {
        now = now.adding(milliseconds: milliseconds)
        let reasons: [RefusalReason] = [.insufficientFunds, .declined, .cancelledByPayer, .expired]
        fail(Refusal(dice.pick(reasons) ?? .declined, providerCode: "ECHEC"), from: .check)
    }

    /// There was no way to the operator.
    mutating func neverSent() {
        now = now.adding(milliseconds: dice.number(100...5_000))
        let failure = TransportFailure(.connect, "refused")
        close(TransmissionReport(gateOpened: false, result: .failure(failure), curlCode: 7))
        observe(Observation(.notSent(failure), from: .transport))
        aggregate.close(.failed, OrderFailure(Refusal(.notSent)))
        commit(due: nil)
    }

    /// The shop gives the order up before anything was begun.
    mutating func cancelled(after milliseconds: Int64) {
        now = now.adding(milliseconds: milliseconds)
        aggregate.requestCancel(at: now)
        aggregate.close(.cancelled, nil)
        commit(due: nil)
    }

    /// Nobody knew for too long; nothing is left to be asked for a while.
    mutating func reviewed() {
        now = now.adding(milliseconds: 1_000)
        aggregate.openReview(.outcomeUnknown, at: now)
        commit(due: check(after: Self.checkMilliseconds))
    }

    /// Gives a paid payment back, as an order of its own.
    mutating func refund(after milliseconds: Int64) {
        now = now.adding(milliseconds: milliseconds)
        let paid = aggregate.order
        let isPaidOut = !runtime.provider.can(.refund)
        var request = OrderRequest(
            amount: paid.amount, channels: paid.request.channels, customer: paid.customer, expiresInSeconds: 3_600)
        request.shop = paid.request.shop
        request.followUp = aggregate.terms(of: .refund, isPaidOut: isPaidOut)
        guard request.followUp != nil, let candidate = paid.plan.first else { return }
        let key = "refund-\(Life.hexadecimal(dice))"
        var refund = Life(
            installation, runtime, dice,
            Order(
                id: OrderID(.refund, at: now, from: dice), parent: paid.id, app: paid.app,
                environment: paid.environment,
                request: request, idempotencyKey: "\(paid.id)\u{1F}\(key)", requestID: RequestID(at: now, from: dice),
                createdAt: now, plan: [candidate], explanation: Life.explanation(candidate),
                movement: MovementID(at: now, from: dice)), key: key)
        refund.payment = aggregate
        refund.accept(begins: false)
        refund.begin()
        refund.commit(due: refund.check(after: Self.checkMilliseconds))
        refund.close(TransmissionReport(gateOpened: true, result: .success(WireReply(status: 200))), arrived: true)
        refund.executed(after: dice.number(300...5_000))
        append(refund.units)
    }

    private mutating func fail(_ refusal: Refusal, from source: Evidence.Source) {
        observe(Observation(.refused(refusal), from: source))
        aggregate.close(.failed, OrderFailure(refusal))
        commit(due: nil)
    }

    private mutating func observe(_ observation: Observation) {
        guard let last else { return }
        aggregate.observe(
            observation, of: last, contract: contract, scope: runtime.proofScope(for: aggregate.operation), at: now)
    }

    private mutating func close(_ report: TransmissionReport, arrived: Bool = false) {
        guard let last else { return }
        aggregate.closeTransmission(last, report, at: now)
        if arrived { aggregate.arrived(last) }
    }
}
