package import Router

extension MemoryStore {
    package func metadataIndex(of app: AppID) async throws(StoreFailure) -> MetadataIndex {
        try await perform(.metadataIndex) { $0.metadataIndex(of: app) }
    }

    package func setMetadataIndex(_ names: [String], of app: AppID, from start: Moment) async throws(StoreFailure) {
        try await perform(.setMetadataIndex) { $0.setMetadataIndex(names, of: app, from: start) }
    }

    package func indexOlderMetadata(limit: Int) async throws(StoreFailure) -> Bool {
        try await perform(.indexOlderMetadata) { $0.indexOlderMetadata(limit: limit) }
    }

    package func sums(_ query: OrderQuery) async throws(StoreFailure) -> [OrderSum] {
        try await perform(.sums) { $0.sums(query) }
    }
}
