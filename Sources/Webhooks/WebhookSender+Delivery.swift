package import Router

extension WebhookSender {
    /// How long after an attempt began it is made again if its outcome was never recorded, in seconds.
    static let leaseSeconds: Int64 = 30
    /// Tries kept per delivery; beyond that whole runs are dropped, oldest first.
    static let triesKept = 100
    /// Of an answer only the status counts; so much of it is read for the delivery log.
    static let limits = WireLimits(
        connectMilliseconds: 5_000, totalMilliseconds: 15_000, maximumReplyBytes: 4_096)

    /// What one attempt sent, and what came of it.
    package struct Attempted: Sendable, Hashable {
        package var outcome: DeliveryOutcome
        package var startedAt: Moment
        package var milliseconds: Int64
    }

    /// A delivery whose next attempt is about to be made.
    func begun(_ delivery: Delivery, at now: Moment) -> Delivery {
        var delivery = delivery
        delivery.tries.append(
            Delivery.Try(at: now, status: nil, detail: "begun; no outcome recorded", milliseconds: 0))
        delivery.dueAt = now.adding(seconds: Self.leaseSeconds)
        return delivery
    }

    /// Makes one attempt at a delivery that is recorded as begun: sent, judged, recorded.
    func deliver(_ delivery: Delivery, to endpoint: WebhookEndpoint) async {
        var delivery = delivery
        let id = delivery.endpoint
        do throws(StoreFailure) {
            let event = delivery.event
            let bytes: [UInt8]
            if let known = delivery.body { bytes = known } else { bytes = body.bytes(try await bills.withBill(event)) }
            let attempted = await attempt(event.id, bytes, to: endpoint)
            conclude(&delivery, attempted)
            delivery.body = delivery.state == .delivered ? nil : bytes
            pace(id) { $0.record(attempted.outcome.verdict, at: time.now) }
            try await store.record(delivery)
            tell(delivery, attempted)
            try await judge(id, attempted.outcome.verdict)
        } catch {
            observer.record(.storeFailed(error))
            // Whatever was recorded last decides when it is tried again; do not ask a failing store at once.
            pace(id) { $0.rest(1, at: time.now) }
        }
    }

    /// Signs and sends once, with a timestamp of its own.
    package func attempt(_ id: EventID, _ body: [UInt8], to endpoint: WebhookEndpoint) async -> Attempted {
        let start = time.now
        let outcome = await outcome(id, body, endpoint, at: start)
        return Attempted(
            outcome: outcome, startedAt: start, milliseconds: max(0, time.now.milliseconds(since: start)))
    }

    private func outcome(
        _ id: EventID, _ body: [UInt8], _ endpoint: WebhookEndpoint, at start: Moment
    ) async -> DeliveryOutcome {
        let target: WebhookTarget
        do throws(WebhookTarget.Fault) {
            target = try WebhookTarget(endpoint.url, policy: addresses)
        } catch { return DeliveryOutcome(.failed, detail: "the address cannot be used: \(error.text)") }
        guard let signer = WebhookSigner(endpoint.secretsInForce(at: start)) else {
            return DeliveryOutcome(.failed, detail: "the signing secret is not usable; rotate it")
        }
        let headers =
            signer.headers(id: id.text, at: start, body: body) + [
                WireRequest.Header("content-type", "application/json"),
                WireRequest.Header("user-agent", "payrouter-webhooks/1"),
            ]
        let result = await transport.ask(
            WireRequest(.post, target.url, headers: headers, body: body),
            terms: AskTerms(
                limits: Self.limits, scope: ConnectionScope(owner: "webhooks", credential: endpoint.id.text),
                addresses: target.addresses))
        return DeliveryOutcome(result, at: time.now)
    }

    /// Puts an outcome into the delivery's record.
    private func conclude(_ delivery: inout Delivery, _ attempted: Attempted) {
        let now = time.now
        let outcome = attempted.outcome
        delivery.tries.removeLast()
        guard outcome.verdict != .notNow else {
            delivery.dueAt = now.adding(seconds: DeliverySchedule.delays[0])
            return
        }
        delivery.tries.append(
            Delivery.Try(
                at: attempted.startedAt, status: outcome.status, detail: outcome.detail,
                milliseconds: attempted.milliseconds))
        switch outcome.verdict {
        case .delivered:
            (delivery.state, delivery.dueAt) = (.delivered, nil)
        case .interrupted, .notNow:
            delivery.dueAt = now.adding(seconds: DeliverySchedule.delays[0])
        case .failed, .slowDown, .disableEndpoint:
            var retryAfter: Int64?
            if case .slowDown(let seconds) = outcome.verdict { retryAfter = seconds }
            delivery.dueAt = DeliverySchedule.next(
                after: delivery.tries, at: now, retryAfterSeconds: retryAfter, jitter: random.next())
            delivery.state = delivery.dueAt == nil ? .dead : .pending
        }
        if delivery.tries.count > Self.triesKept { delivery.tries.removeFirst(DeliverySchedule.triesPerRun) }
    }

    private func tell(_ delivery: Delivery, _ attempted: Attempted) {
        observer.record(
            .exchanged(
                provider: "webhooks", operation: "deliver", order: delivery.event.order,
                milliseconds: attempted.milliseconds, outcome: attempted.outcome.verdict.name))
        guard delivery.state == .dead else { return }
        observer.record(
            .alarm(
                .webhookDead, order: delivery.event.order,
                detail: "\(delivery.event.id) could not be delivered to \(delivery.endpoint); it can be replayed"))
    }

    /// What the outcome means for the endpoint.
    private func judge(_ id: WebhookEndpointID, _ verdict: DeliveryVerdict) async throws(StoreFailure) {
        let now = time.now
        guard var known = try await store.endpoint(id), known.record(verdict, at: now) else { return }
        let changed = try await register.change(id) { $0.record(verdict, at: now) }
        guard let changed, !changed.isEnabled, let reason = changed.disabledReason else { return }
        observer.record(.alarm(.webhookEndpointDisabled, order: nil, detail: "\(id): \(reason)"))
    }
}
