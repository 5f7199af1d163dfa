import Router
import RouterTestKit

extension BrokenStore {
    func apply(_ change: PlatformChange) async throws(StoreFailure) -> PlatformChanged {
        if isIdle(.applyPlatformChange) { return .done }
        var change = change
        if case .ignores(let part, .applyPlatformChange) = fault { LeftOut.platformParts[part]?(&change) }
        let result = try await good.apply(change)
        // With the fault: what is refused is told all the same.
        if has(.tellsOfRefusedChanges), result != .done {
            var told = PlatformChange()
            told.audit = change.audit
            _ = try await good.apply(told)
        }
        return result
    }

    func apps(of owner: AccountID) async throws(StoreFailure) -> [App] {
        if isIdle(.appsOf) { return [] }
        return try await has(.appsOfEveryOwner) ? good.apps().filter { $0.owner != nil } : good.apps(of: owner)
    }

    func audit(_ query: AuditQuery) async throws(StoreFailure) -> [AuditRecord] {
        if isIdle(.audit) { return [] }
        var query = query
        if case .ignores(let condition, .audit) = fault { LeftOut.auditConditions[condition]?(&query) }
        return try await good.audit(query).reversed(if: has(.auditOldestFirst))
    }

    func verifyAudit() async throws(StoreFailure) -> AuditVerdict {
        try await isIdle(.verifyAudit) ? .broken(at: 1) : good.verifyAudit()
    }
}

extension LeftOut {
    static let platformParts: [String: @Sendable (inout PlatformChange) -> Void] = [
        "account": { $0.account = nil },
        "use": { $0.use = nil },
        "app": { $0.app = nil },
        "newKeys": { $0.newKeys = [] },
        "changedKeys": { $0.changedKeys = [] },
        "person": { $0.person = nil },
        "endpoint": { $0.endpoint = nil },
        "configuration": { $0.configuration = nil },
        "audit": { $0.audit = [] },
    ]

    static let auditConditions: [String: @Sendable (inout AuditQuery) -> Void] = [
        "before": { $0.before = nil },
        "limit": { $0.limit = 10_000 },
        "actor": { $0.actor = nil },
        "subject": { $0.subject = nil },
        "app": { $0.app = nil },
    ]
}
