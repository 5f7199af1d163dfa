import Router
import RouterTestKit

extension BrokenStore {
    func receive(_ message: InboxMessage, limit: Int) async throws(StoreFailure) -> InboxReceipt {
        if isIdle(.receive) { return .taken }
        let receipt = try await good.receive(message, limit: has(.receivesWithoutLimit) ? .max : limit)
        return receipt == .known && has(.receivesTwice) ? .taken : receipt
    }

    func keep(_ hint: InboxMessage, newest: Int) async throws(StoreFailure) {
        if !isIdle(.keep) { try await good.keep(hint, newest: has(.keepsAllHints) ? .max : newest) }
    }

    func hints(about attempt: AttemptID) async throws(StoreFailure) -> [InboxMessage] {
        if isIdle(.hints) { return [] }
        return try await good.hints(about: attempt).reversed(if: has(.hintsOldestFirst))
    }

    func inbox(before moment: Moment, limit: Int) async throws(StoreFailure) -> [InboxMessage] {
        if isIdle(.inbox) { return [] }
        return try await good.inbox(
            before: has(.inboxTooEarly) ? moment.adding(seconds: 9_999) : moment,
            limit: has(.inboxWithoutLimit) ? .max : limit
        ).reversed(if: has(.inboxNewestFirst))
    }

    func unmatched(after id: InboxID?, limit: Int) async throws(StoreFailure) -> [InboxMessage] {
        if isIdle(.unmatched) { return [] }
        return try await good.unmatched(
            after: has(.unmatchedFromTheStart) ? nil : id, limit: has(.unmatchedWithoutLimit) ? .max : limit
        ).reversed(if: has(.unmatchedNewestFirst))
    }

    func inboxMessage(_ id: InboxID) async throws(StoreFailure) -> InboxMessage? {
        isIdle(.inboxMessage) ? nil : try await good.inboxMessage(id)
    }

    func finish(_ id: InboxID, _ state: InboxMessage.State) async throws(StoreFailure) {
        if !isIdle(.finish) { try await good.finish(id, state) }
    }

    func recognise(
        _ id: InboxID, as trust: InboxMessage.Trust, dedupKey: String
    ) async throws(StoreFailure) -> Bool {
        if isIdle(.recognise) { return true }
        let isNew = try await good.recognise(id, as: trust, dedupKey: dedupKey)
        return isNew || has(.recognisesTakenKeys)
    }

    func holdsEarlier(
        than message: InboxMessage, keys: String, butNot others: String
    ) async throws(StoreFailure) -> Bool {
        if isIdle(.holdsEarlier) { return false }
        return try await good.holdsEarlier(
            than: message, keys: has(.earlierOfEveryKey) ? "" : keys,
            butNot: has(.earlierOfItsOwn) ? "nothing begins like this" : others)
    }

    func drop(_ ids: [InboxID]) async throws(StoreFailure) {
        if !isIdle(.drop) { try await good.drop(ids) }
    }

    func events(
        app: AppID, environment: PayEnvironment, order: OrderID?, type: String?, after: EventID?, limit: Int
    ) async throws(StoreFailure) -> [Event] {
        if isIdle(.events) { return [] }
        var found: [Event] = []
        for place in has(.eventsOfEveryEnvironment) ? PayEnvironment.allCases : [environment] {
            found += try await good.events(
                app: app, environment: place, order: has(.eventsOfEveryOrder) ? nil : order,
                type: has(.eventsOfEveryType) ? nil : type, after: has(.eventsFromTheStart) ? nil : after,
                limit: has(.eventsWithoutLimit) ? .max : limit)
        }
        return found.reversed(if: has(.eventsOldestFirst))
    }

    func event(
        _ id: EventID, app: AppID, environment: PayEnvironment
    ) async throws(StoreFailure) -> Event? {
        if isIdle(.event) { return nil }
        for place in has(.eventsOfEveryEnvironment) ? PayEnvironment.allCases : [environment] {
            if let found = try await good.event(id, app: app, environment: place) { return found }
        }
        return nil
    }
}
