import Router
import RouterTestKit

extension BrokenStore {
    func insert(_ app: App) async throws(StoreFailure) {
        if isIdle(.insertApp) { return }
        try await insert(overwritingIf: has(.insertsAppsTwice)) { () throws(StoreFailure) in
            try await good.insert(app)
        } update: { () throws(StoreFailure) in
            try await good.update(app)
        }
    }

    func update(_ app: App) async throws(StoreFailure) {
        if isIdle(.updateApp) { return }
        try await update(insertingIf: has(.updatesMissingApps)) { () throws(StoreFailure) in
            try await good.insert(app)
        } update: { () throws(StoreFailure) in
            try await good.update(app)
        }
    }

    func app(_ id: AppID) async throws(StoreFailure) -> App? { try await isIdle(.app) ? nil : good.app(id) }

    func apps() async throws(StoreFailure) -> [App] {
        if isIdle(.apps) { return [] }
        return try await good.apps().reversed(if: has(.appsNewestFirst))
    }

    func insert(_ key: AppKey) async throws(StoreFailure) {
        if isIdle(.insertKey) { return }
        try await insert(overwritingIf: has(.insertsKeysTwice)) { () throws(StoreFailure) in
            try await good.insert(key)
        } update: { () throws(StoreFailure) in
            try await good.update(key)
        }
    }

    func update(_ key: AppKey) async throws(StoreFailure) {
        if isIdle(.updateKey) { return }
        try await update(insertingIf: has(.updatesMissingKeys)) { () throws(StoreFailure) in
            try await good.insert(key)
        } update: { () throws(StoreFailure) in
            try await good.update(key)
        }
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
        if isIdle(.insertPerson) { return }
        try await insert(overwritingIf: has(.insertsPeopleTwice)) { () throws(StoreFailure) in
            try await good.insert(person)
        } update: { () throws(StoreFailure) in
            try await good.update(person)
        }
    }

    func update(_ person: Person) async throws(StoreFailure) {
        if isIdle(.updatePerson) { return }
        try await update(insertingIf: has(.updatesMissingPeople)) { () throws(StoreFailure) in
            try await good.insert(person)
        } update: { () throws(StoreFailure) in
            try await good.update(person)
        }
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
