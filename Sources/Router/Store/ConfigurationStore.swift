/// Versions of the configuration, and which of them was worked with when.
///
/// They are written as a ``PlatformChange``, with a line of the audit trail.
package protocol ConfigurationStore: Sendable {
    /// Versions without their files, newest first: so many of those whose number is smaller than `before`.
    func configurations(before: Int64?, limit: Int) async throws(StoreFailure) -> [ConfigurationVersion]

    /// A version with its file; `nil` if there is none of this number.
    func configuration(_ number: Int64) async throws(StoreFailure) -> StoredConfiguration?

    /// Activations, newest first: the first one is of the version that is worked with.
    func activations(limit: Int) async throws(StoreFailure) -> [ConfigurationActivation]

    /// Takes down on how many recorded decisions a version was tried, unless it was on more before.
    func markTried(_ number: Int64, on decisions: Int64) async throws(StoreFailure)
}

/// A version with the bytes of its file.
package struct StoredConfiguration: Sendable, Hashable {
    package var version: ConfigurationVersion
    package var file: [UInt8]

    package init(_ version: ConfigurationVersion, file: [UInt8]) {
        self.version = version
        self.file = file
    }
}
