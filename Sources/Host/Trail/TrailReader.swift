import Router

/// Makes an ``OrderTrail`` from the store.
///
/// Every part is read by itself: one that is damaged says so, and the others are there.
struct TrailReader: Sendable {
    let store: any Store

    /// Relatives whose own place is looked up, at most.
    private static let mostRelatives = 20

    /// The trail of an order; `nil` if there is none in the scope.
    ///
    /// - Parameters:
    ///   - id: Of any kind.
    ///   - scope: Whose orders may be seen; another app's order is as if it were not there.
    /// - Returns: The trail, as much of it as can be read.
    func trail(of id: OrderID, in scope: OrderScope = .all) async -> OrderTrail? {
        let aggregate = await part { () async throws(StoreFailure) in try await store.orderAggregate(id) }
        let steps = await part { () async throws(StoreFailure) in try await store.steps(of: id) }
        let found = aggregate.value ?? nil
        // An order whose record is damaged still has steps, which name its app.
        guard let app = found?.order.app ?? steps.value?.first?.app, scope.includes(app) else {
            let isUnreadable = aggregate.fault != nil && (steps.value ?? []).isEmpty && scope == .all
            return isUnreadable ? await whole(id, aggregate, steps) : nil
        }
        return await whole(id, aggregate, steps)
    }

    /// The full phone numbers of an order, which ``OrderTrail`` never has: whoever calls this keeps a record of who asked.
    ///
    /// - Throws: If they cannot be read.
    func phoneNumbers(of id: OrderID, in scope: OrderScope = .all) async throws(StoreFailure) -> [String]? {
        guard let order = try await store.orderAggregate(id)?.order, scope.includes(order.app) else { return nil }
        return [order.customer.phone, order.request.transfer?.recipient.phone].compactMap { $0?.e164 }
    }

    private func whole(
        _ id: OrderID, _ read: TrailPart<OrderAggregate?>, _ steps: TrailPart<[OrderStep]>
    ) async -> OrderTrail {
        let aggregate = read.value ?? nil
        let movement = aggregate?.order.movement ?? MovementID(of: id)
        let books = await part { () async throws(StoreFailure) in
            TrailBooks(
                postings: try await store.postings(movement).sorted { ($0.at, $0.sequence) < ($1.at, $1.sequence) },
                holds: try await store.holds(of: id))
        }
        let discrepancies = await part { () async throws(StoreFailure) in try await store.discrepancies(id) }
        let redaction = aggregate.map { Redaction($0.order) } ?? Redaction()
        var timeline = TrailTimeline(redaction)
        timeline.add(steps.value ?? [])
        timeline.add(discrepancies.value ?? [])
        timeline.add(books.value?.postings ?? [])
        if let aggregate {
            timeline.add(aggregate)
            for attempt in aggregate.attempts {
                timeline.add((try? await store.hints(about: attempt.id)) ?? [], about: attempt.id)
            }
        }
        let fault = read.fault ?? "its record is not there"
        var summary = TrailPart<TrailSummary>.unreadable(fault)
        if let aggregate { summary = .read(await self.summary(aggregate)) }
        return OrderTrail(
            id: id, summary: summary,
            attempts: (aggregate?.attempts ?? []).map(TrailAttempt.init), timeline: timeline.entries,
            route: aggregate.flatMap { read in
                let choice = read.order.choice.map { TrailRoute.Choice($0, read.attempts) }
                return TrailRoute(
                    read.order.explanation, choice: choice, configuration: read.order.configuration)
            }, books: books,
            relatives: await relatives(aggregate), webhooks: await webhooks(steps), review: aggregate?.order.review,
            discrepancies: discrepancies)
    }

    private func summary(_ aggregate: OrderAggregate) async -> TrailSummary {
        let order = aggregate.order
        let app = try? await store.app(order.app)
        return TrailSummary(aggregate, appName: app?.name)
    }

    private func relatives(_ aggregate: OrderAggregate?) async -> [TrailRelative] {
        guard let order = aggregate?.order else { return [] }
        var relatives: [TrailRelative] = []
        if let parent = order.parent {
            let read = (try? await store.orderAggregate(parent)) ?? nil
            relatives.append(TrailRelative(parent: parent, read))
        }
        for followUp in order.followUps {
            let isRead = relatives.count < Self.mostRelatives
            let read = isRead ? (try? await store.orderAggregate(followUp.id)) ?? nil : nil
            relatives.append(TrailRelative(followUp, of: order.kind, read))
        }
        return relatives
    }

    func part<Value>(_ read: () async throws(StoreFailure) -> Value) async -> TrailPart<Value> {
        do throws(StoreFailure) { return .read(try await read()) } catch { return .unreadable("\(error)") }
    }
}
