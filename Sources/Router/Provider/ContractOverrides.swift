/// Changes to a kind's ``ProviderContract`` from `providers.json` (`"contract": {...}`).
///
/// In the sandbox any value goes, so that tests need not wait. In production the same fields may be changed once the
/// operator has confirmed them; `payrouter check` names every changed field.
public struct ContractOverrides: Sendable, Hashable, Decodable {
    /// See ``ProviderContract/key``.
    public var key: ProviderContract.KeyBehaviour?
    /// See ``ProviderContract/keyWindowSeconds``.
    public var keyWindowSeconds: Int64?
    /// See ``ProviderContract/authenticationPrecedesExecution``.
    public var authenticationPrecedesExecution: Bool?
    /// See ``ProviderContract/throttlingPrecedesExecution``.
    public var throttlingPrecedesExecution: Bool?
    /// See ``ProviderContract/absenceIsAuthoritative``.
    public var absenceIsAuthoritative: Bool?
    /// See ``ProviderContract/visibilityLagSeconds``.
    public var visibilityLagSeconds: Int64?
    /// See ``ProviderContract/maximumServerLifeSeconds``.
    public var maximumServerLifeSeconds: Int64?
    /// See ``ProviderContract/absenceSpanSeconds``.
    public var absenceSpanSeconds: Int64?
    /// See ``ProviderContract/promptLifetimeSeconds``.
    public var promptLifetimeSeconds: Int64?
    /// See ``ProviderContract/failureQuarantineSeconds``.
    public var failureQuarantineSeconds: Int64?
    /// See ``ProviderContract/definitiveFailures``.
    public var definitiveFailures: [String]?
    /// See ``ProviderContract/checksPerSecond``.
    public var checksPerSecond: Int64?
    /// See ``ProviderContract/checkLadder``: the steps in milliseconds; the last one repeats.
    public var checkEveryMilliseconds: [Int64]?
    /// See ``ProviderContract/reviewAfterSeconds``.
    public var reviewAfterSeconds: Int64?

    enum CodingKeys: String, CodingKey {
        case key
        case keyWindowSeconds = "key_window_seconds"
        case authenticationPrecedesExecution = "authentication_precedes_execution"
        case throttlingPrecedesExecution = "throttling_precedes_execution"
        case absenceIsAuthoritative = "absence_is_authoritative"
        case visibilityLagSeconds = "visibility_lag_seconds"
        case maximumServerLifeSeconds = "maximum_server_life_seconds"
        case absenceSpanSeconds = "absence_span_seconds"
        case promptLifetimeSeconds = "prompt_lifetime_seconds"
        case failureQuarantineSeconds = "failure_quarantine_seconds"
        case definitiveFailures = "definitive_failures"
        case checksPerSecond = "checks_per_second"
        case checkEveryMilliseconds = "check_every_milliseconds"
        case reviewAfterSeconds = "review_after_seconds"
    }

    /// Makes overrides that change nothing.
    public init() {}

    /// The contract with these changes.
    public func applied(to contract: ProviderContract) -> ProviderContract {
        var result = contract
        result.key = key ?? contract.key
        result.keyWindowSeconds = keyWindowSeconds ?? contract.keyWindowSeconds
        result.authenticationPrecedesExecution =
            authenticationPrecedesExecution ?? contract.authenticationPrecedesExecution
        result.throttlingPrecedesExecution = throttlingPrecedesExecution ?? contract.throttlingPrecedesExecution
        result.absenceIsAuthoritative = absenceIsAuthoritative ?? contract.absenceIsAuthoritative
        result.visibilityLagSeconds = visibilityLagSeconds ?? contract.visibilityLagSeconds
        result.maximumServerLifeSeconds = maximumServerLifeSeconds ?? contract.maximumServerLifeSeconds
        result.absenceSpanSeconds = absenceSpanSeconds ?? contract.absenceSpanSeconds
        result.promptLifetimeSeconds = promptLifetimeSeconds ?? contract.promptLifetimeSeconds
        result.failureQuarantineSeconds = failureQuarantineSeconds ?? contract.failureQuarantineSeconds
        // Whoever says how long a refusal may turn says it for every refusal.
        if failureQuarantineSeconds != nil { result.refusalsEndWithSession = false }
        result.definitiveFailures = definitiveFailures.map(Set.init) ?? contract.definitiveFailures
        result.checksPerSecond = checksPerSecond.map(Double.init) ?? contract.checksPerSecond
        result.reviewAfterSeconds = reviewAfterSeconds ?? contract.reviewAfterSeconds
        if let steps = checkEveryMilliseconds, let last = steps.last {
            result.checkLadder = CheckLadder(stepsMilliseconds: steps, thenEveryMilliseconds: last)
        }
        return result
    }
}
