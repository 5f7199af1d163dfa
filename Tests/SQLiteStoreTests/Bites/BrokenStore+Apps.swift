import Router
import RouterTestKit

extension BrokenStore {
    func insert(_ app: App) async throws(StoreFailure) {
        try await insert(app, .insertApp, overwritingWith: .insertsAppsTwice, good.insert, good.update)
    }

    func update(_ app: App) async throws(StoreFailure) {
        try await update(app, .updateApp, insertingWith: .updatesMissingApps, good.insert, good.update)
    }

    func app(_ id: AppID) async throws(StoreFailure) -> App? { try await isIdle(.app) ? nil : good.app(id) }

    func apps() async throws(StoreFailure) -> [App] {
        if isIdle(.apps) { return [] }
        return try await good.apps().reversed(if: has(.appsNewestFirst))
    }

    func insert(_ key: AppKey) async throws(StoreFailure) {
        try await insert(key, .insertKey, overwritingWith: .insertsKeysTwice, good.insert, good.update)
    }

    func update(_ key: AppKey) async throws(StoreFailure) {
        try await update(key, .updateKey, insertingWith: .updatesMissingKeys, good.insert, good.update)
    }

    func keys(of app: AppID) async throws(StoreFailure) -> [AppKey] {
        if isIdle(.keys) { return [] }
        var found: [AppKey] = []
        for owner in try await has(.keysOfEveryApp) ? good.apps().map(\.id) : [app] {
            found += try await good.keys(of: owner)
        }
        return found.reversed(if: has(.keysNewestFirst))
    }

    func key(hash: [UInt8]) async throws(StoreFailure) -> (AppKey, App)? {
        try await isIdle(.key) ? nil : good.key(hash: hash)
    }

    func insert(_ person: Person) async throws(StoreFailure) {
        try await insert(person, .insertPerson, overwritingWith: .insertsPeopleTwice, good.insert, good.update)
    }

    func update(_ person: Person) async throws(StoreFailure) {
        try await update(person, .updatePerson, insertingWith: .updatesMissingPeople, good.insert, good.update)
    }

    func people() async throws(StoreFailure) -> [Person] {
        if isIdle(.people) { return [] }
        return try await good.people().reversed(if: has(.peopleNewestFirst))
    }

    func person(named name: String) async throws(StoreFailure) -> Person? {
        if isIdle(.person) { return nil }
        return try await good.person(named: has(.peopleInEveryCase) ? name.lowercased() : name)
    }

    func metadataIndex(of app: AppID) async throws(StoreFailure) -> MetadataIndex {
        try await isIdle(.metadataIndex) ? MetadataIndex() : good.metadataIndex(of: app)
    }

    func setMetadataIndex(_ names: [String], of app: AppID, from start: Moment) async throws(StoreFailure) {
        if isIdle(.setMetadataIndex) { return }
        try await good.setMetadataIndex(
            names, of: app, from: has(.indexesFromAlways) ? Moment(milliseconds: 0) : start)
    }

    func indexOlderMetadata(limit: Int) async throws(StoreFailure) -> Bool {
        if isIdle(.indexOlderMetadata) { return false }
        return try await good.indexOlderMetadata(limit: has(.indexesWithoutLimit) ? 10_000 : limit)
    }
}
