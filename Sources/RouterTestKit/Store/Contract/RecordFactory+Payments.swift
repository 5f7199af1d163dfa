import Router

extension RecordFactory {
    func request() -> PaymentRequest {
        var metadata: [String: String] = [:]
        for _ in 0..<number(0...4) { metadata[text() + "\(number(0...99))"] = text() }
        var request = PaymentRequest(
            amount: money(), channels: several(0...3) { channel() },
            customer: Customer(phone: flip() ? phone() : nil, email: sometimes(text()), name: sometimes(text())),
            sourceToken: sometimes(Secret(text())), reference: sometimes(text()), description: sometimes(text()),
            returnURLs: ReturnURLs(success: sometimes(text()), failure: sometimes(text()), cancel: sometimes(text())),
            metadata: metadata, expiresInSeconds: Int64(number(1...86_400)))
        request.callersRequestID = sometimes(text())
        return request
    }

    /// A payment just accepted, with version 1.
    func payment(
        app: AppID? = nil, environment: Environment? = nil, id: PaymentID? = nil, request: PaymentRequest? = nil,
        key: String? = nil, createdAt: Moment? = nil
    ) -> Payment {
        let kind = pick(Movement.Kind.allCases)
        var payment = Payment(
            id: id ?? self.id(), app: app ?? self.id(), environment: environment ?? self.environment(),
            request: request ?? self.request(), idempotencyKey: key ?? text(), requestID: self.id(),
            createdAt: createdAt ?? moment(), plan: several(0...3) { candidate() }, explanation: json(),
            movement: Movement(id: self.id(), kind: kind, amount: money()))
        payment.version = 1
        return payment
    }

    /// The next version of a payment, with everything that may change changed at random.
    func changed(_ old: Payment) -> Payment {
        var payment = old
        payment.version += 1
        if payment.movement.state == .open { _ = payment.movement.close(pick(Movement.State.allCases)) }
        payment.status = pick(PaymentStatus.allCases)
        payment.certainty = pick(Certainty.allCases)
        payment.chosen = sometimes(candidate())
        payment.nextActions = several(0...3) { action() }
        payment.inputActions = several(0...2) { action() }
        payment.failure = sometimes(
            PaymentFailure(
                code: text(), blame: pick([.payer, .merchant, .platform, .operator]), providerCode: sometimes(text()),
                retryable: flip()))
        payment.cancelRequestedAt = sometimes(moment())
        payment.review = sometimes(Review(reason: pick(Review.Reason.allCases), since: moment()))
        payment.awaitsInput = flip()
        payment.eventCount = Int64(number(0...9))
        payment.due = sometimes(Due(at: moment(), lane: flip() ? .engine : .provider(provider())))
        payment.updatedAt = moment()
        return payment
    }

    func insert(_ payment: Payment) -> UnitOfWork { UnitOfWork(payment: payment, write: .insert) }

    /// A unit that only moves a payment to its next version.
    func update(_ payment: Payment) -> UnitOfWork {
        var next = payment
        next.version += 1
        return UnitOfWork(payment: next, write: .update(expectedVersion: payment.version))
    }

    func binding(for payment: Payment, operation: String = "payment.create") -> Binding {
        Binding(
            key: Binding.Key(
                app: payment.app, environment: payment.environment, operation: operation, key: payment.idempotencyKey),
            fingerprint: bytes(32...32), payment: payment.id, requestID: id(), status: pick([200, 201, 422]),
            createdAt: moment())
    }
}
