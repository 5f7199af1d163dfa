import Router

extension RecordFactory {
    func request() -> OrderRequest {
        var metadata: [String: String] = [:]
        for _ in 0..<number(0...4) { metadata[text() + "\(number(0...99))"] = text() }
        var request = OrderRequest(
            amount: money(), channels: several(0...3) { channel() },
            customer: Customer(phone: flip() ? phone() : nil, email: sometimes(text()), name: sometimes(text())),
            sourceToken: sometimes(Secret(text())), reference: sometimes(text()), description: sometimes(text()),
            returnURLs: ReturnURLs(success: sometimes(text()), failure: sometimes(text()), cancel: sometimes(text())),
            metadata: metadata, expiresInSeconds: Int64(number(1...86_400)))
        request.callersRequestID = sometimes(text())
        request.capturesLater = flip()
        request.repeatOf = sometimes(id(pick([.payment, .payout])))
        request.language = sometimes("fr")
        request.shop = sometimes(text())
        request.billAccount = sometimes(text())
        request.needsAcceptance = flip()
        request.origin = sometimes(pick(OrderOrigin.allCases))
        request.followUp = sometimes(
            FollowUpTerms(
                original: OriginalCollection(
                    reference: text(), operatorReference: sometimes(text()), channel: channel(), amount: money(),
                    refundedMinorUnits: Int64(number(0...9)), customer: request.customer, createdAt: moment()),
                ordinal: number(1...3), isPaidOut: flip()))
        (request.bill, request.initiator) = (sometimes(self.id()), sometimes(self.id()))
        request.linkedWallet = sometimes(self.id())
        request.customerID = sometimes(text())
        request.lineItems = several(0...3) {
            LineItem(
                item: text(), name: text(), quantity: pick([1, 7, .max]), unitAmount: pick([0, 1, 5_000, .max]))
        }
        return request
    }

    /// A payment just accepted, with version 1.
    func order(
        app: AppID? = nil, environment: PayEnvironment? = nil, id: OrderID? = nil, parent: OrderID? = nil,
        request: OrderRequest? = nil,
        key: String? = nil, requestID: RequestID? = nil, createdAt: Moment? = nil
    ) -> Order {
        // An order is made in the moment that its identifier says.
        let createdAt = createdAt ?? id?.madeAt ?? moment()
        var order = Order(
            id: id ?? OrderID(at: createdAt, from: random), parent: parent, app: app ?? self.id(),
            environment: environment ?? self.environment(),
            request: request ?? self.request(), idempotencyKey: key ?? text(), requestID: requestID ?? self.id(),
            createdAt: createdAt, plan: several(0...3) { candidate() }, explanation: json(),
            movement: flip() ? nil : self.id(), purpose: pick(MoneyOperation.allCases),
            configuration: sometimes(Int64(number(1...99))))
        order.version = 1
        return order
    }

    private func dailyUse() -> DailyUse {
        DailyUse(
            flip() ? .app : .number(text()), pick(WalletLimit.Measure.allCases), most: Int64(number(1...9_999)),
            at: moment())
    }

    /// The next version of a payment, with everything that may change changed at random.
    func changed(_ old: Order) -> Order {
        var order = old
        order.version += 1
        _ = order.close(pick(OrderOutcome.allCases))
        order.status = pick(OrderStatus.allCases)
        order.certainty = pick(Certainty.allCases)
        order.chosen = sometimes(candidate())
        order.nextActions = several(0...3) { action() }
        order.inputActions = several(0...2) { action() }
        order.failure = sometimes(
            OrderFailure(
                code: text(), blame: pick([.payer, .merchant, .platform, .operator]), providerCode: sometimes(text()),
                retryable: flip()))
        order.cancelRequestedAt = sometimes(moment())
        order.changeRequestedAt = sometimes(moment())
        order.review = sometimes(
            Review(
                reason: pick(Review.Reason.allCases), since: moment(), signatures: several(0...2) { signature() }))
        order.disputes = several(0...2) { dispute() }
        order.awaitsInput = flip()
        order.asksChannel = flip()
        order.acceptedAt = sometimes(moment())
        order.acceptBy = sometimes(moment())
        order.codeRefusals = number(0...3)
        order.codeAskedAt = sometimes(moment())
        order.followUps = several(0...2) {
            FollowUp(
                id: id(pick([.refund, .capture, .void])), amount: money(), status: pick(OrderStatus.allCases),
                certainty: pick(Certainty.allCases), isOfLateExecution: flip(),
                review: sometimes(.init(reason: .conflict, since: moment())))
        }
        order.heldUntil = sometimes(moment())
        order.lapsedAt = sometimes(moment())
        order.dailyUses = several(0...2) { dailyUse() }
        order.choice = sometimes(
            PayerChoice(
                plan: several(0...2) { candidate() }, phone: phone(), numberMark: sometimes(text()),
                configuration: sometimes(Int64(number(1...99)))))
        order.choice?.wallet = sometimes(self.id())
        order.choice?.initiator = sometimes(self.id())
        order.choice?.linkedWallet = sometimes(self.id())
        order.notices = several(0...2) {
            Notice(
                kind: pick(OperatorNotice.Kind.allCases), operatorReference: text(), amount: sometimes(money()),
                reason: sometimes(text()), at: moment())
        }
        order.eventCount = Int64(number(0...9))
        order.due = sometimes(TimerEntry(at: moment(), queue: flip() ? .engine : .provider(provider())))
        order.updatedAt = moment()
        return order
    }

    private func dispute() -> Dispute {
        Dispute(
            attempt: id(), kind: pick(DiscrepancyKind.allCases), recordedState: pick(AttemptState.allCases),
            executed: money(), state: pick([.open, .confirmed, .dismissed]), account: text(), at: moment())
    }

    private func signature() -> Review.Signature {
        Review.Signature(
            finding: Review.Finding(
                verdict: pick([.executed, .notExecuted, .split(money())]), reason: text(), document: text(),
                operatorReference: sometimes(text())), person: text(), at: moment(), evidenceDigest: text())
    }

    func insert(_ order: Order) -> UnitOfWork { UnitOfWork(order: order, write: .insert) }

    /// A unit that only moves a payment, with the attempts it has, to its next version.
    func update(_ order: Order, attempts: [Attempt] = []) -> UnitOfWork {
        var next = order
        next.version += 1
        var unit = UnitOfWork(order: next, write: .update(expectedVersion: order.version))
        unit.attempts = attempts
        return unit
    }

    /// Has a unit tell of something, numbered on from what its order has told of.
    func tell(_ types: [String] = ["payment.created"], in unit: inout UnitOfWork) {
        let (first, at) = (unit.order.eventCount + 1, moment())
        unit.order.eventCount += Int64(types.count)
        var order = unit.order
        // Timers are no part of what is told.
        order.due = nil
        let told = OrderAggregate(stored: order, attempts: unit.attempts)
        unit.events = types.enumerated().map { index, type in
            Event(told, sequence: first + Int64(index), type: type, at: at)
        }
    }

    func idempotencyRecord(for order: Order, operation: String = "payment.create") -> IdempotencyRecord {
        IdempotencyRecord(
            key: IdempotencyRecord.Key(
                app: order.app, environment: order.environment, operation: operation, key: order.idempotencyKey),
            fingerprint: bytes(32...32), order: order.id, requestID: id(), status: pick([200, 201, 422]),
            createdAt: moment())
    }
}
