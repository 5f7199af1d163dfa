import Router
import RouterTestKit

/// Changes of the platform, handed on to the kit's store.
extension TestStore {
    func apply(_ change: PlatformChange) async throws(StoreFailure) -> PlatformChanged {
        try await pass { store throws(StoreFailure) in try await store.apply(change) }
    }

    func apps(of owner: AccountID) async throws(StoreFailure) -> [App] {
        try await pass { store throws(StoreFailure) in try await store.apps(of: owner) }
    }

    func audit(_ query: AuditQuery) async throws(StoreFailure) -> [AuditRecord] {
        try await pass { store throws(StoreFailure) in try await store.audit(query) }
    }

    func verifyAudit() async throws(StoreFailure) -> AuditVerdict {
        try await pass { store throws(StoreFailure) in try await store.verifyAudit() }
    }
}
