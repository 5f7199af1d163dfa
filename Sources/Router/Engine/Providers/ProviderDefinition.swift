/// What tells whether a provider is configured as before: digests, which hold nothing of what they were made from.
package struct ProviderDefinition: Sendable, Hashable {
    /// Of everything that the file and the secrets say.
    package var whole: [UInt8]
    /// Of the secrets' values.
    package var secrets: [UInt8]

    package init(whole: [UInt8], secrets: [UInt8]) {
        self.whole = whole
        self.secrets = secrets
    }
}
