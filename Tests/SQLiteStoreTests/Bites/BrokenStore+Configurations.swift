import Router
import RouterTestKit

extension BrokenStore {
    func configurations(before: Int64?, limit: Int) async throws(StoreFailure) -> [ConfigurationVersion] {
        if isIdle(.configurations) { return [] }
        return try await good.configurations(
            before: has(.configurationsFromTheNewest) ? nil : before,
            limit: has(.configurationsWithoutLimit) ? .max : limit
        ).reversed(if: has(.configurationsOldestFirst))
    }

    func configuration(_ number: Int64) async throws(StoreFailure) -> StoredConfiguration? {
        try await isIdle(.configuration) ? nil : good.configuration(number)
    }

    func activations(limit: Int) async throws(StoreFailure) -> [ConfigurationActivation] {
        if isIdle(.activations) { return [] }
        return try await good.activations(limit: has(.activationsWithoutLimit) ? .max : limit)
            .reversed(if: has(.activationsOldestFirst))
    }

    func markTried(_ number: Int64, on decisions: Int64) async throws(StoreFailure) {
        if isIdle(.markTried) { return }
        try await good.markTried(number, on: decisions)
    }
}
