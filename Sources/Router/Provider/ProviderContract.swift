/// How an operator behaves where money is at stake.
///
/// Every field that can be loose is declared by the kind, without defaults; ``definitiveFailures``,
/// ``refusalsEndWithSession`` and ``goodsWithinSeconds`` begin at the pessimistic value.
///
/// Anything that is not proven by the operator's documentation **and** by a test against the operator takes the
/// pessimistic value (docs/money-safety.md, 7). A platform may tighten or, after confirming with the operator, loosen
/// single fields in `providers.json`.
public struct ProviderContract: Sendable, Hashable {
    /// What an operator does with a reference it has seen before.
    public enum KeyBehaviour: String, Sendable, Hashable, CaseIterable, Decodable {
        /// Answers the first answer again and executes nothing.
        case replays
        /// Refuses the repetition with a recognisable code.
        case rejectsDuplicate = "rejects_duplicate"
        /// Repetition must be flagged by the caller, then it is safe.
        case repeatFlag = "repeat_flag"
        /// Remembers only successes; treated as none.
        case remembersSuccessOnly = "remembers_success_only"
        /// Executes again.
        case none
    }

    /// How the operator can be asked what became of a request.
    public enum CheckAbility: String, Sendable, Hashable, CaseIterable, Decodable {
        /// By the reference we chose.
        case byOurReference = "by_our_reference"
        /// Only by the operator's own reference.
        case byOperatorReference = "by_operator_reference"
        /// Not at all.
        case none
    }

    /// How far a callback can be trusted.
    public enum CallbackTrust: String, Sendable, Hashable, CaseIterable, Decodable {
        /// Signed over its raw bytes.
        case signed
        /// A secret token in the path.
        case tokenInPath = "token_in_path"
        /// Only the sender's address is known.
        case addressOnly = "address_only"
        /// Not at all, or no callbacks exist.
        case none
    }

    /// What a second request under the same reference does; decides whether a resend is ever allowed.
    public var key: KeyBehaviour
    /// How long the operator remembers a key, in seconds from the first transmission; zero if it does not, or if that
    /// is not known.
    public var keyWindowSeconds: Int64
    /// How the operator can be asked; without it only notifications and people end an unknown attempt.
    public var check: CheckAbility
    /// Whether "not found", asked by our reference, can prove that nothing was and will be executed.
    public var absenceIsAuthoritative: Bool
    /// How long after an execution a check may still not show it, in seconds.
    ///
    /// ``undeclaredSeconds`` where the operator does not tell.
    public var visibilityLagSeconds: Int64
    /// How long the operator may work on a request after receiving it, in seconds.
    ///
    /// ``undeclaredSeconds`` where the operator does not tell.
    public var maximumServerLifeSeconds: Int64
    /// Span that at least three "not found" answers must cover before absence counts, in seconds.
    public var absenceSpanSeconds: Int64
    /// How long a prompt on the payer's phone, or a session, can be answered, in seconds.
    public var promptLifetimeSeconds: Int64
    /// How long a refusal that is not definitive may still turn into a success, in seconds.
    ///
    /// ``undeclaredSeconds`` where the operator does not tell: as long as it may be at work.
    public var failureQuarantineSeconds: Int64
    /// Whether authentication failures (HTTP 401, 403) come before any execution.
    public var authenticationPrecedesExecution: Bool
    /// Whether throttling (HTTP 429) comes before any execution.
    public var throttlingPrecedesExecution: Bool
    /// Whether repeating a request under the same key would prompt the payer again.
    public var resendPromptsPayerAgain: Bool
    /// Codes of refusals that count at once although the kind lets them wait: an operator's confirmed list.
    ///
    /// Begins empty. What a kind knows from the operator's own documents it tells by ``Refusal/isDefinitive``.
    public var definitiveFailures: Set<String> = []
    /// Whether the page that a refusal was told of can be paid until its session ends, and not after: a refusal that is
    /// not definitive then turns until the attempt's session is over, instead of for ``failureQuarantineSeconds``.
    public var refusalsEndWithSession = false
    /// How long after an execution the operator may still be asked for the goods that it has not handed over yet, in
    /// seconds; zero if it hands none over.
    ///
    /// Decides nothing about money, which has moved by then.
    public var goodsWithinSeconds: Int64 = 0
    /// What a notification may prove at most, whatever the kind says of it.
    public var callback: CallbackTrust
    /// Status queries allowed per second.
    public var checksPerSecond: Double
    /// When the operator is asked what became of an attempt.
    public var checkLadder: CheckLadder
    /// Age at which an attempt whose outcome is not known is put before a person, in seconds.
    public var reviewAfterSeconds: Int64

    /// Takes every field that can be loose, without defaults: each is a statement about somebody's money.
    public init(
        key: KeyBehaviour, keyWindowSeconds: Int64, check: CheckAbility, absenceIsAuthoritative: Bool,
        visibilityLagSeconds: Int64, maximumServerLifeSeconds: Int64, absenceSpanSeconds: Int64,
        promptLifetimeSeconds: Int64, failureQuarantineSeconds: Int64, authenticationPrecedesExecution: Bool,
        throttlingPrecedesExecution: Bool, resendPromptsPayerAgain: Bool, callback: CallbackTrust,
        checksPerSecond: Double, checkLadder: CheckLadder, reviewAfterSeconds: Int64
    ) {
        self.key = key
        self.keyWindowSeconds = keyWindowSeconds
        self.check = check
        self.absenceIsAuthoritative = absenceIsAuthoritative
        self.visibilityLagSeconds = visibilityLagSeconds
        self.maximumServerLifeSeconds = maximumServerLifeSeconds
        self.absenceSpanSeconds = absenceSpanSeconds
        self.promptLifetimeSeconds = promptLifetimeSeconds
        self.failureQuarantineSeconds = failureQuarantineSeconds
        self.authenticationPrecedesExecution = authenticationPrecedesExecution
        self.throttlingPrecedesExecution = throttlingPrecedesExecution
        self.resendPromptsPayerAgain = resendPromptsPayerAgain
        self.callback = callback
        self.checksPerSecond = checksPerSecond
        self.checkLadder = checkLadder
        self.reviewAfterSeconds = reviewAfterSeconds
    }

    /// What a kind declares where the operator does not tell a duration: a day, in seconds.
    public static let undeclaredSeconds: Int64 = 86_400

    /// A contract in which nothing is proven: what a kind may claim, it sets afterwards, beside its source.
    ///
    /// No key, no proof from absence, authentication or throttling, refusals that may turn for a day, notifications
    /// that prove nothing. What is left over only decides how often somebody is asked, and when a person has to look.
    public static func unproven(
        check: CheckAbility, promptLifetimeSeconds: Int64, resendPromptsPayerAgain: Bool = true,
        checksPerSecond: Double,
        checkLadder: CheckLadder, reviewAfterSeconds: Int64
    ) -> ProviderContract {
        ProviderContract(
            key: .none, keyWindowSeconds: 0, check: check, absenceIsAuthoritative: false,
            visibilityLagSeconds: undeclaredSeconds, maximumServerLifeSeconds: undeclaredSeconds,
            absenceSpanSeconds: 600, promptLifetimeSeconds: promptLifetimeSeconds,
            failureQuarantineSeconds: undeclaredSeconds, authenticationPrecedesExecution: false,
            throttlingPrecedesExecution: false, resendPromptsPayerAgain: resendPromptsPayerAgain, callback: .none,
            checksPerSecond: checksPerSecond, checkLadder: checkLadder, reviewAfterSeconds: reviewAfterSeconds)
    }

    /// Whether the operator's key makes a second transmission harmless.
    public var keyIsStrong: Bool { [.replays, .rejectsDuplicate, .repeatFlag].contains(key) }
}
