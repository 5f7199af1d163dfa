/// What people of the platform change, and the trail that tells of it.
package protocol PlatformStore: Sendable {
    /// Writes a change with its lines of the audit trail, in one transaction.
    ///
    /// - Returns: What became of it; nothing was written unless it is done.
    /// - Throws: ``StoreFailure`` if nothing is known to be durable.
    func apply(_ change: PlatformChange) async throws(StoreFailure) -> PlatformChanged

    /// The apps of an account, oldest first.
    func apps(of owner: AccountID) async throws(StoreFailure) -> [App]

    /// Lines of the audit trail, newest first.
    func audit(_ query: AuditQuery) async throws(StoreFailure) -> [AuditRecord]

    /// Reads the whole audit trail.
    func verifyAudit() async throws(StoreFailure) -> AuditVerdict
}
