import Router

extension MemoryState {
    func aggregate(_ id: OrderID) -> OrderAggregate? {
        aggregates[id].map { OrderAggregate(stored: $0.order, attempts: $0.attempts) }
    }

    func order(provider: ProviderID, reference: String) -> OrderID? {
        newest { $0.provider == provider && $0.reference == reference }
    }

    func order(provider: ProviderID, operatorReference: String) -> OrderID? {
        let candidates =
            operatorReferences[OperatorReferenceKey(provider: provider, reference: operatorReference)] ?? []
        return newest(among: candidates) { $0.provider == provider && $0.operatorReference == operatorReference }
    }

    private func newest(among ids: [OrderID]? = nil, _ matches: (Attempt) -> Bool) -> OrderID? {
        var best: (number: Int64, order: OrderID)?
        for id in ids ?? Array(aggregates.keys) {
            guard let aggregate = aggregates[id] else { continue }
            for (attempt, number) in zip(aggregate.attempts, aggregate.attemptNumbers)
            where matches(attempt) && number > best?.number ?? 0 {
                best = (number, id)
            }
        }
        return best?.order
    }

    func due(_ queue: TimerQueue, before moment: Moment, limit: Int) -> [OrderID] {
        let due = dues.filter { $0.value.queue == queue && $0.value.at <= moment }
        let sorted = due.sorted { ($0.value.at, $0.key.text) < ($1.value.at, $1.key.text) }
        return sorted.prefix(max(0, limit)).map(\.key)
    }

    func nextDue(_ queue: TimerQueue) -> Moment? { dues.values.filter { $0.queue == queue }.map(\.at).min() }

    func sending() -> [OrderID] {
        aggregates.values.filter { $0.attempts.contains { $0.state == .sending } }.map(\.order.id)
            .sorted { $0.text < $1.text }
    }

    func open(at provider: ProviderID? = nil) -> [(provider: ProviderID, order: OrderID)] {
        let waiting = aggregates.values.filter { dues[$0.order.id] != nil || $0.order.review != nil }
        let found = waiting.flatMap { aggregate in
            let open = aggregate.attempts.filter {
                isOpen($0, aggregate.order) && (provider ?? $0.provider) == $0.provider
            }
            return Set(open.map(\.provider)).map { (provider: $0, order: aggregate.order.id) }
        }
        return found.sorted { $0.order.text < $1.order.text }
    }

    /// Whether its provider still has something to say about an attempt of an order that waits.
    private func isOpen(_ attempt: Attempt, _ order: Order) -> Bool {
        attempt.state.isLive
            && (attempt.state != .succeeded || dues[order.id] != nil || order.review?.reason == .providerMissing)
    }

    func openPlaces() -> [OpenPlace] {
        var counts: [OpenPlace: Int] = [:]
        for aggregate in aggregates.values where dues[aggregate.order.id] != nil || aggregate.order.review != nil {
            let places = aggregate.attempts.filter { isOpen($0, aggregate.order) }.map { attempt in
                OpenPlace(
                    provider: attempt.provider, scope: attempt.scope, operation: aggregate.order.purpose, count: 0)
            }
            for place in Set(places) { counts[place, default: 0] += 1 }
        }
        let found = counts.map { place, count in
            OpenPlace(provider: place.provider, scope: place.scope, operation: place.operation, count: count)
        }
        return found.sorted {
            ($0.provider, $0.scope, $0.operation.rawValue) < ($1.provider, $1.scope, $1.operation.rawValue)
        }
    }

    func exposed() -> [ExposedAttempt] {
        aggregates.values.flatMap(\.attempts).filter { [.sending, .unknown, .conflict].contains($0.state) }
            .map { ExposedAttempt(id: $0.id, provider: $0.provider, amount: $0.amount) }
    }

    func postings(_ movement: MovementID) -> [Posting] {
        aggregates.values.flatMap(\.postings).filter { $0.movement == movement }
            .sorted { ($0.kind, $0.sequence) < ($1.kind, $1.sequence) }
    }

    func unknownAttempts() -> [StoreTotals.Open] {
        var open: [ProviderID: [String: StoreTotals.Open]] = [:]
        for attempt in aggregates.values.flatMap(\.attempts) where attempt.state == .unknown {
            let (currency, since) = (attempt.amount.currency.code, attempt.openSince ?? attempt.createdAt)
            var entry =
                open[attempt.provider]?[currency]
                ?? StoreTotals.Open(
                    provider: attempt.provider, currency: currency, count: 0, minorUnits: 0, oldest: since)
            entry.count += 1
            entry.minorUnits += attempt.amount.minorUnits
            entry.oldest = min(entry.oldest, since)
            open[attempt.provider, default: [:]][currency] = entry
        }
        return open.values.flatMap(\.values).sorted { ($0.provider, $0.currency) < ($1.provider, $1.currency) }
    }

    func totals() -> StoreTotals {
        var totals = StoreTotals(
            unknown: unknownAttempts(),
            timers: Int64(dues.count), inbox: Int64(inbox.values.count { $0.retryAt != nil }),
            deliveries: Int64(deliveries.values.flatMap(\.values).count { $0.state == .pending }),
            underReview: Int64(aggregates.values.count { $0.order.status == .underReview }),
            reviews: aggregates.values.compactMap(\.order.review?.reason).reduce(into: [:]) { $0[$1, default: 0] += 1 })
        for message in inbox.values where message.retryAt != nil { totals.inboxByTrust[message.trust, default: 0] += 1 }
        return totals
    }
}
