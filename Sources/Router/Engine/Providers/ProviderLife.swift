import Synchronization

/// What is known of a provider in memory, and what is under way there.
///
/// It outlives a change of the configuration: whoever was sent before the change is counted off here after it.
final class ProviderLife: Sendable {
    /// A credential of one of the sets of secrets that the provider has had.
    struct Login: Sendable, Hashable {
        let name: LoginName
        let generation: Int
    }

    struct State: Sendable {
        var breakers: [MoneyOperation: CircuitBreaker] = [:]
        var balances: [KnownBalance] = []
        var checks: TokenBucket
        var inFlight = 0
        var checksUnderWay = 0
        var lookUps = 0
        var tokens: [Login: AccessTokenCache] = [:]
        var gates: [Login: CredentialGate] = [:]
        /// How many sets of secrets it has had, less one.
        var generation = 0
        var lastSequence: Int64 = 0
        var drain: ProviderDrain?
    }

    private let state: Mutex<State>

    init(checksPerSecond: Double) { state = Mutex(State(checks: TokenBucket(perSecond: checksPerSecond))) }

    func withLock<Result>(_ body: (inout State) -> Result) -> Result { state.withLock { body(&$0) } }
}
