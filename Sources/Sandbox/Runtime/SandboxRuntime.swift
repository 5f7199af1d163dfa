import Logging
import Synchronization

/// All operators of one sandbox and what they share; everything but the socket.
final class SandboxRuntime: Sendable {
    let stage: Stage
    let recorder: Recorder
    private let callbackSender: CallbackSender
    private let controlService: ControlService
    private let inboxService: InboxService
    private let faults = FaultBook()
    private let address: PublicAddress
    private let operators: [String: any SimulatedOperator]

    /// Builds the operators and reads what earlier runs left on file.
    ///
    /// Nothing begins before ``begin()``.
    init(_ configuration: SandboxConfiguration, address: PublicAddress) throws {
        _ = try SandboxPage.templates.get()
        self.address = address
        stage = Stage(clock: configuration.clock)
        callbackSender = CallbackSender(stage: stage, send: configuration.sendCallback, logger: configuration.logger)
        recorder = try Recorder(folder: configuration.dataFolder, stage: stage, callbackSender: callbackSender)
        callbackSender.report(to: recorder)
        let (blocked, callers) = (BlockedWallets(recorder), CallerList())
        controlService = ControlService(recorder: recorder, faults: faults, blocked: blocked, callers: callers)
        let inbox = MessageInbox(recorder)
        inboxService = InboxService(inbox: inbox, stage: stage, address: address)
        let tools = OperatorTools(
            stage: stage, recorder: recorder, address: address,
            blocked: blocked, callers: callers,
            idempotencyWindowMilliseconds: configuration.idempotencyWindowMilliseconds, logger: configuration.logger)
        operators = Dictionary(uniqueKeysWithValues: SimulatedOperators.all.map { ($0.name.rawValue, $0.init(tools)) })
        try recorder.replay { line in
            blocked.restore(line)
            inbox.restore(line)
            for one in operators.values { one.restore(line) }
        }
    }

    /// Takes up every step that earlier runs left open; overdue ones happen at once.
    func begin() {
        callbackSender.armAll()
        for one in operators.values { one.armAll() }
    }

    /// Ends everything and gives the files back.
    func end() {
        stage.stop()
        recorder.close()
    }

    /// Answers a request whose first path component is `name`.
    func answer(_ name: String, _ request: SandboxRequest) async throws -> Answer {
        if InboxService.names.contains(name) { return try await message(name, request) }
        guard let one = operators[name] else {
            return try controlService.answer(name, request) {
                let prompts = SimulatedOperators.all.flatMap { operators[$0.name.rawValue]?.openPrompts ?? [] }
                return StartPage(prompts: prompts, base: address.url, now: stage.now)
            }
        }
        guard let operation = one.operation(of: request), let fault = faults.next(type(of: one).name, operation) else {
            return try await one.answer(request)
        }
        return try await fault.play(on: stage) { try await one.answer(request) }
    }

    /// Answers a request about messages; handing one over can be disturbed.
    private func message(_ name: String, _ request: SandboxRequest) async throws -> Answer {
        guard inboxService.isDelivery(name, request), let fault = faults.next(.messages, .deliver) else {
            return try inboxService.answer(name, request)
        }
        return try await fault.play(on: stage) { try inboxService.answer(name, request) }
    }
}

/// What every operator needs.
struct OperatorTools: Sendable {
    let stage: Stage
    let recorder: Recorder
    let address: PublicAddress
    let blocked: BlockedWallets
    let callers: CallerList
    /// How long an idempotency key is remembered, in milliseconds.
    let idempotencyWindowMilliseconds: Int64
    let logger: Logger

    /// Runs a step that nobody waits for, and reports if it could not be recorded.
    func unattended(_ step: () throws -> Void) {
        do {
            try step()
        } catch {
            logger.error("A step could not be recorded", metadata: ["error": "\(error)"])
        }
    }

    /// Lets an answer leave as a behaviour says.
    ///
    /// - Parameters:
    ///   - truth: The true answer.
    ///   - style: How it leaves.
    ///   - error: What stands in for the answer where the style is an error of the server.
    /// - Returns: What the partner gets.
    func leave(_ truth: Answer, _ style: AnswerStyle, error: Answer) async -> Answer {
        switch style {
        case .truthful: return truth
        case .delayed(let wait): return await stage.pause(wait) ? truth : .dropped
        case .dropped: return .dropped
        case .hung(let wait):
            _ = await stage.pause(wait)
            return .dropped
        case .serverError: return error
        case .page: return .gatewayPage
        case .truncated: return truth.truncated
        }
    }
}

/// The sandbox's own address, known once the port is.
final class PublicAddress: Sendable {
    private let stored: Mutex<String>

    /// The address of a server at a host and port, as links need it: one that listens at every address is reached by the
    /// loopback address.
    static func url(host: String, port: Int) -> String {
        let bare = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        let name = ["0.0.0.0", "0"].contains(bare) ? "127.0.0.1" : bare == "::" ? "::1" : bare
        return "http://\(name.contains(":") ? "[\(name)]" : name):\(port)"
    }

    /// Makes an address that may still change.
    init(_ url: String) { stored = Mutex(url) }

    /// The address, without a slash at its end.
    var url: String {
        get { stored.withLock { $0 } }
        set { stored.withLock { $0 = newValue } }
    }
}
