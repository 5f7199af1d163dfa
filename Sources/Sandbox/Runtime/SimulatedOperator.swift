/// One sandbox operator, as ``SandboxRuntime`` sees it.
///
/// Adding an operator is one folder and one line in ``SimulatedOperators/all``. What an operator keeps across restarts
/// goes into the journal by ``JournalLine/keep(_:as:of:)``.
protocol SimulatedOperator: Sendable {
    /// The operator it plays.
    static var name: SandboxOperator { get }
    /// One sentence for the page at `/`, with `code` between backticks.
    static var about: String { get }
    /// The path, with its query, of something that people can try at once, which follows ``about``; `nil` if there is none.
    static var trial: String? { get }
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

    /// Its calls; of an operator that checks who asks before anything else, only those that anybody may make.
    static var routes: RouteTable<Self, SandboxRequest> { get }
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
    func operation(of request: SandboxRequest) -> SandboxOperation? { Self.routes.operation(of: request) }

    func answer(_ request: SandboxRequest) async throws -> Answer {
        try await Self.routes.answer(request, with: request, by: self) ?? .notFound
    }

    static var trial: String? { nil }
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
        GSMABillerOperator.self,
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
    /// Handing a message to the inbox, which is no operator's.
    case deliver

    /// What operators can be asked for.
    static let ofOperators = allCases.filter { $0 != .deliver }
}

/// The name of a sandbox operator, which is also the first path component of everything it serves.
///
/// Each operator declares its own name in its folder; ``allCases`` are those that ``SimulatedOperators`` lists.
public struct SandboxOperator: RawRepresentable, CaseIterable, Sendable, Hashable, Codable {
    /// The name as text.
    public let rawValue: String

    /// The operator of that name; `nil` if there is none.
    public init?(rawValue: String) {
        guard let known = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
        self = known
    }

    init(named name: String) { rawValue = name }

    /// Whoever carries messages to people; no operator, but faults can be aimed at it.
    static let messages = SandboxOperator(named: "messages")

    /// Whom a fault can be aimed at by this name; `nil` if nobody has it.
    static func target(_ name: String) -> SandboxOperator? {
        name == messages.rawValue ? messages : SandboxOperator(rawValue: name)
    }

    /// Every operator there is.
    public static var allCases: [SandboxOperator] { SimulatedOperators.all.map { $0.name } }
}

/// Where a configured provider's callbacks are registered in the sandbox: which of its settings or secrets names the
/// account, and which secret signs.
public struct SandboxAccountRule: Sendable, Hashable {
    /// Where the account's name stands in `providers.json`.
    public enum Source: Sendable, Hashable {
        /// In the setting of this name.
        case setting(String)
        /// In the secret of this name.
        case secret(String)
    }

    /// The name of the provider's kind in `providers.json`.
    public var kind: String
    /// Where the address of the provider's callbacks is registered.
    public var `operator`: SandboxOperator
    /// Which setting or secret of the provider names its account there.
    public var account: Source
    /// The name of the secret that signs callbacks; `nil` if they are not signed.
    public var signingSecret: String?
    /// The setting that repeats where the operator calls, because that is part of what is signed; `nil` if none does.
    public var addressSetting: String?
    /// The name of the setting that says how long the operator's sessions live, in seconds; `nil` if none does.
    public var sessionSetting: String?

    init(
        kind: String, operator: SandboxOperator, account: Source, signingSecret: String? = nil,
        addressSetting: String? = nil, sessionSetting: String? = nil
    ) {
        self.addressSetting = addressSetting
        self.kind = kind
        self.operator = `operator`
        self.account = account
        self.signingSecret = signingSecret
        self.sessionSetting = sessionSetting
    }

    /// What a host has to register, for every operator there is.
    public static var all: [SandboxAccountRule] { SimulatedOperators.all.flatMap { $0.accounts } }
}

/// The credentials that the sandbox operators accept; each operator declares its own.
///
/// None of them is a secret.
public enum SandboxCredentials {}
