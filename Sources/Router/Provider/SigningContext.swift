/// What makes one exchange with an operator unlike any other: handed in by the core, so that providers stay pure.
///
/// A resend has the same sealed bytes and a new context.
public struct SigningContext: Sendable, Hashable {
    /// The operator's access token, if the provider is ``AccessTokenIssuing``.
    public var token: String?
    /// The present, for signatures and headers that carry a time.
    public var now: Moment
    /// Larger with every exchange of this provider, also after a restart.
    ///
    /// At least the present in milliseconds since 1970.
    public var sequence: Int64
    /// 64 fresh random bits.
    public var random: UInt64

    /// Only the core does, for each exchange anew, and tests.
    public init(token: String? = nil, now: Moment, sequence: Int64, random: UInt64) {
        self.token = token
        self.now = now
        self.sequence = sequence
        self.random = random
    }
}
