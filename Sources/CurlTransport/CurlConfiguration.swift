/// What holds for every exchange of one ``CurlTransport``.
///
/// There is deliberately nothing in here that weakens verification of certificates or host names.
public struct CurlConfiguration: Sendable, Hashable {
    /// Where the certificate authorities come from.
    public enum Authorities: Sendable, Hashable {
        /// The system's bundle, as libcurl was built to find it.
        case system
        /// A PEM file that is trusted *instead of* the system's bundle: a private authority, or a test's own.
        case bundle(path: String)
    }

    /// Whom to trust.
    public var authorities: Authorities
    /// How many idle connections of one scope are kept for later exchanges.
    public var idleConnectionsPerScope: Int
    /// An idle connection older than this is not used again.
    ///
    /// Keep it below what operators close at.
    public var idleSeconds: Int
    /// No connection is used again after this age, idle or not.
    public var lifetimeSeconds: Int
    /// Largest sum of all header bytes of one exchange, interim answers and trailers included.
    public var maximumHeaderBytes: Int
    /// Scopes kept at once; beyond it the longest idle one loses its connections.
    public var maximumScopes: Int
    /// Connections open at once, idle ones included; an exchange beyond that ends as
    /// ``/Router/TransportFailure/Kind/exhausted``.
    public var maximumConnections: Int
    /// The first descriptor number that is not for connections.
    ///
    /// The system gives the lowest free one, so this leaves those above to the rest of the process.
    public var descriptorCeiling: Int

    /// Exchanges that one owner of scopes may have under way: one operator that hangs leaves the others their room.
    public var maximumConnectionsPerOwner: Int { max(8, maximumConnections / 4) }

    /// The defaults suit production.
    public init(
        authorities: Authorities = .system, idleConnectionsPerScope: Int = 256, idleSeconds: Int = 20,
        lifetimeSeconds: Int = 300, maximumHeaderBytes: Int = 32 * 1024, maximumScopes: Int = 512,
        maximumConnections: Int = 4_096, descriptorCeiling: Int = .max
    ) {
        self.maximumConnections = maximumConnections
        self.descriptorCeiling = descriptorCeiling
        self.authorities = authorities
        self.idleConnectionsPerScope = idleConnectionsPerScope
        self.idleSeconds = idleSeconds
        self.lifetimeSeconds = lifetimeSeconds
        self.maximumHeaderBytes = maximumHeaderBytes
        self.maximumScopes = maximumScopes
    }
}
