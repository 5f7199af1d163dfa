/// One sandbox operator, as ``SandboxRuntime`` sees it.
///
/// Adding an operator is one folder and one line in ``SimulatedOperators/all``. What an operator keeps across restarts
/// goes into the journal by ``JournalLine/keep(_:as:of:)``.
protocol SimulatedOperator: Sendable {
    /// The operator it plays.
    static var name: SandboxOperator { get }
    /// One sentence of HTML for the page at `/`.
    static var about: String { get }
    /// Its magic values.
    static var scenarios: [SandboxScenario] { get }
    /// Under which account its callbacks are registered, by kind of provider; empty if each payment brings its address.
    static var accounts: [SandboxAccountRule] { get }
    /// Waits between tries of a callback, in milliseconds; after the last one it gives up.
    ///
    /// The operators' own schedules are unknown or last for days: these are shortened for the sandbox.
    static var callbackWaits: [Int64] { get }
    /// Whether the partner's answer ends the tries.
    static func acknowledges(_ reply: SandboxCallbackReply) -> Bool
    /// Signs a callback: the headers to add.
    static func callbackHeaders(
        for body: [UInt8], registration: SandboxRegistration?, now: Int64
    ) -> [SandboxCallback.Header]

    /// Makes the operator; it has nothing on file yet.
    init(_ tools: OperatorTools)

    /// What a request asks for, so that a fault can be aimed at it; `nil` for pages and everything else.
    func operation(of request: SandboxRequest) -> SandboxOperation?
    /// Answers one request below the operator's name.
    func answer(_ request: SandboxRequest) async throws -> Answer
    /// Takes one line of the journal back after a restart; lines come in the order in which they were written.
    func restore(_ line: JournalLine)
    /// Takes up every step that is planned.
    func armAll()
    /// The prompts that wait for a person now; empty where payers get a page instead.
    var openPrompts: [SandboxPrompt] { get }
}

extension SimulatedOperator {
    static var accounts: [SandboxAccountRule] { [] }
    var openPrompts: [SandboxPrompt] { [] }
    static var callbackWaits: [Int64] { [1_000, 2_000, 4_000] }
    static func acknowledges(_ reply: SandboxCallbackReply) -> Bool { (200..<300).contains(reply.status) }
    static func callbackHeaders(
        for body: [UInt8], registration: SandboxRegistration?, now: Int64
    ) -> [SandboxCallback.Header] { [] }
}

/// The sandbox operators there are; a new one is one line here.
enum SimulatedOperators {
    /// One line per operator.
    static let all: [any SimulatedOperator.Type] = [
        TMoneyOperator.self,
        FlouciOperator.self,
        CardOperator.self,
        MTNOperator.self,
        PayGateOperator.self,
        FloozOperator.self,
        KsherOperator.self,
        KsherRSAOperator.self,
        TMoneyOnlineOperator.self,
    ]

    static func named(_ name: SandboxOperator) -> (any SimulatedOperator.Type)? { all.first { $0.name == name } }
}

/// What a request to an operator is for, in words that all operators share.
enum SandboxOperation: String, Sendable, Hashable, CaseIterable {
    case login
    /// Opening a session or an intent: moves nothing.
    case open
    case collect
    case authorize
    case capture
    case void
    case refund
    case payout
    /// Asking what became of something.
    case check
    case balance
    case party
}
