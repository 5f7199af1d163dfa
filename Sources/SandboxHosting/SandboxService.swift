import Host
import Logging
import Router
import Sandbox
import ServiceLifecycle

/// The sandbox operators inside this process: started before the configuration is read, because it needs their address.
final class SandboxService: RunningSandbox {
    let url: String
    private let server: SandboxServer
    private let running: Task<Void, any Error>

    /// Starts the operators and waits until they listen.
    ///
    /// `interceptor` may stand between the operators and the wire.
    init(_ start: SandboxSupport.Start, interceptor: SandboxSupport.CallbackInterceptor? = nil) async throws {
        var logger = Logger(label: "sandbox")
        logger.logLevel = .critical
        let direct = Self.sender(start.transport)
        let send: SandboxCallbackSender =
            if let interceptor { { callback in await interceptor(callback, direct) } } else { direct }
        let server = try SandboxServer(
            SandboxConfiguration(
                port: start.port, dataFolder: start.dataFolder, maximumConnections: start.maximumConnections,
                logger: logger, sendCallback: send))
        self.server = server
        running = Task { try await server.run() }
        do {
            url = "http://127.0.0.1:\(try await server.waitUntilReady())"
        } catch {
            guard case .failure(let cause) = await running.result else { throw error }
            throw ListenFailure.explained(
                cause, at: "the sandbox operators' address 127.0.0.1:\(start.port)", option: .sandboxPort)
        }
    }

    func register(_ accounts: [ProviderAccount], publicURL: String) throws {
        for registration in Self.registrations(accounts, publicURL: publicURL) { try server.register(registration) }
    }

    /// Serves until the router stops.
    func run() async throws {
        try? await gracefulShutdown()
        running.cancel()
        _ = await running.result
    }

    /// Puts the operators' callbacks on the wire.
    static func sender(_ transport: any Transport) -> SandboxCallbackSender {
        { callback in
            let request = WireRequest(
                WireRequest.Method(rawValue: callback.method) ?? .post, callback.url,
                headers: callback.headers.map { .init($0.name, $0.value) }, body: callback.body)
            let terms = AskTerms(scope: ConnectionScope(owner: "sandbox"))
            guard case .success(let reply) = await transport.ask(request, terms: terms) else { return nil }
            return SandboxCallbackReply(status: reply.status, body: reply.body)
        }
    }

    /// Where the operators reach each sandbox provider.
    static func registrations(_ accounts: [ProviderAccount], publicURL: String) -> [SandboxRegistration] {
        accounts.filter { $0.environment == .sandbox }.flatMap { account in
            SandboxAccountRule.all.filter { $0.kind == account.kind }.map { rule in
                let name =
                    switch rule.account {
                    case .setting(let setting): account.settings[setting]?.stringValue
                    case .secret(let secret): account.secrets[secret]?.reveal()
                    }
                return SandboxRegistration(
                    operator: rule.operator, account: name ?? "", callbackURL: "\(publicURL)/callbacks/\(account.id)",
                    secret: rule.signingSecret.flatMap { account.secrets[$0]?.reveal() },
                    sessionSeconds: rule.sessionSetting.flatMap { account.settings[$0]?.integerValue })
            }
        }
    }

    /// Tells operators in another process where to call.
    static func announce(
        _ registrations: [SandboxRegistration], to url: String, over transport: any Transport
    ) async throws(StartFailure) {
        for registration in registrations {
            let body: JSONValue = [
                "operator": .string(registration.operator.rawValue), "account": .string(registration.account),
                "callback_url": .string(registration.callbackURL), "secret": JSONValue(registration.secret),
                "session_seconds": registration.sessionSeconds.map { JSONValue($0) } ?? .null,
            ]
            let request = WireRequest(
                .put, url + "/_registrations", headers: [.init("Content-Type", "application/json")],
                body: body.withoutNulls.serialized())
            let terms = AskTerms(scope: ConnectionScope(owner: "sandbox"))
            guard case .success(let reply) = await transport.ask(request, terms: terms),
                (200..<300).contains(reply.status)
            else { throw StartFailure("no sandbox operators answer at \(url); start them with `payrouter sandbox`") }
        }
    }
}
