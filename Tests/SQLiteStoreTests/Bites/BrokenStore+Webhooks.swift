import Router
import RouterTestKit

extension BrokenStore {
    func insert(_ endpoint: WebhookEndpoint) async throws(StoreFailure) {
        try await insert(endpoint, .insertEndpoint, overwritingWith: .insertsEndpointsTwice, good.insert, good.update)
    }

    func update(_ endpoint: WebhookEndpoint) async throws(StoreFailure) {
        try await update(endpoint, .updateEndpoint, insertingWith: .updatesMissingEndpoints, good.insert, good.update)
    }

    func delete(_ id: WebhookEndpointID) async throws(StoreFailure) {
        if !isIdle(.deleteEndpoint) { try await good.delete(id) }
    }

    func endpoint(_ id: WebhookEndpointID) async throws(StoreFailure) -> WebhookEndpoint? {
        try await isIdle(.endpoint) ? nil : good.endpoint(id)
    }

    func endpoints(app: AppID?) async throws(StoreFailure) -> [WebhookEndpoint] {
        if isIdle(.endpoints) { return [] }
        return try await good.endpoints(app: has(.endpointsOfEveryApp) ? nil : app)
    }

    func fanOut(at now: Moment, limit: Int) async throws(StoreFailure) -> Int {
        if isIdle(.fanOut) { return 0 }
        return try await good.fanOut(
            at: has(.fansOutLater) ? now.adding(seconds: 1) : now, limit: has(.fansOutWithoutLimit) ? .max : limit)
    }

    func dueDeliveries(
        _ endpoint: WebhookEndpointID, before moment: Moment, limit: Int
    ) async throws(StoreFailure) -> [Delivery] {
        if isIdle(.dueDeliveries) { return [] }
        return try await good.dueDeliveries(
            endpoint, before: has(.deliversTooEarly) ? moment.adding(seconds: 9_999) : moment,
            limit: has(.deliversWithoutLimit) ? .max : limit
        ).reversed(if: has(.deliversNewestFirst))
    }

    func nextDelivery() async throws(StoreFailure) -> Moment? {
        try await isIdle(.nextDelivery) ? nil : good.nextDelivery()
    }

    func record(_ deliveries: [Delivery]) async throws(StoreFailure) {
        if !isIdle(.recordDeliveries) { try await good.record(deliveries) }
    }

    func deliveries(
        _ endpoint: WebhookEndpointID, after: EventID?, limit: Int
    ) async throws(StoreFailure) -> [Delivery] {
        if isIdle(.deliveries) { return [] }
        return try await good.deliveries(
            endpoint, after: has(.deliveriesFromTheStart) ? nil : after,
            limit: has(.deliveriesWithoutLimit) ? .max : limit
        ).reversed(if: has(.deliveriesOldestFirst))
    }

    func delivery(
        of event: EventID, to endpoint: WebhookEndpointID
    ) async throws(StoreFailure) -> Delivery? {
        if isIdle(.delivery) { return nil }
        return try await good.delivery(of: event, to: endpoint)
    }

    func replay(
        _ endpoint: WebhookEndpointID, since moment: Moment, after: EventID?, limit: Int, at now: Moment
    ) async throws(StoreFailure) -> ReplayedEvents {
        if isIdle(.replay) { return ReplayedEvents(count: 0, last: nil) }
        return try await good.replay(
            endpoint, since: has(.replaysFromAlways) ? Moment(milliseconds: 0) : moment,
            after: has(.replaysFromTheStart) ? nil : after, limit: has(.replaysWithoutLimit) ? .max : limit,
            at: has(.replaysLater) ? now.adding(seconds: 1) : now)
    }

    func waiting(_ endpoint: WebhookEndpointID, since moment: Moment) async throws(StoreFailure) -> Int {
        if isIdle(.waiting) { return 0 }
        return try await good.waiting(endpoint, since: moment)
    }

    func redeliver(
        _ endpoint: WebhookEndpointID, event: EventID?, failedSince: Moment?, at now: Moment
    ) async throws(StoreFailure) -> Int {
        if isIdle(.redeliver) { return 0 }
        let since = has(.redeliversWhateverFailed) ? failedSince.map { _ in Moment(milliseconds: 0) } : failedSince
        let more = has(.redeliversTooMuch) ? Moment(milliseconds: 0) : nil
        return try await good.redeliver(endpoint, event: event, failedSince: since ?? more, at: now)
    }
}
