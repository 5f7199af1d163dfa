import ArgumentParser
import CurlTransport
import Host
import Logging
import NIOCore
import Router
import Sandbox
import ServiceLifecycle
import UnixSignals

/// `payrouter sandbox`: the sandbox operators as a process of their own.
struct SandboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox", abstract: "Run the sandbox operators as a process of their own.",
        discussion: "Their books then survive a crash of the router. Point a router at them with --sandbox-url.")

    @Option(name: .long, help: "The address to listen at; anybody who reaches it can \"pay\".")
    var host = "127.0.0.1"

    @Option(name: .long, help: "The port to listen at.")
    var port = 8090

    @Option(name: .long, help: "The folder for books and operator state.")
    var data = "./data/sandbox"

    func run() async throws {
        try await reportingFailures {
            _ = try DataFolder(path: data)
            let budget = try DescriptorBudget(
                limit: await ProcessStart.prepare(), loops: System.coreCount, sandbox: true)
            let transport = try CurlTransport(
                CurlConfiguration(
                    maximumConnections: budget.outgoingConnections, descriptorCeiling: budget.connectionCeiling))
            var logger = Logger(label: "sandbox")
            logger.logLevel = .critical
            let server = try SandboxServer(
                SandboxConfiguration(
                    host: LinkAddress.bare(host), port: port, dataFolder: data,
                    maximumConnections: budget.listenerConnections + budget.sandboxConnections, logger: logger,
                    sendCallback: SandboxService.sender(transport)))
            let announcing = Task { [host] in
                let port = try await server.waitUntilReady()
                Terminal.out(
                    "sandbox operators are ready at \(LinkAddress.url(host: host, port: port)), books at /_books")
            }
            let group = ServiceGroup(
                configuration: .init(
                    services: [server], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
            do {
                try await group.run()
            } catch {
                announcing.cancel()
                throw ListenFailure.explained(error, at: "\(host):\(port)", option: .port)
            }
            await transport.shutdown(grace: .seconds(1))
        }
    }
}
