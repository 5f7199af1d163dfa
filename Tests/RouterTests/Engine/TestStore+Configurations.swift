import Router
import RouterTestKit

/// Versions of the configuration, handed on to the kit's store.
extension TestStore {
    func configurations(before: Int64?, limit: Int) async throws(StoreFailure) -> [ConfigurationVersion] {
        try await pass { store throws(StoreFailure) in try await store.configurations(before: before, limit: limit) }
    }

    func configuration(_ number: Int64) async throws(StoreFailure) -> StoredConfiguration? {
        try await pass { store throws(StoreFailure) in try await store.configuration(number) }
    }

    func activations(limit: Int) async throws(StoreFailure) -> [ConfigurationActivation] {
        try await pass { store throws(StoreFailure) in try await store.activations(limit: limit) }
    }

    func markTried(_ number: Int64, on decisions: Int64) async throws(StoreFailure) {
        try await pass { store throws(StoreFailure) in try await store.markTried(number, on: decisions) }
    }
}
