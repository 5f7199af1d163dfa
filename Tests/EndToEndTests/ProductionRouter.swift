import CurlTransport
import Foundation
import Glibc
import Providers
import Router
import Testing
import WebText

@testable import Host

/// A router with a production provider, which is never called.
struct ProductionRouter {
    /// How it is started; its folder is not there yet.
    var options: HostOptions

    init() throws {
        let folder = NSTemporaryDirectory() + "payrouter-production-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let path = folder + "/providers.json"
        try """
        {"trusted_proxies": [], "providers": [{"id": "tmoney-tg", "kind": "tmoney", "environment": "production",
          "base_url": "https://127.0.0.1:1", "settings": {"username": "demo"}, "secrets": {"password": "env:PW"}}],
         "routing": {"rules": [], "otherwise": {"strategy": "priority", "providers": ["tmoney-tg"]}}}
        """.write(toFile: path, atomically: true, encoding: .utf8)
        options = HostOptions(
            configurationPath: path, port: try FreePort.pick(), dataPath: folder + "/data",
            publicURL: "https://pay.example", drainSeconds: 1,
            environment: [
                "PW": "demo", "PAYROUTER_MASTER_KEY": Hex.text(MasterKey.random().bytes),
            ])
        options.logSink = { _ in }
        options.adminPort = 0
    }

    /// Runs it until it listens, and then a body.
    func run(
        _ body: @escaping @Sendable (RouterHost, ListeningPorts) async throws -> Void = { _, _ in }
    ) async throws {
        let host = try await RouterHost.make(options, kinds: BuiltInKinds.all)
        let (ready, signal) = AsyncStream.makeStream(of: ListeningPorts.self)
        let running = Task {
            defer { signal.finish() }
            try await host.run { signal.yield($0) }
        }
        for await ports in ready {
            do { try await body(host, ports) } catch {
                await host.stop()
                throw error
            }
            await host.stop()
        }
        try await running.value
    }

    /// Why it does not start.
    func fault() async -> String {
        let failure = await #expect(throws: StartFailure.self) { try await run() }
        return failure.map { "\($0)" } ?? ""
    }
}

extension RouterHost {
    /// A request over a socket of this machine.
    func get(_ path: String, port: Int) async throws -> (status: Int, text: String) {
        let reply = try await transport.ask(
            WireRequest(.get, "http://127.0.0.1:\(port)\(path)"), terms: AskTerms(scope: ConnectionScope(owner: "test"))
        ).get()
        return (reply.status, String(decoding: reply.body, as: UTF8.self))
    }
}
