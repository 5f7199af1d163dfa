import Logging
import Synchronization

/// All operators of one sandbox and what they share; everything but the socket.
final class SandboxHouse: Sendable {
    let stage: Stage
    let recorder: Recorder
    private let courier: Courier
    private let desk: ControlDesk
    private let tmoney: TMoneyOperator
    private let flouci: FlouciOperator
    private let card: CardOperator

    /// Builds the operators and reads what earlier runs left on file.
    ///
    /// Nothing begins before ``begin()``.
    init(_ configuration: SandboxConfiguration, address: PublicAddress) throws {
        stage = Stage(clock: configuration.clock)
        courier = Courier(stage: stage, send: configuration.sendCallback, logger: configuration.logger)
        recorder = try Recorder(folder: configuration.dataFolder, stage: stage, courier: courier)
        courier.report(to: recorder)
        desk = ControlDesk(recorder: recorder)
        let common = OperatorTools(
            stage: stage, recorder: recorder, behaviours: BehaviourBook(), address: address,
            logger: configuration.logger)
        tmoney = TMoneyOperator(common)
        flouci = FlouciOperator(common)
        card = CardOperator(common, idempotencyWindow: configuration.idempotencyWindowMilliseconds)
        try recorder.replay { line in
            tmoney.restore(line)
            flouci.restore(line)
            card.restore(line)
        }
    }

    /// Takes up every step that earlier runs left open; overdue ones happen at once.
    func begin() {
        courier.armAll()
        tmoney.armAll()
        flouci.armAll()
        card.armAll()
    }

    /// Ends everything and gives the files back.
    func end() {
        stage.stop()
        recorder.close()
    }

    /// Answers a request whose first path component is `name`.
    func answer(_ name: String, _ request: SandboxRequest) async throws -> Answer {
        switch SandboxOperator(rawValue: name) {
        case .tmoney: try await tmoney.answer(request)
        case .flouci: try await flouci.answer(request)
        case .card: try await card.answer(request)
        case nil: try desk.answer(name, request)
        }
    }
}

/// What every operator needs.
struct OperatorTools: Sendable {
    let stage: Stage
    let recorder: Recorder
    let behaviours: BehaviourBook
    let address: PublicAddress
    let logger: Logger

    /// Runs a step that nobody waits for, and reports if it could not be recorded.
    func unattended(_ step: () throws -> Void) {
        do {
            try step()
        } catch {
            logger.error("A step could not be recorded", metadata: ["error": "\(error)"])
        }
    }
}

/// The sandbox's own address, known once the port is.
final class PublicAddress: Sendable {
    private let stored: Mutex<String>

    /// Makes an address that may still change.
    init(_ url: String) { stored = Mutex(url) }

    /// The address, without a slash at its end.
    var url: String {
        get { stored.withLock { $0 } }
        set { stored.withLock { $0 = newValue } }
    }
}
