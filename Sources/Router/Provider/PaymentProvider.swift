/// A translator between the router and one kind of operator interface.
///
/// ## What a provider is
/// Pure knowledge of a wire format: how an instruction becomes a request, and what a reply proves. It owns nothing: the core
/// has the socket, the clock, retries, storage, tokens and redaction. Its methods may be called at any time, in any order,
/// concurrently, and again after a restart.
///
/// ## What every implementation must keep
/// * No tasks, actors, locks, sleeps, clocks or random numbers. Everything variable is in the arguments.
/// * Methods that are not `async` are pure: equal arguments give equal results.
/// * `prepare` and `check` may only *ask*: log in, open a session, query. They must not move money, and must be harmless
///   when repeated.
/// * Codes are mapped per operation and phase, in one table beside the operator's document. What the table does not list
///   is ``ProviderOutcome/unknown(_:)``. Never guess success, never guess failure.
/// * Nothing thrown or returned holds secrets or payer data in clear.
///
/// A kind implements this protocol and the operations it has. Money in: ``Collecting``, ``Confirming``. Money held:
/// ``Capturing``, ``Voiding``. Pages taken back: ``Withdrawing``. Money out: ``PayingOut``, ``Refunding``. Questions: ``Checking``, ``BalanceReporting``,
/// ``PartyLookup``, ``BillLookingUp``, ``CredentialProbing``. And ``ReceivingCallbacks``, ``AccessTokenIssuing`` where the operator has them.
public protocol PaymentProvider: Sendable {
    /// The provider's declared facts. Constant.
    var manifest: ProviderManifest { get }

    /// Adds credentials to a request that was built without them. Pure.
    ///
    /// - Parameters:
    ///   - request: A sealed money request, or a question asked by this provider.
    ///   - context: The access token, if the provider is ``AccessTokenIssuing``, and what makes this exchange unlike any other.
    /// - Returns: The request to put on the wire. Only credentials (tokens, signatures, their time stamps and nonces)
    ///   may be added; nothing else may change.
    func sign(_ request: WireRequest, _ context: SigningContext) -> WireRequest

    /// Whether preparing an attempt asks the operator something, or can be done with what is at hand. Pure.
    ///
    /// The core relies on it: before an operator is asked, the attempt is durable, so that whatever it opens carries a
    /// reference of its own; what is prepared ``Preparation/offline`` gets a wire that carries nothing.
    ///
    /// - Parameters:
    ///   - order: What will be prepared.
    ///   - confirmation: The payer's code, if the provider is ``Confirming`` and will be asked to prepare with it.
    /// - Returns: Whether the operator is asked.
    func preparation(of order: Instruction, confirmedBy confirmation: Confirmation?) -> Preparation
}

/// What preparing an attempt takes.
public enum Preparation: Sendable, Hashable {
    /// Nothing but the instruction; a login is the core's matter and does not count.
    case offline
    /// At least one question to the operator, unless the instruction is refused before.
    case asksOperator
}

/// Collects money from payers.
public protocol Collecting: PaymentProvider {
    /// Turns an instruction into a request, a session or a wish for input.
    ///
    /// Cost: at most a few questions to the operator, each within the limits of ``Asking``, and only where
    /// ``PaymentProvider/preparation(of:confirmedBy:)`` says so. Cancelled when the router stops waiting; whatever it left
    /// behind at the operator must be harmless.
    ///
    /// - Throws: ``PreparationFailure``; any throw means *not sent*.
    func prepare(_ order: CollectInstruction, asking wire: any Asking) async throws(PreparationFailure) -> Prepared

    /// Says what a complete reply to the prepared request proves. Pure.
    func read(_ reply: WireReply, to order: CollectInstruction) -> ProviderOutcome
}

/// Completes a collection with a code typed by the payer.
public protocol Confirming: PaymentProvider {
    /// Turns an instruction and a code into the request that moves money.
    ///
    /// May ask on `wire`, where it is declared; nothing it asks may move money or use the code up. A try is reserved durably
    /// before it does.
    ///
    /// - Throws: ``PreparationFailure``; any throw means *not sent*. With ``RefusalReason/invalidRequest`` or
    ///   ``RefusalReason/wrongCode`` the confirmation cannot be used as it is and its detail is told to the caller; with
    ///   any other reason the same confirmation may be tried later.
    func prepare(
        _ order: CollectInstruction, confirmedBy confirmation: Confirmation, asking wire: any Asking
    ) async throws(PreparationFailure) -> MoneyRequest

    /// Says what a complete reply to the confirmation proves. Pure. A refused code that may be typed again is
    /// ``RefusalReason/wrongCode``.
    func readConfirmation(_ reply: WireReply, to order: CollectInstruction) -> ProviderOutcome
}

/// Can be asked what became of an attempt.
public protocol Checking: PaymentProvider {
    /// Asks the operator about an attempt.
    ///
    /// - Returns: ``StatusCheckResult/absent`` only if the operator was asked by our reference with valid credentials and knows
    ///   nothing of it; everything unclear, and every operation that cannot be asked about, is
    ///   ``StatusCheckResult/couldNotAnswer(_:)``.
    func check(_ order: Instruction, asking wire: any Asking) async -> StatusCheckResult
}
